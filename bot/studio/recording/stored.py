"""A recording as a row of the database holds it: signals as base64 of their bytes, two hours in about 100 kB."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from bot.studio.recording.model import Recording, Signals

if TYPE_CHECKING:
    from collections.abc import Mapping


def to_json(recording: Recording) -> dict[str, Any]:
    """For the disk; signals that the recording does not have are left out, keys are kept as distances."""
    named = {field.name: getattr(recording.signals, field.name) for field in fields(Signals)}
    steps = [after - before for before, after in zip((0, *recording.keys), recording.keys, strict=False)]
    return {
        "duration": recording.duration,
        "signals": {name: b64encode(bytes(values)).decode("ascii") for name, values in named.items() if values},
        "keys": steps,
        "broken": [list(stretch) for stretch in recording.broken],
        "pauses": [list(stretch) for stretch in recording.pauses],
        "blank": [list(stretch) for stretch in recording.blank],
        "looks": [list(look) for look in recording.looks],
        "track": recording.track,
    }


def from_json(stored: Mapping[str, Any]) -> Recording:
    """From the disk."""
    keys: list[int] = []
    for step in stored["keys"]:
        keys.append((keys[-1] if keys else 0) + step)
    return Recording(
        duration=stored["duration"],
        signals=Signals(**{name: tuple(b64decode(text)) for name, text in stored["signals"].items()}),
        keys=tuple(keys),
        broken=tuple((start, stop) for start, stop in stored["broken"]),
        pauses=tuple((start, stop) for start, stop in stored["pauses"]),
        blank=tuple((start, stop) for start, stop in stored["blank"]),
        looks=tuple((at, seen) for at, seen in stored["looks"]),
        track=stored["track"],
    )
