"""The one place where errors become words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.core.errors import (
    BackendDown,
    BotError,
    Busy,
    DeliveryError,
    RateLimited,
    SessionGone,
    StreamLost,
    VideoTooLarge,
)
from bot.engine.ports import Button
from bot.engine.turn import Desk, Step, StopAsked

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Flow, Voice

log = logging.getLogger(__name__)


async def fenced(flow: Flow, turn: Turn, voice: Voice, desk: Desk) -> Step:
    """Run a step; whatever goes wrong ends in words and in a step, never in an exception."""
    try:
        return await flow(turn, voice)
    except StopAsked as asked:
        await _speak(voice, "status.stopped", asked)
        return Step.STOPPED
    except SessionGone as error:
        if "renewed" not in await desk.store.marks(turn.id):  # once: a new session, and the project's files again
            await desk.store.mark(turn.id, "renewed")
            await desk.store.set_session(turn.chat, turn.project, None)
            await voice.show("status.reconnecting")
            return Step.GATHER
        await _fail(voice, error)
        return Step.FAILED
    except BotError as error:
        log.warning("turn %s: %s: %s", turn.id, type(error).__name__, error)
        await _fail(voice, error)
        return Step.FAILED
    except Exception:  # the fence: what nobody foresaw must not end in silence either
        log.exception("turn %s: unforeseen", turn.id)
        await _fail(voice, BotError())
        return Step.FAILED


def _ways_out(voice: Voice, error: BotError) -> tuple[Button, ...]:
    """The next step that mends it, where there is one."""
    if isinstance(error, DeliveryError) and not isinstance(error, VideoTooLarge):
        return (Button(label=voice.text("button.resend"), command="last"),)
    if isinstance(error, StreamLost | BackendDown | Busy | RateLimited):
        return (Button(label=voice.text("button.retry"), command="retry"),)
    return ()


async def _fail(voice: Voice, error: BotError) -> None:
    await _speak(voice, "status.failed", error)


async def _speak(voice: Voice, line: str, error: BotError) -> None:
    try:
        await voice.close(line)
        await voice.say_text(voice.reason(error), key=error.key, buttons=_ways_out(voice, error))
    except DeliveryError:
        log.exception("could not tell the chat about %s", error.key)
