"""A trial of the media tools: make a film of nothing in a worker process and read it back."""

from __future__ import annotations

from pathlib import Path

from bot.codec.errors import CodecError
from bot.codec.trial import SIZE, trial_film
from bot.media import jobs
from bot.media.workers import WorkerLost, Workers

LIMIT = 60.0
"""Seconds for the whole trial."""


class TrialFailed(Exception):
    """The media tools do not work on this machine; the text says what broke."""


async def trial(scratch: Path) -> str:
    """Describe the film that was made in `scratch`. Raises TrialFailed; a crash of the codec is one too."""
    workers = Workers(size=1, limit=LIMIT)
    try:
        outcome = await workers.run(_made_and_read, str(scratch))
    except WorkerLost:
        raise TrialFailed("the worker process died or hung") from None
    finally:
        workers.close()
    if isinstance(outcome, str):
        raise TrialFailed(outcome)
    return f"{outcome.width}x{outcome.height}, {outcome.duration_ms / 1000:g} s, H.264 and AAC"


def _made_and_read(scratch: str) -> jobs.Film | str:
    """In the worker: the film's measures, or what went wrong."""
    film = Path(scratch) / "trial.mp4"
    try:
        trial_film(film)
    except CodecError as error:
        return f"encoding: {error}"
    read = jobs.film(str(film), str(film.with_suffix(".jpg")), str(film.with_suffix(".cover.jpg")))
    if isinstance(read, jobs.Refused) or (read.width, read.height) != SIZE:
        return "what was encoded cannot be read back"
    return read
