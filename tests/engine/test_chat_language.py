"""The chat's language: the platform's guess until somebody's words show another, then that one."""

from __future__ import annotations

from pathlib import Path

from bot.i18n import catalog
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer

WORDS = catalog.load()


async def test_words_change_the_language_of_the_chat_for_good(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    said = ["status", "¿cuál es el estado de mi vídeo?", "status", "what is the status of my video?", "status"]
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        for count, text in enumerate(said, 1):
            await chat.send(text)
            await chat.until(lambda count=count: len(chat.texts) == count)
    assert chat.texts == [WORDS.text(language, "report.empty") for language in ("en", "es", "es", "en", "en")]


async def test_buttons_are_read_in_the_users_language_and_say_what_the_agent_understands(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("wie geht das hier? hilfe")
        await chat.until(lambda: chat.buttons)
        first = chat.buttons[0]
        assert (first.label, first.prompt) == (
            WORDS.text("de", "edit.default_prompt")[:40],
            WORDS.text("en", "edit.default_prompt"),
        )
        assert f"• {WORDS.text('de', 'edit.default_prompt')}\n" in chat.texts[0]
        await chat.send("", *photos)
        await chat.press(first)
        await chat.until(lambda: chat.films and not chat.open_lines)
        (shorter,) = [button for button in chat.film_buttons if button.label == WORDS.text("de", "steps.shorter")]
        await chat.press(shorter)
        await chat.until(lambda: WORDS.text("de", "edit.offer_export") in chat.texts)
    prompts = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
    assert prompts == [WORDS.text("en", "edit.default_prompt"), WORDS.text("en", "steps.shorter")]
