"""Starting and ending the bot's process."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from PIL import Image

from tests.chaos.forked import Bot, begin
from tests.engine.chat import FAST


async def start(
    folder: Path, nemo: str, chat: str, *, forgetful: bool = False, failpoint: str = "", limit: int = 0, **policy: float
) -> Bot:
    """A bot on two services; its data in `folder`. What it says on stderr can be read. `limit`: bytes of a film."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    settings = {f"HIGHLIGHT_POLICY__{name.upper()}": str(value) for name, value in (FAST | policy).items()}
    environment = kept | settings | {"HIGHLIGHT_DATA_DIR": str(folder / "data"), "NEMO_API_URL": nemo}
    if limit:
        environment["CHAT_LIMIT"] = str(limit)
    if failpoint:
        environment["HIGHLIGHT_FAILPOINT"] = failpoint
    return await begin([chat, *(["--forgetful"] if forgetful else [])], environment, folder / "stderr")


async def ended(process: Bot) -> int:
    """Its exit code; one that does not end is ended, so that it cannot disturb what is tested after it."""
    try:
        async with asyncio.timeout(150):
            return await process.wait()
    except TimeoutError:
        process.kill()
        raise


def make_photos(folder: Path) -> list[str]:
    """Two small photos."""
    folder.mkdir(parents=True)
    for name in ("a.jpg", "b.jpg"):
        Image.effect_noise((64, 48), 50).convert("RGB").save(folder / name)
    return sorted(str(path) for path in folder.iterdir())


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """What the bot's database says."""
    with closing(sqlite3.connect(folder / "data" / "bot.sqlite")) as connection:
        return connection.execute(query).fetchall()
