"""Event streams and time: silence becomes an event."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.core.errors import EditorError
from bot.core.events import AgentEvent, Beat, Pulse

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator


async def pulsed(events: AsyncIterator[AgentEvent], *, every: float) -> AsyncGenerator[AgentEvent]:
    """Pass events on, with a Pulse about every `every` seconds among them. Errors of `events` pass through."""
    loop = asyncio.get_running_loop()
    began = last = last_work = loop.time()
    next_pulse = began + every
    # Not a TaskGroup: it would turn every error of the stream into a group. The `finally` owns the task.
    waiting = asyncio.ensure_future(anext(events))  # noqa: TID251
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=max(0.0, next_pulse - loop.time()))
            if (now := loop.time()) >= next_pulse:  # among busy events too: stop and stall are noticed here
                next_pulse = now + every
                yield Pulse(elapsed=now - began, silent=now - last, working_silence=now - last_work)
            if not done:
                continue
            try:
                event = waiting.result()
            except StopAsyncIteration:
                return
            last = now
            last_work = last_work if isinstance(event, Beat) else now
            yield event
            waiting = asyncio.ensure_future(anext(events))  # noqa: TID251
    finally:
        waiting.cancel()
        with suppress(asyncio.CancelledError, StopAsyncIteration, EditorError):
            await waiting
