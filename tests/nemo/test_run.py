"""One run: posted once, and every way in which it can go wrong told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import errors
from bot.core.events import Beat, Complained, Said, Worked
from tests.nemo.conftest import QUICK, SESSION
from tests.servers import nemo_script as script


async def events_of(client):
    async with client.converse(SESSION, "Add a title") as events:
        return [event async for event in events]


async def test_a_run_is_posted_as_documented(client, server):
    server.on(
        "run", script.run(script.tool(), script.beat(), script.tool_done(), script.thought("hm"), script.said("Ok."))
    )
    assert await events_of(client) == [
        Worked(tool="edit_multitrack", finished=False),
        Beat(),
        Worked(tool="edit_multitrack", finished=True),
        Beat(),
        Said(text="Ok."),
    ]
    (seen,) = server.asked("run")
    assert seen.json == {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": SESSION.session_id,
        "new_message": {"role": "user", "parts": [{"text": "Add a title"}]},
    }
    assert seen.headers["Accept"] == "text/event-stream"
    assert seen.headers["Content-Type"] == "application/json"


async def test_an_empty_run_just_ends(client, server):
    server.on("run", script.run())
    assert await events_of(client) == []


async def test_an_error_frame_is_an_event(client, server):
    server.on("run", script.run(script.said("Half."), script.error_frame("broke"), script.broken_error_frame('a "b"')))
    assert await events_of(client) == [
        Said(text="Half."),
        Complained(code="", message="broke"),
        Complained(code="", message='a "b"'),
    ]


RECORDED = {
    "words": [*[Beat()] * 5, Said(text="Your film is ready: 你好 👋 “ten photos”.")],
    "tool": [Worked(tool="edit_multitrack", finished=False), Worked(tool="edit_multitrack", finished=True)],
    "error": [Complained(code="RESOURCE_EXHAUSTED", message="quota is gone")],
    "raise": [Said(text="Before the failure."), Complained(code="", message="RuntimeError: the tool fell over")],
}
"""What the real `adk api_server` (google-adk 2.13.0) sent for an agent that said, worked, refused and fell over."""


@pytest.mark.parametrize("name", RECORDED)
async def test_recordings_of_another_server_mean_what_its_agent_did(name, client, server):
    body = Path(__file__).with_name("recorded").joinpath(f"{name}.sse").read_bytes()
    server.on("run", script.run(script.raw(body)))
    assert await events_of(client) == RECORDED[name]


LOST = {
    "cut at once": script.run(script.cut()),
    "cut after words": script.run(script.said("Half."), script.cut()),
    "cut inside a frame": script.run(script.raw(b'data: {"content":{"par'), script.cut()),
    "ended inside a frame": script.run(script.raw(b'data: {"content":{"par')),
    "hung up before an answer": script.hang_up(),
    "bad gateway": script.plain(b"<html>bad gateway</html>", "text/html", 502),
    "server error": script.answer({"detail": "oops"}, 500),
    "a page instead of a stream": script.plain(b"<html>hello</html>", "text/html"),
    "JSON that says nothing": script.answer({"code": 0, "data": {}}),
    "silence": script.run(script.said("Half."), script.hang()),
}


@pytest.mark.parametrize("name", LOST)
async def test_a_run_that_may_go_on_is_lost_and_never_posted_again(name, connect, server):
    client = await connect(token="t", policy=replace(QUICK, silence_limit=0.3))
    server.on("run", LOST[name])
    async with client.converse(SESSION, "hi") as events:
        with pytest.raises(errors.StreamLost):
            assert [event async for event in events if event != Said(text="Half.")] == []
    assert len(server.asked("run")) == 1


async def test_silence_has_a_limit_of_its_own(connect, server):
    client = await connect(token="t", policy=replace(QUICK, silence_limit=0.2))
    server.on("run", script.run(script.hang()))
    with pytest.raises(errors.StreamLost) as raised:
        await events_of(client)
    assert raised.value.params["reason"] == "ReadTimeout"


async def test_an_error_broken_over_two_lines_is_a_complaint(client, server):
    server.on("run", script.run(script.broken_error_frame('no "such"\n  file'), script.said("Ok.")))
    assert await events_of(client) == [Complained(code="", message='no "such'), Said(text="Ok.")]


async def test_words_held_back_are_not_said_when_the_stream_is_lost(client, server):
    server.on("run", script.run(script.partial("I will "), script.cut()))
    async with client.converse(SESSION, "hi") as events:
        with pytest.raises(errors.StreamLost):
            assert [event async for event in events if event != Beat()] == []


@pytest.mark.parametrize("reply", [script.run(script.hang()), script.run(*[script.beat(), script.silence(0.1)] * 20)])
async def test_a_run_without_end_is_lost_at_its_limit(reply, connect, server):
    client = await connect(token="t", policy=replace(QUICK, converse_limit=0.4))
    server.on("run", reply)
    with pytest.raises(errors.StreamLost):
        await events_of(client)


REFUSED = [
    (script.answer({"detail": "Session not found"}, 404), errors.SessionGone),
    (script.answer({"code": 1002, "message": "session not found"}), errors.SessionGone),
    (script.answer({"code": 2001, "message": "no credits"}), errors.NoCredits),
    (script.answer({"code": "2001"}, 500), errors.NoCredits),
    (script.answer({"message": "busy"}, 409), errors.Busy),
    (
        script.answer({"detail": [{"type": "missing", "loc": ["body", "userId"], "msg": "required"}]}, 422),
        errors.BadAnswer,
    ),
    (script.answer({}, 429), errors.RateLimited),
    (script.plain(b"", status=307, headers={"Location": "https://elsewhere.example/"}), errors.BadAnswer),
]


@pytest.mark.parametrize(("reply", "expected"), REFUSED)
async def test_a_refused_run_raises_on_entering(reply, expected, client, server):
    server.on("run", reply)
    with pytest.raises(expected):
        async with client.converse(SESSION, "hi"):
            pytest.fail("entered")
    assert len(server.asked("run")) == 1


async def test_a_service_that_is_not_there_is_down(connect, unused_tcp_port):
    client = await connect(token="t", url=f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(errors.BackendDown):
        async with client.converse(SESSION, "hi"):
            pytest.fail("entered")


async def test_leaving_early_hangs_up(client, server):
    server.on("run", script.run(script.said("One."), script.hang()))
    async with client.converse(SESSION, "hi") as events:
        assert await anext(events) == Said(text="One.")
    assert await client.balance(SESSION)
