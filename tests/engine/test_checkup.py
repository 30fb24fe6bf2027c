from pathlib import Path

import pytest

from bot.core.chat import Checkup
from bot.engine import checkup
from tests.engine.chat import Chat, bot_on


async def test_a_service_that_does_not_answer_is_named_in_the_askers_language(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "PATIENCE", 0.5)
    asked = Checkup(language="de-AT")
    async with bot_on("http://127.0.0.1:9", tmp_path / "bot", chat) as intake:
        await intake.accept(asked)
    assert [line[0] for line in asked.lines] == ["✅", "⚠"]
    assert "Der Schnittdienst antwortet nicht" in asked.lines[1]
