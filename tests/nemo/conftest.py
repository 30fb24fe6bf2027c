"""A scripted service and a client that talks to it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

import bot.nemo
from bot.core.errors import BotError
from bot.core.policy import Policy
from bot.core.session import Session
from bot.nemo import Identity, NemoClient, load_skills
from tests.servers.nemo import NemoServer

SKILLS = load_skills(Path(bot.nemo.__file__).parent / "skills")
ROOT = Path(bot.nemo.__file__).parents[2]
QUICK = Policy(connect_timeout=2, answer_timeout=2, token_retry=0.01, converse_limit=5, silence_limit=2)
SESSION = Session(session_id="5529798706024415232", task_id="task_9", user_id="anon_7", skill="highlight-editor-photo")


@pytest.fixture
async def server() -> AsyncIterator[NemoServer]:
    async with NemoServer() as found:
        yield found


@pytest.fixture
async def connect(server: NemoServer, tmp_path: Path) -> AsyncIterator[Callable[..., object]]:
    """Make clients of the scripted service that share one data directory, as restarts of one installation do."""
    async with AsyncExitStack() as stack:

        async def make(
            *, token: str = "", client_id: str = "", policy: Policy = QUICK, url: str = "", scope: str = "test"
        ) -> NemoClient:
            identity = Identity(tmp_path / "identity", scope=scope, token=token, client_id=client_id)
            client = NemoClient(
                url or server.url,
                policy=policy,
                skills=SKILLS,
                identity=identity,
                platform="unknown",
                web_url="https://web.example",
                name="nemo",
            )
            return await stack.enter_async_context(client)

        yield make


@pytest.fixture
async def client(connect: Callable[..., object]) -> NemoClient:
    return await connect(token="nmv_usr_given")


@pytest.fixture
def together() -> Callable[..., object]:
    """Run coroutines at the same time; what one raises takes the place of its answer."""

    async def run(work):
        found = [None] * len(work)

        async def one(place, coroutine):
            try:
                found[place] = await coroutine
            except BotError as error:
                found[place] = error

        async with asyncio.TaskGroup() as group:
            for place, coroutine in enumerate(work):
                group.create_task(one(place, coroutine))
        return found

    return run


@pytest.fixture
def run_python() -> Callable[..., object]:
    """Run a program in a process of its own and give what it printed."""

    async def run(program: str, *arguments: str) -> str:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await child.communicate()
        assert child.returncode == 0
        return output.decode()

    return run
