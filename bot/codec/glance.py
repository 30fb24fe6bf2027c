"""A first look at a photo or clip: its size, when it was taken, a small picture, and what near duplicates share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from bot.codec.movie import frame_at
from bot.codec.planes import AREA, Array, resize
from bot.codec.probe import probe
from bot.codec.still import read_rgb

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

LONG_SIDE = 320
_ACROSS, _DOWN = 9, 8
_TALL = 0.9
"""Width by height below which a picture is higher than wide, and not about square."""
_FLAT = 3.0
"""Mean difference of neighbouring fields, in levels, below which a picture is too even to be told from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What one look shows. `taken_at` is naive when the camera wrote no zone; `likeness` is for photos only."""

    kind: str
    pixels: int
    taken_at: datetime | None
    likeness: int | None
    tall: bool
    """Whether it is clearly higher than wide, held upright."""


def glance(path: Path, picture: Path, *, max_pixels: int) -> Glance:
    """Look at a file, and write a small upright JPEG of it where it can be seen.

    Raises:
        Unreadable: nothing that can be decoded.
        TooManyPixels: the header announces more than `max_pixels`.
    """
    facts = probe(path)
    likeness, tall = None, False
    if facts.kind == "photo":
        seen = read_rgb(path, LONG_SIDE, max_pixels)
        likeness = _likeness(seen)
        tall = _keep(seen, picture)
    elif facts.kind == "video":
        tall = _keep(frame_at(path, 1 / 3), picture)
    pixels = facts.width * facts.height
    return Glance(kind=facts.kind, pixels=pixels, taken_at=facts.taken_at, likeness=likeness, tall=tall)


def _likeness(rgb: Array) -> int | None:
    """Whether each of 8x8 fields is lighter than its left neighbour: outlives another size and compression."""
    luma = rgb.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    fields = resize(luma.round().astype(np.uint8), (_ACROSS, _DOWN), AREA).astype(np.int16)
    steps = np.diff(fields, axis=1)
    if float(np.abs(steps).mean()) < _FLAT:
        return None
    return int("".join("1" if step > 0 else "0" for step in steps.flatten()), 2)


def _keep(rgb: Array, picture: Path) -> bool:
    """Write the small picture; whether it is tall."""
    high, wide = rgb.shape[:2]
    scale = min(1.0, LONG_SIDE / max(high, wide))
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    Image.fromarray(resize(rgb, size, AREA)).save(picture, "JPEG", quality=80)
    return bool(wide < _TALL * high)
