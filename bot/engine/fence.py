"""The one place where errors become words."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.core.errors import (
    BackendDown,
    BotError,
    Busy,
    DeliveryError,
    DiskTrouble,
    NoCredits,
    PlanBlocked,
    RateLimited,
    Reserved,
    SessionGone,
    StoreFailed,
    StreamLost,
    VideoTooLarge,
)
from bot.engine import money
from bot.engine.disk import of_disk
from bot.engine.ports import Button
from bot.engine.turn import Desk, Step, StopAsked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.turn import Turn
    from bot.engine.turn import Flow, Voice

log = logging.getLogger(__name__)

_GOES_ON = frozenset({"stop.run_continues", "stop.render_continues"})


async def fenced(flow: Flow, turn: Turn, voice: Voice, desk: Desk) -> Step:
    """Run a step; whatever goes wrong ends in words and in a step, never in an exception.

    The exception is StoreFailed: what cannot be recorded is not said either, since the next start goes on from here.
    """
    try:
        return await flow(turn, voice)
    except StopAsked as asked:
        await _speak(voice, "status.stopped", StopAsked(what_stopped(asked.key, await desk.store.marks(turn.id))))
        return Step.STOPPED
    except StoreFailed:
        raise
    except SessionGone as error:
        if "renewed" not in await desk.store.marks(turn.id):  # once: a new session, and the project's files again
            await desk.store.mark(turn.id, "renewed")
            await desk.store.set_session(turn.chat, turn.project, None)
            await voice.show("status.reconnecting")
            return Step.GATHER
        await _fail(desk, voice, error)
        return Step.FAILED
    except (NoCredits, PlanBlocked) as error:
        await _speak(voice, "status.failed", error, await money.explain(desk, turn, voice, error))
        return Step.FAILED
    except Reserved as error:
        await _deny(desk, voice, error)
        return Step.FAILED
    except BotError as error:
        log.warning("turn %s: %s: %s", turn.id, type(error).__name__, error)
        await _fail(desk, voice, error)
        return Step.FAILED
    except OSError as error:
        log.exception("turn %s: an error of the operating system", turn.id)
        await _fail(desk, voice, DiskTrouble(reason=error.strerror or str(error)) if of_disk(error) else BotError())
        return Step.FAILED
    except Exception:  # the fence: what nobody foresaw must not end in silence either
        log.exception("turn %s: unforeseen", turn.id)
        await _fail(desk, voice, BotError())
        return Step.FAILED


def what_stopped(key: str, marks: Mapping[str, str]) -> str:
    """Which sentence is true of a stop, by what its turn had done: what was begun elsewhere is not called undone."""
    rendering = "film" in marks or any(name.startswith("submitting-") for name in marks)
    if key != StopAsked.key or rendering:
        return key
    if "intent" not in marks:
        return "stop.before_sending"
    return key if "answered" in marks else "stop.run_continues"


def _ways_out(voice: Voice, error: BotError) -> tuple[Button, ...]:
    """The next step that mends it, where there is one. What a stop could not call back is offered, not posted."""
    if isinstance(error, StopAsked) and error.key in _GOES_ON:
        return (Button(label=voice.text("button.export"), prompt=voice.order("button.export_prompt")),)
    if isinstance(error, VideoTooLarge):
        return (Button(label=voice.text("steps.shorter"), prompt=voice.order("steps.shorter")),)
    if isinstance(error, DeliveryError):
        return (Button(label=voice.text("button.resend"), command="last"),)
    if isinstance(error, StreamLost | BackendDown | Busy | RateLimited):
        return (Button(label=voice.text("button.retry"), command="retry"),)
    return ()


async def _deny(desk: Desk, voice: Voice, error: Reserved) -> None:
    """To the one person alone where that can be; else in the chat, but not again and again."""
    said = voice.reason(error)
    try:
        await voice.close("status.failed")
        if not await voice.outbox.whisper(voice.turn.chat, said, key=f"{voice.turn.id}:{error.key}") and (
            desk.repeats.count(voice.turn.chat.key, error.key, asyncio.get_running_loop().time()) == 1
        ):
            await voice.say_text(said, key=error.key)
    except DeliveryError:
        log.exception("could not tell the chat about %s", error.key)


async def _fail(desk: Desk, voice: Voice, error: BotError) -> None:
    times = desk.repeats.count(voice.turn.chat.key, error.key, asyncio.get_running_loop().time())
    if times == 1:
        await _speak(voice, "status.failed", error)
        return
    try:
        await voice.close("status.failed_again", even_unopened=True, count=times)
    except DeliveryError:
        log.exception("could not tell the chat about %s", error.key)


async def _speak(voice: Voice, line: str, error: BotError, text: str = "") -> None:
    try:
        await voice.close(line)
        said = text or voice.reason(error)
        await voice.say_text(
            f"{voice.label}: {said}" if voice.label else said, key=error.key, buttons=_ways_out(voice, error)
        )
    except DeliveryError:
        log.exception("could not tell the chat about %s", error.key)
