"""Runs: accepted on disk, carried out once, told to whoever listens."""

import asyncio
import logging
import time
from collections.abc import Sequence

from bot.studio import agent, ids
from bot.studio.config import Config
from bot.studio.runs.events import Broke, Called, Event, Feed, FellSilent, Returned, Said
from bot.studio.runs.known import media_of
from bot.studio.store import accounts, assets, runs, sessions
from bot.studio.store.database import Database
from bot.studio.store.runs import Run
from bot.studio.store.sessions import Session
from bot.studio.switches import ErrorFrame, Silence

_log = logging.getLogger(__name__)

GENERATION_COST = 100
EDIT_COST = 50
_TOOL = "edit_multitrack"
_BROKEN = 'The agent stopped with an error: "unexpected end of input"\nThe project is as it was.'


class Runner:
    """Owns the tasks of all runs; a run goes on when its client hangs up and after the studio was killed."""

    def __init__(self, database: Database, config: Config, group: asyncio.TaskGroup) -> None:
        self._database = database
        self._config = config
        self._group = group
        self._tasks: set[asyncio.Task[None]] = set()

    async def resume(self) -> None:
        """Start what an earlier process accepted and did not finish."""
        for run in await runs.unfinished(self._database):
            self._start(run, Feed())

    def stop(self) -> None:
        """Break off what is running; it is on the disk and resumes at the next start."""
        for task in self._tasks:
            task.cancel()

    async def accept(self, session: Session, message: str) -> tuple[Run, Feed]:
        """Write the run down, reserve its cost, start it. Raises Busy or OutOfCredits."""
        cost = EDIT_COST if session.draft else GENERATION_COST
        async with self._database.transaction() as tx:
            run = await runs.accept(
                tx, session_id=session.id, user_id=session.user_id, message=message, cost=cost, now=time.time()
            )
            await accounts.freeze(tx, session.user_id, cost)
        feed = Feed()
        self._start(run, feed)
        return run, feed

    def _start(self, run: Run, feed: Feed) -> None:
        task = self._group.create_task(self._carry_out(run, feed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_out(self, run: Run, feed: Feed) -> None:
        try:
            await self._steps(run, feed)
        except Exception:  # noqa: BLE001 - one message that meets a bug must not end the other sessions' runs
            _log.exception("run %s failed", run.id)
            await self._give_up(run, feed, "The agent stopped with an internal error. The project is as it was.")
        finally:
            feed.close()

    async def _steps(self, run: Run, feed: Feed) -> None:
        async with self._database.transaction() as tx:
            await runs.begin(tx, run.id)
        if run.attempts >= self._config.limits.run_attempts:
            await self._give_up(run, feed, "The agent gave this request up after several attempts.")
            return
        switches = self._config.switches
        await asyncio.sleep(switches.stall + switches.latency)
        if switches.error_frame is not ErrorFrame.OFF:
            await self._give_up(run, feed, _BROKEN)
            return
        session = await sessions.find(self._database, run.session_id, user_id=run.user_id)
        media = await assets.of_session(self._database, run.session_id)
        reply = agent.converse(session.project, run.message, [media_of(asset) for asset in media], session.language)
        if reply.draft == session.draft:
            await self._finish(run, reply, changed=False)
            feed.add(Said(text=reply.text))
            return
        if switches.two_stage and session.draft is None and reply.draft:
            await self._raw_stage(run, reply, feed)
        call = ids.key(12)
        feed.add(Called(id=call, name=_TOOL, args={"operations": reply.operations}))
        await asyncio.sleep(switches.latency)
        await self._finish(run, reply, changed=True)
        feed.add(Returned(id=call, name=_TOOL, response={"status": "ok"}, draft=reply.draft))
        for event in self._ending(reply.text):
            feed.add(event)

    async def _raw_stage(self, run: Run, reply: agent.Reply, feed: Feed) -> None:
        """Show the pictures alone first, as the two-stage generation of the cloud does."""
        assert reply.draft is not None
        raw = reply.draft | {"t": reply.draft["t"][:1]}
        call = ids.key(12)
        feed.add(Called(id=call, name="generate_video", args={}))
        async with self._database.transaction() as tx:
            await sessions.save(tx, run.session_id, project=reply.project, draft=raw)
        feed.add(Returned(id=call, name="generate_video", response={"status": "ok"}, draft=raw))
        feed.add(Said(text="The raw cut is there; music and titles come next."))
        await asyncio.sleep(self._config.switches.latency)

    def _ending(self, text: str) -> Sequence[Event]:
        switches = self._config.switches
        if switches.silent is not Silence.OFF:
            return [FellSilent()]
        said = [Said(text=text)]
        return [*said, Said(text="I encountered a temporary issue.")] if switches.temporary_issue else said

    async def _finish(self, run: Run, reply: agent.Reply, *, changed: bool) -> None:
        async with self._database.transaction() as tx:
            if await runs.finish(tx, run.id, answer=reply.text, failed=False, now=time.time()):
                await sessions.save(tx, run.session_id, project=reply.project, draft=reply.draft)
                await accounts.settle(tx, run.user_id, run.cost, charged=changed)

    async def _give_up(self, run: Run, feed: Feed, message: str) -> None:
        async with self._database.transaction() as tx:
            if await runs.finish(tx, run.id, answer=message, failed=True, now=time.time()):
                await accounts.settle(tx, run.user_id, run.cost, charged=False)
        feed.add(Broke(message=message))
