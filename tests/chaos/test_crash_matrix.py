"""kill -9 at every named point, a restart, and a look at what really reached the service and the chat."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.failpoints import POINTS
from tests.chaos.chat_server import ChatServer
from tests.chaos.running import ended, make_photos, rows, start
from tests.servers.nemo import NemoServer

pytestmark = [pytest.mark.slow, pytest.mark.uncounted]

AT_ONCE = 3
FITTED, LIMIT = "film-fitted", 200_000
"""The one point that needs a film too large for its chat, and what the chat takes then."""
SILENT = "answer-said"
"""The one point that needs an edit without any words of the agent's: the bot answers with its own."""
SHEETS = frozenset({"sheet-body-sent", "sheet-sent"})
"""The points that need a collection whose contact sheet is asked for."""
FILM = [point for point in POINTS if point not in SHEETS]
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
    fits: list[int]
    """How often a film was made smaller, by limit."""
    offered: list[str]
    texts: list[str]


async def crash(point: str, folder: Path, *, film: bytes, forgetful: bool = False, limit: int = 0) -> Outcome:
    """A first film, the process killed at `point`, and a second process. A film above `limit` bytes has to shrink."""
    photos = make_photos(folder / "photos")
    async with NemoServer(film=film, words="" if point == SILENT else "Done.") as nemo, ChatServer() as chat:
        chat.updates.append(
            {
                "text": "turn these photos into a highlight reel",
                "media": photos,
            }
        )
        first = await start(folder, nemo.url, chat.url, forgetful=forgetful, failpoint=point, limit=limit)
        died = await ended(first) == -signal.SIGKILL
        second = await start(folder, nemo.url, chat.url, forgetful=forgetful, limit=limit)
        assert await chat.until(lambda: (chat.films or chat.said) and settled(chat), 120), chat.record
        second.terminate()
        await ended(second)
        return Outcome(
            died=died,
            runs=len(nemo.asked("run")),
            uploads=len(nemo.asked("upload")),
            renders=len({seen.json["id"] for seen in nemo.asked("render")}),
            films=len(chat.films),
            fits=[
                int(str(tries)) for (tries,) in rows(folder, "select value from bot_marks where name like 'fitting-%'")
            ],
            offered=[button for said in chat.said for button in said["buttons"]],
            texts=[said["text"] for said in chat.said],
        )


async def crash_at_sheet(point: str, folder: Path) -> tuple[bool, int, list[str]]:
    """A contact sheet, and the process killed at `point`: whether it died, the sheets that came, what was offered."""
    photos = make_photos(folder / "photos")
    async with NemoServer() as nemo, ChatServer() as chat:
        chat.updates += [{"command": "event", "text": "start"}, {"media": photos}]
        first = await start(folder, nemo.url, chat.url, failpoint=point)
        assert await chat.until(lambda: chat.lines and chat.lines[-1].endswith(": 2 photos · 1 person"), 120)
        chat.updates.append({"command": "event", "text": "sheet"})
        died = await ended(first) == -signal.SIGKILL
        second = await start(folder, nemo.url, chat.url)
        under_way = "SELECT 1 FROM bot_turns WHERE ended IS NULL"
        assert await chat.until(lambda: not rows(folder, under_way), 120), chat.record
        second.terminate()
        await ended(second)
        offered = [
            button for said in chat.said if said["key"].startswith("http:00000002") for button in said["buttons"]
        ]
        return died, chat.sheets, offered


Matrix = dict[str, Outcome | BaseException]


def settled(chat: ChatServer) -> bool:
    """The last turn has closed its live line, or asks."""
    return bool(chat.lines) and (chat.lines[-1].startswith(("✅", "⚠️")) or any(said["buttons"] for said in chat.said))


@pytest.fixture(scope="module")
def matrix(film: bytes, heavy_film: bytes, tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """Every point, a few at once; what went wrong at one is told at that one."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(point: str) -> Outcome:
        async with places:
            folder = tmp_path_factory.mktemp(point)
            if point == FITTED:
                return await crash(point, folder, film=heavy_film, limit=LIMIT)
            return await crash(point, folder, film=film)

    async def every() -> list[Outcome | BaseException]:
        return await asyncio.gather(*map(one, FILM), return_exceptions=True)

    return dict(zip(FILM, asyncio.run(every()), strict=True))


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("point", FILM)
def test_nothing_is_doubled_and_nothing_is_lost(matrix: Matrix, point: str) -> None:
    outcome = matrix[point]
    if isinstance(outcome, BaseException):
        raise outcome
    assert outcome.died, "the failpoint was never reached"
    assert outcome.runs <= 1
    assert outcome.uploads <= 2
    assert outcome.renders <= 1
    assert outcome.films <= 1
    assert outcome.fits == ([1] if point == FITTED else []), "what was made smaller once is not made smaller again"
    if point in ASKED_INSTEAD:
        assert outcome.offered == [ASKED_INSTEAD[point]]
    else:
        assert (outcome.runs, outcome.renders, outcome.films, outcome.offered) == (1, 1, 1, [])


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("point", "sheets"), [("sheet-body-sent", 0), ("sheet-sent", 1)])
async def test_a_contact_sheet_is_not_posted_twice(point: str, sheets: int, tmp_path: Path) -> None:
    assert await crash_at_sheet(point, tmp_path) == (True, sheets, ["event"])


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("point", "doubled"), [("edit-posted", "runs"), ("film-sent", "films")])
async def test_without_the_marks_it_would_be_doubled(point: str, doubled: str, film: bytes, tmp_path: Path) -> None:
    outcome = await crash(point, tmp_path, film=film, forgetful=True)
    assert outcome.died
    assert getattr(outcome, doubled) == 2
