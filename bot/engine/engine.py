"""The engine: a turn is a walk from step to step, each journaled, each fenced."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError
from bot.core.intents import Intent
from bot.core.links import links_in
from bot.core.phases import may_follow
from bot.core.turn import TurnId, TurnState, stands_alone
from bot.engine.address import addressed, film_of
from bot.engine.context import landed
from bot.engine.fence import fenced
from bot.engine.flows.amend import Amend
from bot.engine.flows.batch import Batch
from bot.engine.flows.deliver import Deliver, Resend
from bot.engine.flows.edit import Edit
from bot.engine.flows.event import Event
from bot.engine.flows.event_check import Check
from bot.engine.flows.event_share import Share
from bot.engine.flows.event_sift import Sift
from bot.engine.flows.export import Export
from bot.engine.flows.fetch import Fetch
from bot.engine.flows.gather import Gather
from bot.engine.flows.leave import Leave
from bot.engine.flows.links import Links
from bot.engine.flows.recover import Recover
from bot.engine.flows.renew import Forget, Renew
from bot.engine.flows.report import Report
from bot.engine.flows.upload import Upload
from bot.engine.flows.which import Which
from bot.engine.turn import ENDS, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Desk, Flow, Voice

log = logging.getLogger(__name__)

_END_STATES = {Step.DONE: TurnState.DONE, Step.FAILED: TurnState.FAILED, Step.STOPPED: TurnState.STOPPED}

_ASIDE = {
    Intent.EVENT: Step.EVENT,
    Intent.AMEND: Step.AMEND,
}
_SINGLE = _ASIDE | {
    Intent.FETCH: Step.FETCH,
    Intent.FORGET: Step.FORGET,
    Intent.NEW: Step.RENEW,
    Intent.LAST: Step.RESEND,
    Intent.ORIGINAL: Step.RESEND,
}


class Engine:
    """Carries out turns. `run` is what the durable engine calls, after a restart too."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._suspects = asyncio.Lock()
        self._flows: dict[Step, Flow] = {
            Step.LINKS: Links(desk),
            Step.GATHER: Gather(desk),
            Step.BATCH: Batch(desk),
            Step.FETCH: Fetch(desk),
            Step.AMEND: Amend(desk),
            Step.UPLOAD: Upload(desk),
            Step.EDIT: Edit(desk),
            Step.FOLLOW: Edit(desk, following=True),
            Step.RECOVER: Recover(desk),
            Step.EXPORT: Export(desk),
            Step.DELIVER: Deliver(desk),
            Step.REPORT: Report(desk),
            Step.RENEW: Renew(desk),
            Step.RESEND: Resend(desk),
            Step.FORGET: Forget(desk),
            Step.LEAVE: Leave(desk),
            Step.EVENT: Event(desk),
            Step.SIFT: Sift(desk),
            Step.CHECK: Check(desk),
            Step.SHARE: Share(desk),
            Step.WHICH: Which(desk),
        }

    async def run(self, turn_id: str) -> None:
        """Carry out a turn, or what is left of it."""
        store = self._desk.store
        turn = await store.turn(TurnId(turn_id))
        async with AsyncExitStack() as stack:
            if await store.begun(turn.id) > 1:
                # Twice the process died under it, but perhaps because of another: suspects run one after the other.
                await stack.enter_async_context(self._suspects)
            if await store.begin_turn(turn.id) > self._desk.policy.recovery_attempts:
                await self._skip(turn)
                return
            try:
                await self._walk(turn)
            except asyncio.CancelledError:
                await store.recount_turn(turn.id, 0)
                raise

    async def _walk(self, turn: Turn) -> None:
        turn = await landed(self._desk.store, turn)
        about = await addressed(self._desk, turn)
        turn = about or turn
        voice = self._desk.voice(turn)
        voice.label = (await self._desk.store.marks(turn.id)).get("label", "")
        voice.film = await film_of(self._desk.store, turn)
        step = await self._first_step(turn) if about else Step.WHICH
        while step not in ENDS:
            act = partial(self._step, step, turn, voice)
            step = Step(await self._desk.durable.step(step.value, act))
        await self._desk.store.end_turn(turn.id, _END_STATES[step])

    async def _first_step(self, turn: Turn) -> Step:
        if await self._desk.stop_asked(turn):
            return Step.STOPPED
        if stands_alone(turn.id):
            return first_step(turn)
        earlier = [(before.route.intents, before.state) for before in await self._desk.store.earlier_phases(turn)]
        return first_step(turn) if may_follow(turn.route.intents, earlier) else Step.LEAVE

    async def _step(self, step: Step, turn: Turn, voice: Voice) -> Step:
        after = await fenced(self._flows[step], turn, voice, self._desk)
        await self._desk.store.recount_turn(turn.id, 1)
        return after

    async def _skip(self, turn: Turn) -> None:
        log.error("turn %s: begun too often without getting on, skipped", turn.id)
        await self._desk.store.end_turn(turn.id, TurnState.FAILED)
        try:
            await self._desk.voice(turn).say("error.skipped")
        except DeliveryError:
            log.warning("could not tell the chat that %s was skipped", turn.id)


def first_step(turn: Turn) -> Step:
    """Where a turn begins."""
    intents = turn.route.intents
    if (turn.aside or turn.route.instant) and not _ASIDE.keys() & set(intents):
        return Step.REPORT
    for intent, step in _SINGLE.items():
        if intent in intents:
            return step
    if Intent.UPLOAD in intents and links_in(turn.route.text):
        return Step.LINKS
    return Step.GATHER if {Intent.EDIT, Intent.UPLOAD} & set(intents) else Step.EXPORT
