"""What the stream of a run means, once its wire format is forgotten. Silence is an event too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The agent's words, each counted once: partial frames and thoughts never become a Said."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The agent used a tool. Internal, but evidence of life."""

    tool: str
    finished: bool
    """False for the call, true for its result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A heartbeat, an empty frame or a partial one: the run is alive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """An error inside the stream. Not an exception: at the end of a good run it is noise."""

    code: str
    message: str
    error: str = ""
    """Name of the class in `core.errors` that its code means, when one does (`NoCredits` ...)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Time passed. Made by the engine, never by a backend."""

    elapsed: float
    """Seconds since the run began."""
    silent: float
    """Seconds since the last event of any kind."""
    working_silence: float
    """Seconds since the last event that is more than a heartbeat."""


AgentEvent = Said | Worked | Beat | Complained | Pulse
