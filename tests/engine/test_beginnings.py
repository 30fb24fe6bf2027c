"""Words and files that come right after "start over" belong to what begins, not to what is still being done."""

from __future__ import annotations

from pathlib import Path

from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import answer, run, said, silence

HIGHLIGHT = "turn these photos into a highlight reel"


async def test_what_follows_start_over_belongs_to_the_new_project_though_the_old_one_is_busy(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", run(silence(2.0), said("A film of the first photo.")))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: nemo.asked("run"))
        await chat.send("start over")
        await chat.send("", photos[1])
        await chat.send("make a calm reel", photos[2])
        await chat.until(lambda: len(nemo.asked("run")) == 2 and not chat.open_lines)
        old, new = (seen.json["session_id"] for seen in nemo.asked("run"))
        assert old != new
        assert len(nemo.asked("upload")) == 3
        assert not any("+" in line for line in chat.lines), "nothing joined the next version of the old film"
        await chat.send("make it warmer")
        await chat.until(lambda: len(nemo.asked("run")) == 3 and not chat.open_lines)
        assert nemo.asked("run")[2].json["session_id"] == new


async def test_without_the_beginning_they_belong_to_what_there_is(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    failed = answer({"status": "failed"})
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: chat.films and not chat.open_lines)
        nemo.on("run", run(silence(2.0), said("Warmer.")))
        nemo.on("poll", failed, failed)
        await chat.send("make it warmer")
        await chat.until(lambda: len(nemo.asked("run")) == 2)
        await chat.send("export it, then start over")
        await chat.send("make it calmer", photos[1])
        await chat.until(lambda: len(nemo.asked("run")) == 3 and not chat.open_lines)
    assert any("left out the rest of your message" in text for text in chat.texts)
    assert len({seen.json["session_id"] for seen in nemo.asked("run")}) == 1
    assert len(nemo.asked("upload")) == 2
