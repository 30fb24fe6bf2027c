"""The film that is measured: ten photos, thirty seconds, pan and zoom, crossfades, music."""

from pathlib import Path
from typing import Any

from bot.studio.film import plan_slots

SECONDS = 30
FRAMES = SECONDS * 30
_MOTIONS = ("in", "pan-right", "out", "in-left", "pan-left", "in-right", "out-left", "pan-up", "out-right", "pan-down")


def draft(count: int = 10, *, still: int | None = None) -> dict[str, Any]:
    """The studio's draft of it; asset ids are the photos' numbers. `still` is a photo that does not move."""
    slots = plan_slots(count, SECONDS * 1000, "warm")
    motions = ["still" if number == still else _MOTIONS[number % 10] for number in range(count)]
    shots = [
        {"d": ms, "m": {"asset": str(number), "motion": motions[number], "transition": "crossfade"}}
        for number, ms in enumerate(slots)
    ]
    music = {"d": SECONDS * 1000, "m": {"mood": "warm", "seed": 7}}
    return {
        "t": [{"tt": 0, "sg": shots}, {"tt": 1, "sg": [music]}],
        "d": SECONDS * 1000,
        "m": {"title": "Bench", "width": 1920, "height": 1080, "fps": 30, "dialect": 1},
    }


def assets(photos: list[Path]) -> dict[str, Path]:
    """The photos by asset id."""
    return {str(number): path for number, path in enumerate(photos)}
