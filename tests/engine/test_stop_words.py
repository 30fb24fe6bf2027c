"""What a stop could still prevent is said as it is: nothing sent, running elsewhere, already rendering."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bot.engine.fence import what_stopped
from bot.engine.ports import Button
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import answer, beat, hang, run

HIGHLIGHT = "turn these photos into a highlight reel"
EXPORT = Button(label="🎬 Export", prompt="export")


@pytest.mark.parametrize(
    ("key", "marks", "said"),
    [
        ("stop.stopped", "", "stop.before_sending"),
        ("stop.stopped", "uploading before", "stop.before_sending"),
        ("stop.stopped", "before intent", "stop.run_continues"),  # waited for after a lost stream
        ("stop.stopped", "before intent answered", "stop.stopped"),
        ("stop.stopped", "intent answered submitting-0", "stop.stopped"),  # the service dropped the render
        ("stop.stopped", "film", "stop.stopped"),  # an earlier film that was to be made smaller
        ("stop.render_continues", "intent answered submitting-0", "stop.render_continues"),
        ("stop.run_continues", "intent", "stop.run_continues"),
    ],
)
def test_what_is_said_follows_from_what_was_done(key: str, marks: str, said: str) -> None:
    assert what_stopped(key, dict.fromkeys(marks.split(), "1")) == said


async def test_each_outcome_in_words_and_nothing_is_posted_later(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    taken = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await taken.wait()
        return await nemo._default("upload", request, nemo.seen[-1])(request)

    nemo.on("upload", slow).on("run", run(beat(), hang()))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: nemo.asked("upload"))
        await chat.send("stop")
        await chat.until(lambda: "⏹ Stopping." in chat.texts)
        taken.set()
        await chat.until(lambda: chat.texts[-1].startswith("Stopped before the editor was asked for anything"))
        assert nemo.asked("run") == []
        assert chat.buttons == []

        await chat.send(HIGHLIGHT)
        await chat.until(lambda: nemo.asked("run"))
        await chat.send("stop")
        await chat.until(lambda: "this edit may still be charged" in chat.texts[-1])
        assert chat.buttons == [EXPORT]

        refused = answer({"error": "unknown"}, status=404)
        nemo.on("cancel", refused).on("poll", *[answer({"success": True, "data": {"status": "processing"}})] * 200)
        await chat.send(HIGHLIGHT)
        await chat.until(lambda: nemo.asked("poll"))
        await chat.send("stop")
        await chat.until(lambda: "Exports are free" in chat.texts[-1])
        assert chat.buttons[-1] == EXPORT
        nemo._scripts["poll"].clear()
        await chat.press(EXPORT)
        await chat.until(lambda: chat.films)
    assert len(chat.films) == 1
    assert len(nemo.asked("run")) == 2
