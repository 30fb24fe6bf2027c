"""kill -9 at every named point, a restart, and a look at what really reached the service and the chat."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from bot.core.failpoints import POINTS
from tests.chaos.chat_server import ChatServer
from tests.engine.chat import FAST
from tests.servers import nemo as nemo_server
from tests.servers.nemo import NemoServer

pytestmark = pytest.mark.slow

AT_ONCE = 3
ASKED_INSTEAD = {"edit-intended": "retry", "film-body-sent": "last", "film-sent": "last"}
"""Where nobody can know whether the effect took place: the person is asked, with this button."""


@dataclass
class Outcome:
    """What the counterparts have on record after the restart."""

    died: bool
    runs: int
    uploads: int
    renders: int
    films: int
    offered: list[str]
    texts: list[str]


async def crash(point: str, folder: Path, *, forgetful: bool = False) -> Outcome:
    """A first film, the process killed at `point`, and a second process."""
    photos = folder / "photos"
    photos.mkdir(parents=True)
    for name in ("a.jpg", "b.jpg"):
        Image.effect_noise((64, 48), 50).convert("RGB").save(photos / name)
    async with NemoServer() as nemo, ChatServer() as chat:
        chat.updates.append(
            {
                "text": "turn these photos into a highlight reel",
                "media": [str(path) for path in sorted(photos.iterdir())],
            }
        )
        first = await start(folder, nemo.url, chat.url, forgetful=forgetful, failpoint=point)
        died = await ended(first) == -signal.SIGKILL
        second = await start(folder, nemo.url, chat.url, forgetful=forgetful)
        await chat.until(lambda: (chat.films or chat.said) and settled(chat), 40)
        second.terminate()
        await ended(second)
        return Outcome(
            died=died,
            runs=len(nemo.asked("run")),
            uploads=len(nemo.asked("upload")),
            renders=len({seen.json["id"] for seen in nemo.asked("render")}),
            films=len(chat.films),
            offered=[button for said in chat.said for button in said["buttons"]],
            texts=[said["text"] for said in chat.said],
        )


def settled(chat: ChatServer) -> bool:
    """The last turn has closed its live line, or asks."""
    return bool(chat.lines) and (chat.lines[-1].startswith(("✅", "⚠️")) or any(said["buttons"] for said in chat.said))


async def start(
    folder: Path, nemo: str, chat: str, *, forgetful: bool, failpoint: str = ""
) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG") if name in os.environ}
    policy = {f"HIGHLIGHT_POLICY__{name.upper()}": str(value) for name, value in FAST.items()}
    environment = kept | policy | {"HIGHLIGHT_DATA_DIR": str(folder / "data"), "NEMO_API_URL": nemo}
    if failpoint:
        environment["HIGHLIGHT_FAILPOINT"] = failpoint
    arguments = ["-m", "tests.chaos.bot_process", chat, *(["--forgetful"] if forgetful else [])]
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, cwd=Path(__file__).parents[2]
    )


async def ended(process: asyncio.subprocess.Process) -> int:
    async with asyncio.timeout(60):
        return await process.wait()


@pytest.fixture(scope="module")
def matrix(film: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Every point, a few at once."""
    nemo_server.FILM = film
    outcomes: dict[str, Outcome] = {}
    places = asyncio.Semaphore(AT_ONCE)

    async def one(point: str) -> None:
        async with places:
            outcomes[point] = await crash(point, tmp_path_factory.mktemp(point))

    async def all_points() -> None:
        async with asyncio.TaskGroup() as group:
            for point in POINTS:
                group.create_task(one(point))

    asyncio.run(all_points())
    return outcomes


@pytest.mark.timeout(400)
@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_doubled_and_nothing_is_lost(matrix: dict[str, Outcome], point: str) -> None:
    outcome = matrix[point]
    assert outcome.died, "the failpoint was never reached"
    assert outcome.runs <= 1
    assert outcome.uploads <= 2
    assert outcome.renders <= 1
    assert outcome.films <= 1
    if point in ASKED_INSTEAD:
        assert outcome.offered == [ASKED_INSTEAD[point]]
    else:
        assert (outcome.runs, outcome.renders, outcome.films, outcome.offered) == (1, 1, 1, [])


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("point", "doubled"), [("edit-posted", "runs"), ("film-body-sent", "films")])
async def test_without_the_marks_it_would_be_doubled(point: str, doubled: str, film: bytes, tmp_path: Path) -> None:
    nemo_server.FILM = film
    outcome = await crash(point, tmp_path, forgetful=True)
    assert outcome.died
    assert getattr(outcome, doubled) == 2
