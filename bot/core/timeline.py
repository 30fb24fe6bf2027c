"""Reading a draft: the only code that looks inside one. Total: any JSON gives a timeline, never an exception."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

TRACKS_READ = 64
SEGMENTS_READ = 10_000
"""Per track; what lies beyond is no film of photos."""
LABEL_LENGTH = 80
_LABEL_READ = 1_000
"""Characters of a label that are looked at."""
_DAY_MS = 24 * 3600 * 1000
_JOINERS = "\u200c\u200d"
"""Invisible, but emoji and several scripts are wrong without them."""

_KINDS = {0: "video", 1: "audio", 7: "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a track; milliseconds from the start of the film."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One track, in the draft's order."""

    kind: str
    """`video`, `audio`, `text`, or `other`."""
    number: int | None
    """The type as the draft has it, when it is a number."""
    label: str
    volume: float | None
    """0 to 1."""
    segments: tuple[Segment, ...]

    @property
    def end(self) -> int:
        """Milliseconds."""
        return max((segment.end for segment in self.segments), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A draft in a reader's terms."""

    tracks: tuple[Track, ...]
    length: int
    """Milliseconds."""
    title: str
    width: int | None
    height: int | None
    fingerprint: str
    """Equal exactly when the drafts are equal."""
    ready: bool
    """Whether there is anything to export: some track has a segment."""
    more_tracks: int = 0
    """Tracks beyond those read."""


def fingerprint(draft: object) -> str:
    """A digest of any JSON value, the order of keys apart. However deeply it is nested."""
    digest = hashlib.sha256()
    waiting: list[object] = [draft]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            digest.update(f"{{{len(value)}".encode())
            for key in sorted(value, key=str, reverse=True):
                waiting += (value[key], str(key))
        elif isinstance(value, list | tuple):
            digest.update(f"[{len(value)}".encode())
            waiting.extend(reversed(value))
        else:
            shown = hex(value) if type(value) is int else json.dumps(value, default=str)
            digest.update(f"={shown}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read(draft: object) -> Timeline:
    """Read a draft by the documented rule; what it does not understand it leaves out or names neutrally."""
    root = _mapping(draft)
    tracks = [raw for raw in _list(root.get("t")) if isinstance(raw, dict)]
    read_tracks = tuple(_track(raw) for raw in tracks[:TRACKS_READ])
    meta = _mapping(root.get("m"))
    return Timeline(
        tracks=read_tracks,
        length=_milliseconds(root.get("d")) or max((track.end for track in read_tracks), default=0),
        title=_label(meta),
        width=_size(meta.get("width")),
        height=_size(meta.get("height")),
        fingerprint=fingerprint(draft),
        ready=any(isinstance(part, dict) for raw in tracks for part in _list(raw.get("sg"))),
        more_tracks=max(0, len(tracks) - TRACKS_READ),
    )


def _track(raw: dict[str, Any]) -> Track:
    kind = raw.get("tt")
    number = kind if isinstance(kind, int) and not isinstance(kind, bool) and 0 <= kind < 1_000_000 else None
    meta = _mapping(raw.get("m"))
    label = _label(meta)
    volume = _volume(meta)
    segments: list[Segment] = []
    cursor = 0
    for part in _list(raw.get("sg"))[:SEGMENTS_READ]:
        if not isinstance(part, dict):
            continue
        own = _mapping(part.get("m"))
        start = next((at for at in (_milliseconds(part.get(key)) for key in ("s", "start")) if at is not None), cursor)
        cursor = start + (_milliseconds(part.get("d")) or 0)
        segments.append(Segment(label=_label(own) or label, start=start, end=cursor))
        volume = volume if _volume(own) is None else _volume(own)
    return Track(
        kind=_KINDS.get(number, "other") if number is not None else "other",
        number=number,
        label=label,
        volume=volume,
        segments=tuple(segments),
    )


def _label(meta: dict[str, Any]) -> str:
    """First of title, name, text; one line, printable, short: it came from outside."""
    for key in ("title", "name", "text"):
        value = meta.get(key)
        if isinstance(value, str) and (line := _line(value)):
            return line
    return ""


def _line(value: str) -> str:
    shown = (char if char.isprintable() or char in _JOINERS else " " for char in value[:_LABEL_READ])
    line = " ".join("".join(shown).split()).strip(_JOINERS)
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1].rstrip(" " + _JOINERS) + "…"


def _volume(meta: dict[str, Any]) -> float | None:
    value = meta.get("volume")
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 else None


def _milliseconds(value: object) -> int | None:
    """Whole and within a day; NaN, infinities, negatives and other types are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _DAY_MS:
        return None
    return int(value)


def _size(value: object) -> int | None:
    return (
        int(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 100_000 else None
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
