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
