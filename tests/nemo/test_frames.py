"""Framing on a real socket: the same run, however its bytes are written, split or ended."""

from __future__ import annotations

import json
from contextlib import aclosing
from itertools import pairwise

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import Beat, Said
from bot.nemo.frames import Frame, Guard, frames
from tests.nemo.conftest import SESSION
from tests.servers.nemo_script import raw, run

HELLO = json.dumps({"text": "Grüße 🎬"}, ensure_ascii=False)
DONE = json.dumps({"text": "Done."})

FRAMINGS = {
    "as ADK writes": f"data: {HELLO}\n\ndata: {DONE}\n\n",
    "no space": f"data:{HELLO}\n\ndata:{DONE}\n\n",
    "carriage return and line feed": f"data: {HELLO}\r\n\r\ndata: {DONE}\r\n\r\n",
    "lone carriage returns": f"data: {HELLO}\r\rdata: {DONE}\r\r",
    "mixed line ends": f"data: {HELLO}\r\n\ndata: {DONE}\n\r\n",
    "byte-order mark": f"\ufeffdata: {HELLO}\n\ndata: {DONE}\n\n",
    "comments": f": hi\n\ndata: {HELLO}\n: in between\n\n:\ndata: {DONE}\n\n: bye\n",
    "event, id and retry lines": f"event: message\nid: 1\nretry: 5\ndata: {HELLO}\n\nid: 2\ndata: {DONE}\n\n\n\n",
    "empty data": f"data:\n\ndata\n\ndata: {HELLO}\n\ndata: \n\ndata: {DONE}\n\n",
    "many lines": "data: {\ndata: " + HELLO[1:] + f"\n\ndata: {DONE}\n\n",
    "no blank line at the end": f"data: {HELLO}\n\ndata: {DONE}\n",
    "no line end at the end": f"data: {HELLO}\n\ndata: {DONE}",
    "done marker": f"data: {HELLO}\n\ndata: {DONE}\n\ndata: [DONE]\n\n",
    "unknown fields": f"nonsense\nfoo: bar\ndata: {HELLO}\n\ndata: {DONE}\n\n",
    "blank lines": f"\n\n\ndata: {HELLO}\n\n\n\n\ndata: {DONE}\n\n",
}


async def said_by(client, *chunks):
    async with client.converse(SESSION, "hi") as events:
        return [event.text async for event in events if isinstance(event, Said)]


@pytest.mark.parametrize("name", FRAMINGS)
@pytest.mark.parametrize("split", [0, 1, 7])
async def test_a_framing(name, split, client, server):
    data = FRAMINGS[name].encode()
    chunks = [data[at : at + split] for at in range(0, len(data), split)] if split else [data]
    server.on("run", run(raw(*chunks)))
    assert await said_by(client) == ["Grüße 🎬", "Done."]


async def test_a_line_end_split_in_two_ends_one_line():
    assert await read_all([b"data: a\r", b"\ndata: b\r", b"\n\r", b"\n"]) == [Frame(data="a\nb")]


@pytest.mark.parametrize("size", [400_000, 1_500_000])
async def test_a_long_line(size, client, server):
    body = json.dumps({"text": "ok", "actions": {"stateDelta": {"draft": "x" * size}}})
    server.on("run", run(raw(f"data: {body}\n\n".encode())))
    assert await said_by(client) == ["ok"]


async def test_the_charset_is_utf8_whatever_the_header_says(client, server):
    server.on("run", run(raw(f"data: {HELLO}\n\n".encode()), content_type="text/event-stream; charset=latin-1"))
    assert await said_by(client) == ["Grüße 🎬"]


async def test_comments_are_signs_of_life(client, server):
    server.on("run", run(raw(b": ping\n\n", b":\n", b"data:\n\n")))
    async with client.converse(SESSION, "hi") as events:
        assert [event async for event in events] == [Beat(), Beat(), Beat()]


async def read_all(chunks, *, limit=4096):
    class Body(httpx.AsyncByteStream):
        async def __aiter__(self):
            for chunk in chunks:
                yield chunk

    async with aclosing(frames(httpx.Response(200, stream=Body()), limit=limit)) as source:
        return [frame async for frame in source]


async def test_an_endless_frame_is_dropped_and_the_next_one_read():
    flood = (
        [b"data: start\n", b"data: " + b"x" * 100] + [b"x" * 1000] * 100 + [b"\n", b"data: more\n\n", b"data: next\n\n"]
    )
    assert await read_all(flood) == [Frame(data=""), Frame(data="next")]


async def test_a_flood_of_tiny_lines_is_dropped():
    assert await read_all([b"data:\n" * 10_000, b"\ndata: next\n\n"]) == [Frame(data=""), Frame(data="next")]


@pytest.mark.parametrize("chunk", [b"x" * 999, b"data:" + b"x" * 300 + b"\n", b"data:\n" * 100, b"event:x\n"])
def test_it_never_holds_more_than_its_limit(chunk):
    guard = Guard(limit=1000)
    for _ in range(1000):
        assert guard.feed(chunk) == b""
    assert len(guard._line) + len(guard._frame) <= 1000


async def test_a_frame_that_the_end_broke_is_marked():
    assert await read_all([b"data: a\n\ndata: b"]) == [Frame(data="a"), Frame(data="b", whole=False)]


CLAPPER = "data: 🎬".encode()
LINE = [
    b"data: {}",
    b"data",
    CLAPPER,
    b"event: x",
    b":",
    b"",
    b"",
    b"id: 5",
    b"\xef\xbb\xbf",
    b"y" * 90,
    b"data" + b"y" * 90,
]
LINES = st.lists(st.sampled_from(LINE), max_size=12)
ENDS = st.sampled_from([b"\n", b"\r", b"\r\n"])


@settings(max_examples=200)
@given(
    data=st.one_of(st.binary(max_size=200), st.builds(lambda end, lines: end.join(lines), ENDS, LINES)),
    cuts=st.lists(st.integers(0, 200)),
)
async def test_how_bytes_are_split_never_matters(data, cuts):
    bounds = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(bounds)]
    single = [bytes([byte]) for byte in data]
    whole = await read_all([data], limit=300)
    assert await read_all(pieces, limit=300) == whole
    assert await read_all(single, limit=300) == whole
