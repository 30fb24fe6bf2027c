"""Switches that make the studio misbehave as documented servers do: for tests, all off by default.

The documented table is docs/studio.md; a test keeps the two equal.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import get_type_hints


class Frames(StrEnum):
    """What one frame of the event stream looks like."""

    ADK = "adk"
    TYPED = "typed"


class Heartbeat(StrEnum):
    """The literal form of a keep-alive."""

    EMPTY = "empty"
    COMMENT = "comment"
    JSON = "json"
    TYPED = "typed"


class RenderBody(StrEnum):
    """Which of the documented shapes a render answer has."""

    BOTH = "both"
    FLAT = "flat"
    WRAPPED = "wrapped"


class Silence(StrEnum):
    """How an edit without words ends its stream."""

    OFF = "off"
    NOTHING = "nothing"
    EMPTY_PARTS = "empty-parts"
    EMPTY_PARTIAL = "empty-partial"
    STOP_CODE = "stop-code"
    NO_CONTENT_CODE = "no-content-code"


class ErrorFrame(StrEnum):
    """How a run that breaks inside says so, by version of the agent framework."""

    OFF = "off"
    RAW = "raw"
    SYSTEM = "system"
    ESCAPED = "escaped"
    DETAILED = "detailed"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """Times are seconds, counts are whole numbers; a zero is off."""

    silent: Silence = Silence.OFF
    two_stage: bool = False
    frames: Frames = Frames.ADK
    heartbeat: Heartbeat = Heartbeat.EMPTY
    heartbeat_interval: float = 15.0
    error_frame: ErrorFrame = ErrorFrame.OFF
    temporary_issue: bool = False
    latency: float = 0.0
    stall: float = 0.0
    cut_after: int = 0
    render_body: RenderBody = RenderBody.BOTH
    fail_renders: int = 0
    skill_headers: bool = True
    token_limits: bool = False
    token_life: float = 7 * 24 * 3600.0
    url_upload: bool = False
    private_urls: bool = False


def set_switches(base: Switches, assignments: list[str]) -> Switches:
    """`base` with `name=value` pairs applied; names may use `-` for `_`. Raises ValueError in words."""
    types = get_type_hints(Switches)
    values: dict[str, object] = {}
    for assignment in assignments:
        name, _, text = assignment.partition("=")
        key = name.strip().replace("-", "_")
        if key not in types:
            known = ", ".join(field.name.replace("_", "-") for field in fields(Switches))
            raise ValueError(f"There is no switch {name!r}. Known: {known}")
        values[key] = _value(name, text.strip(), types[key])
    return replace(base, **values)  # type: ignore[arg-type]


def _value(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text not in {"on", "off"}:
            raise ValueError(f"The switch {name} is on or off, not {text!r}")
        return text == "on"
    try:
        value = kind(text)
    except ValueError:
        allowed = f": {', '.join(kind)}" if issubclass(kind, StrEnum) else f" ({kind.__name__})"
        raise ValueError(f"{text!r} is no value of the switch {name}{allowed}") from None
    if isinstance(value, int | float) and not 0 <= value < 1e9:
        raise ValueError(f"The switch {name} cannot be {text}")
    return value
