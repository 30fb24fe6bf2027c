"""`highlight-bot run` as a process on Discord: real files in, connections that break, kill -9 in the middle."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager

import pytest
from PIL import Image

from tests.engine.chat import FAST
from tests.heic import write_grid
from tests.platforms.discord.test_delivery import busy
from tests.platforms.discord.test_requests import pictures
from tests.servers import discord_objects as objects
from tests.servers.discord_state import TOKEN

pytestmark = pytest.mark.uncounted


def environment(discord, nemo, folder, **more):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    policy = {f"HIGHLIGHT_POLICY__{name.upper()}": str(value) for name, value in FAST.items()}
    mine = {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": discord.url,
        "DISCORD_CDN_URL": discord.url,
        "DISCORD_GATEWAY_URL": discord.gateway.url,
        "HIGHLIGHT_DATA_DIR": str(folder),
        "NEMO_API_URL": nemo.url,
    }
    return kept | policy | mine | more


@asynccontextmanager
async def process(env, folder):
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, cwd=folder, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def test_real_files_through_every_way_the_gateway_can_break(discord, nemo, film, photo, tmp_path):
    heic = tmp_path / "IMG_1.HEIC"
    write_grid(heic, Image.effect_noise((64, 64), 50).convert("RGB"), columns=2, rows=2)
    files = [
        discord.put_file("IMG_1.HEIC", heic.read_bytes(), "image/heic", ephemeral=True),
        discord.put_file("clip.mp4", film, "video/mp4", ephemeral=True),
        *pictures(discord, photo, ephemeral=True),
    ]
    nemo.on("poll", *busy(60))
    async with process(environment(discord, nemo, tmp_path / "bot"), tmp_path):
        await discord.gateway.connected()
        opened = await discord.command("highlight")
        await discord.until(lambda: opened.callback)
        await discord.submit(opened, "our weekend", files)
        await discord.until(lambda: nemo.asked("poll"))
        await discord.gateway.hang_up(4000)
        await discord.until(lambda: discord.gateway.resumes >= 1)
        await discord.gateway.ask_to_reconnect()
        await discord.until(lambda: discord.gateway.resumes >= 2)
        await discord.gateway.invalidate(resumable=False)
        await discord.until(discord.films)
        await discord.until(lambda: discord.gateway.identifies >= 2)
    (message,) = discord.films()
    assert discord.files[message["attachments"][0]["id"]] == film
    assert len(nemo.asked("upload")) == 3
    assert all(act.callback for act in discord.interactions.values())


async def test_kill_9_in_the_middle_of_a_job(discord, nemo, photo, tmp_path):
    env = environment(discord, nemo, tmp_path / "bot")
    nemo.on("poll", *busy(400))
    async with process(env, tmp_path) as first:
        await discord.gateway.connected()
        act = await discord.command("highlight", {"instruction": "our garden"}, files=pictures(discord, photo))
        await discord.until(lambda: nemo.asked("poll"))
        await discord.until(lambda: act.original["content"])
        first.send_signal(signal.SIGKILL)
        await first.wait()
    nemo._scripts["poll"].clear()
    async with process(env, tmp_path):
        await discord.until(discord.films)
        await discord.until(lambda: "Done" in act.original["content"])
    assert len(discord.films()) == 1
    assert len(nemo.asked("run")) == 1
    assert len(discord.sent()) == 3, "the answer's line went on where it was; beside it the agent's words and the film"
    assert objects.ANA["id"] in discord.films()[0]["content"]


async def test_a_token_that_is_not_accepted_is_one_line_and_code_78(discord, nemo, tmp_path):
    env = environment(discord, nemo, tmp_path / "bot", DISCORD_TOKEN="not.a.token")
    async with process(env, tmp_path) as running:
        _, errors = await running.communicate()
    assert running.returncode == 78
    last = errors.decode().strip().splitlines()[-1]
    assert "DISCORD_TOKEN" in last
    assert "not.a.token" not in errors.decode()
