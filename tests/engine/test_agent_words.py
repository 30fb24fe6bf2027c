"""What a user reads of an agent that believes in buttons, and what the bot does instead of clicking."""

from __future__ import annotations

from pathlib import Path

from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import DRAFT, NemoServer
from tests.servers.nemo_script import beat, run, said, silence, tool, tool_done

HIGHLIGHT = "turn these photos into a highlight reel"


def drafted(nemo: NemoServer, *steps):
    """A run that leaves a draft."""

    async def reply(request):
        for session in nemo._sessions.values():
            session["draft"] = DRAFT
        return await run(*steps)(request)

    return reply


async def test_instructions_for_an_interface_are_not_relayed(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    words = "Your reel is ready with three photos. Click the **Export** button in the top right corner to download it."
    nemo.on("run", drafted(nemo, tool(), tool_done(), said(words)))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films)
    assert chat.texts == ["Your reel is ready with three photos."]


async def test_the_first_result_of_two_stages_is_told_at_once(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on(
        "run",
        drafted(
            nemo, said("The raw cut is done."), tool("suno_music"), silence(1.0), tool_done(), said("Music added.")
        ),
    )
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.texts)
        assert chat.texts == ["The raw cut is done."]
        await chat.until(lambda: chat.films)
    assert chat.texts == ["The raw cut is done.", "Music added."]
    assert any("sound" in line for line in chat.lines)


async def test_what_the_agent_left_to_the_hand_is_asked_for_once(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on(
        "run",
        run(said("Drag the photos onto the timeline.")),
        drafted(nemo, tool(), tool_done(), said("Drag the photos onto the timeline.")),
    )
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("arrange them", *photos)
        await chat.until(lambda: chat.films)
    prompts = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
    assert len(prompts) == 2
    assert prompts[0] == "arrange them"
    assert "rag" not in "".join(chat.texts)


async def test_a_panel_to_open_becomes_a_summary(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", drafted(nemo, tool(), tool_done(), said("Done. Open the tracks panel to see the result.")))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films)
    assert chat.texts == ["Done.", "Timeline (1 track): 1. Video: a (0-3s)"]


async def test_a_stall_is_told_with_choices(nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path) -> None:
    nemo.on("run", drafted(nemo, *[beat(), silence(0.1)] * 40))
    async with bot_on(nemo.url, tmp_path / "bot", chat, silence_limit=0.5):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films)
    assert "looks stuck" in chat.texts[0]
    assert [button.command for button in chat.buttons[:2]] == ["status", "stop"]
    assert len(nemo.asked("run")) == 1


async def test_words_for_somebody_else_cost_nothing(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("what is the capital of France?")
        await chat.until(lambda: chat.texts)
    assert "highlight videos" in chat.texts[0]
    assert not nemo.asked("run")


async def test_words_during_a_run_wait_in_line_and_too_many_are_refused(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", drafted(nemo, silence(2.0), said("First.")))
    async with bot_on(nemo.url, tmp_path / "bot", chat, lane_waiting=3):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: nemo.asked("run"))
        for words in ("calmer", "a title, please", "and blue"):
            await chat.send(words)
        await chat.until(lambda: any("can't take another" in text for text in chat.texts))
        await chat.until(lambda: len(nemo.asked("run")) == 3 and not chat.open_lines)
    assert "📝 Noted: next, after what is running now." in chat.texts
    assert "📝 Noted: number 2 in line, after what is running now." in chat.texts


async def test_the_same_failure_is_counted(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        for _ in range(3):
            await chat.send("export")
        await chat.until(lambda: any("3 times" in line for line in chat.lines))
    assert len([text for text in chat.texts if "nothing to export" in text]) == 1


async def test_another_shape_is_agreed_to_first(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films and not chat.open_lines)
        await chat.send("make it vertical")
        await chat.until(lambda: any("Shall I?" in text for text in chat.texts))
        assert len(nemo.asked("run")) == 1
        await chat.press(chat.buttons[-1])
        await chat.until(lambda: len(chat.films) == 2)
    assert nemo.asked("run")[1].json["new_message"]["parts"][0]["text"] == "make it vertical"


async def test_a_vague_wish_gets_a_concrete_one_as_a_button(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films and not chat.open_lines)
        await chat.send("make it look better")
        await chat.until(lambda: any("new version" in text for text in chat.texts))
    assert any(
        button.prompt.startswith("turn these photos into a highlight reel with music") for button in chat.buttons
    )


async def test_files_that_come_during_a_run_are_counted_for_the_next_version(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", drafted(nemo, tool(), silence(1.5), tool_done(), said("Done.")))
    async with bot_on(nemo.url, tmp_path / "bot", chat, still_working=0.1):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: nemo.asked("run"))
        await chat.send("", photos[1])
        await chat.send("", photos[2])
        await chat.until(lambda: any("+2 files for the next version" in line for line in chat.lines))
        await chat.until(lambda: chat.films and len(nemo.asked("upload")) == 3)
    assert len(nemo.asked("run")) == 1
