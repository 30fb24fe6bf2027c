"""Several chats, kill -9 at random moments: nothing twice, nothing out of order, no chat left without an answer.

`HIGHLIGHT_STORM_SEED`, `HIGHLIGHT_STORM_KILLS` and `HIGHLIGHT_STORM_CHATS` make longer storms.
"""

from __future__ import annotations

import asyncio
import copy
import os
import random
import signal
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from tests.chaos.chat_server import ChatServer
from tests.chaos.running import ended, make_photos, rows, start
from tests.servers import nemo as nemo_server
from tests.servers.nemo import Seen
from tests.servers.nemo_script import Line, Reply, run, said, silence, tool, tool_done

SEED = int(os.environ.get("HIGHLIGHT_STORM_SEED", "7"))
KILLS = int(os.environ.get("HIGHLIGHT_STORM_KILLS", "12"))
CHATS = int(os.environ.get("HIGHLIGHT_STORM_CHATS", "3"))
SAYS = ("turn these photos into a highlight reel, chat {}", "make it a bit shorter, chat {}", "export")
LIVES = (0.1, 1.0)
"""Shortest and longest life of a process, in seconds."""
PATIENCE = 1000
"""Here it is never the turn's fault that the process dies, however often."""
FILMS = 2
"""That each chat asked for: its first film comes by itself, the second is exported."""

pytestmark = [pytest.mark.slow, pytest.mark.uncounted, pytest.mark.timeout(300 + 40 * KILLS)]


@dataclass(slots=True)
class SlowServer(nemo_server.NemoServer):
    """Takes its time: applies a prompt a while after it was posted, whether or not anybody still listens."""

    edits: int = 0
    polls: Counter[str] = None  # type: ignore[assignment]

    def _run(self, request: web.Request, seen: Seen) -> Reply:
        async def apply(line: Line) -> None:
            self.edits += 1
            draft = copy.deepcopy(nemo_server.DRAFT)
            draft["t"][0]["sg"][0]["d"] = draft["d"] = 3000 + 100 * self.edits
            self._sessions[seen.json["session_id"]]["draft"] = draft

        return run(silence(0.2), apply, tool(), silence(0.2), tool_done(), said("Done."))

    def _poll(self, request: web.Request, seen: Seen) -> Reply:
        rid = request.match_info["rid"]
        self.polls = self.polls or Counter()
        self.polls[rid] += 1
        if self._renders.get(rid) == "completed" and self.polls[rid] < 4:
            data = {"id": rid, "status": "processing", "progress": 25 * self.polls[rid]}
            return nemo_server.answer({"success": True, "data": data})
        return super(SlowServer, self)._poll(request, seen)


@dataclass
class Storm:
    """What the counterparts have on record when everything is quiet again."""

    kills: int
    prompts: list[str]
    renders: list[str]
    fetched: set[str]
    record: list[tuple[str, str]]
    said: list[dict[str, object]]
    turns: list[tuple[object, ...]]

    def of(self, chat: int) -> list[str]:
        return [what for where, what in self.record if where == str(chat)]

    def allowed(self, chat: int) -> int:
        """Films that may reach a chat: one of which nobody knows whether it arrived leaves the next a first."""
        return FILMS + self.offered(chat).count("last")

    def offered(self, chat: int) -> list[str]:
        return [button for said in self.said if said["chat"] == str(chat) for button in said["buttons"]]  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def storm(film: bytes, tmp_path_factory: pytest.TempPathFactory) -> Storm:
    return asyncio.run(rage(film, tmp_path_factory.mktemp("storm")))


async def rage(film: bytes, folder: Path) -> Storm:
    dice = random.Random(SEED)
    photos = make_photos(folder / "photos")
    async with SlowServer(film=film) as nemo, ChatServer() as chat:
        for text in SAYS:
            for number in range(CHATS):
                update = {"chat": str(number), "text": text.format(number)}
                chat.updates.append(update | ({"media": photos} if text is SAYS[0] else {}))
        kills = 0
        while kills < KILLS and not quiet(folder):
            await one_life(folder, nemo, chat, dice.uniform(*LIVES))
            kills += 1
        last = await start(folder, nemo.url, chat.url, recovery_attempts=PATIENCE)
        assert await chat.until(lambda: quiet(folder), 240), chat.record
        last.terminate()
        await ended(last)
        return Storm(
            kills=kills,
            prompts=[seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")],
            renders=[seen.json["id"] for seen in nemo.asked("render")],
            fetched={Path(seen.path).stem for seen in nemo.asked("file")},
            record=chat.record,
            said=chat.said,
            turns=rows(folder, "SELECT id, state FROM bot_turns ORDER BY id"),
        )


async def one_life(folder: Path, nemo: SlowServer, chat: ChatServer, seconds: float) -> None:
    """A process that is killed so many seconds after it began to listen."""
    before = chat.polls
    process = await start(folder, nemo.url, chat.url, recovery_attempts=PATIENCE)
    assert await chat.until(lambda: chat.polls > before, 120)
    await asyncio.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    assert await ended(process) == -signal.SIGKILL


def quiet(folder: Path) -> bool:
    """Whether every event has been handled and every turn is over."""
    if not (folder / "data" / "bot.sqlite").exists():
        return False
    handled = rows(folder, "SELECT count(*) FROM bot_events WHERE handled")
    return handled == [(CHATS * len(SAYS),)] and rows(folder, "SELECT 1 FROM bot_turns WHERE ended IS NULL") == []


def test_there_was_a_storm(storm: Storm) -> None:
    assert storm.kills >= min(KILLS, 4)


def test_no_prompt_was_paid_twice(storm: Storm) -> None:
    assert {text: count for text, count in Counter(storm.prompts).items() if count > 1} == {}


def test_no_render_was_made_twice_or_for_nobody(storm: Storm) -> None:
    assert len(set(storm.renders)) <= sum(map(storm.allowed, range(CHATS)))
    assert set(storm.renders) == storm.fetched


@pytest.mark.parametrize("chat", range(CHATS))
def test_no_film_came_twice_and_none_went_missing_in_silence(storm: Storm, chat: int) -> None:
    films = storm.of(chat).count("film")
    assert films <= storm.allowed(chat), "\n".join(storm.of(chat))
    assert films + len(storm.offered(chat)) >= FILMS, storm.of(chat)


@pytest.mark.parametrize("chat", range(CHATS))
def test_a_chat_was_served_in_its_order(storm: Storm, chat: int) -> None:
    mine = [text for text in storm.prompts if text.endswith(f"chat {chat}")]
    assert mine == [text.format(chat) for text in SAYS[:2] if text.format(chat) in mine]
    answered = [what for what in storm.of(chat) if what.startswith("said") and "queue." not in what]
    turns = [what.split(":")[1] for what in answered]
    assert turns == sorted(turns)


@pytest.mark.parametrize("chat", range(CHATS))
def test_every_turn_came_to_an_end_in_words(storm: Storm, chat: int) -> None:
    said = " ".join(storm.of(chat))
    assert "error.internal" not in said
    assert "error.skipped" not in said
    for number in range(len(SAYS)):
        assert f":{number * CHATS + chat:08d}:" in said or "film" in storm.of(chat), said
