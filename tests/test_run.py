"""What the command `run` puts together from the settings."""

from __future__ import annotations

import json
from pathlib import Path

from bot.core.media import MediaKind, MediaRef
from bot.engine.janitor import empty_spool
from bot.i18n import catalog
from bot.run import DISCORD_FILES, discord_platform
from bot.settings import DiscordSettings, NemoSettings, Settings, TelegramSettings
from bot.store.database import Database
from bot.store.notebook import SqlNotebook
from tests.servers.discord_state import TOKEN


async def test_files_that_discord_hands_out_once_survive_a_start(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        nemo=NemoSettings(_env_file=None),
        telegram=TelegramSettings(_env_file=None),
        discord=DiscordSettings(_env_file=None, token=TOKEN),
    )
    platform = discord_platform(settings, SqlNotebook(Database(tmp_path / "bot.sqlite"), "discord"), catalog.load())
    kept = tmp_path / DISCORD_FILES / "0001"
    kept.parent.mkdir()
    kept.write_bytes(b"a photo")
    empty_spool(tmp_path / "spool")
    ref = MediaRef(platform="discord", locator=json.dumps({"file": kept.name}), name="a.jpg", kind=MediaKind.PHOTO)
    async with platform.open_media(ref) as chunks:
        assert b"".join([chunk async for chunk in chunks]) == b"a photo"
