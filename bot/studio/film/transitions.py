"""How one picture becomes the next. Every transition is a function of two drawn pictures and an eased progress."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from bot.codec.planes import Array, Planes
    from bot.studio.film.model import Transition


_BLACK = (16, 128, 128)
_ZOOM = 0.28


def ease(share: float) -> float:
    """Slow, fast, slow: 0 to 1 without overshoot."""
    return share * share * (3 - 2 * share)


def mix(kind: Transition, old: Planes, new: Planes, share: float, out: Planes) -> None:
    """Draw the moment `share` (0 to 1, uneased) of a transition into `out`, which may be neither input."""
    _MIXES[kind](old, new, ease(share), out)


def fade_to_black(picture: Planes, light: float) -> None:
    """Darken in place; `light` 1 leaves it, 0 is black."""
    for plane, black in zip(picture.all, _BLACK, strict=True):
        cv2.addWeighted(plane, light, plane, 0, black * (1 - light), dst=plane)


def _crossfade(old: Planes, new: Planes, share: float, out: Planes) -> None:
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        cv2.addWeighted(a, 1 - share, b, share, 0, dst=target)


def _cut(old: Planes, new: Planes, share: float, out: Planes) -> None:
    _copy(new if share >= 0.5 else old, out)


def _dip(old: Planes, new: Planes, share: float, out: Planes) -> None:
    _copy(new if share >= 0.5 else old, out)
    fade_to_black(out, abs(2 * share - 1))


def _push(old: Planes, new: Planes, share: float, out: Planes) -> None:
    _side_by_side(old, new, share, out, follow=1.0)


def _slide(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """The new picture slides over the old one, which gives way more slowly and darkens."""
    _side_by_side(old, new, share, out, follow=0.3)


def _side_by_side(old: Planes, new: Planes, share: float, out: Planes, follow: float) -> None:
    width = out.y.shape[1]
    edge, moved = 2 * round(width * (1 - share) / 2), 2 * round(width * share * follow / 2)
    for a, b, target, by, black in zip(old.all, new.all, out.all, (1, 2, 2), _BLACK, strict=True):
        if edge:
            seen = a[:, moved // by : (moved + edge) // by]
            dim = 1.0 if follow == 1 else 1 - 0.45 * share
            cv2.addWeighted(seen, dim, seen, 0, black * (1 - dim), dst=target[:, : edge // by])
        if edge < width:
            target[:, edge // by :] = b[:, : (width - edge) // by]


def _wipe(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A soft edge runs from left to right."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        height, width = target.shape
        ramp = _ramp(width, height)
        soft = ramp.shape[1] - 2 * width
        start = round((1 - share) * (width + soft))
        weight = ramp[:, start : start + width]
        cv2.blendLinear(b, a, weight, 1 - weight, dst=target)


@lru_cache(maxsize=8)
def _ramp(width: int, height: int) -> NDArray[np.float32]:
    """Ones, a soft fall, zeros: a window of it is the weight of the new picture."""
    soft = width // 6
    fall = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, soft))
    row = np.concatenate([np.ones(width), fall, np.zeros(width)]).astype(np.float32)
    return np.tile(row, (height, 1))


def _iris(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A circle with a soft rim opens from the middle."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        height, width = target.shape
        away = _distance(width, height)
        weight = np.clip((share * 1.12 - away) * 12, 0, 1)
        cv2.blendLinear(b, a, weight, 1 - weight, dst=target)


@lru_cache(maxsize=8)
def _distance(width: int, height: int) -> NDArray[np.float32]:
    """Distance from the middle, 1 in the corners."""
    x = np.arange(width, dtype=np.float32) + 0.5 - width / 2
    y = np.arange(height, dtype=np.float32) + 0.5 - height / 2
    away: NDArray[np.float32] = np.hypot(x[None, :], y[:, None])
    return away / np.float32(np.hypot(width, height) / 2)


def _zoom(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """Flying forward: the old picture grows away while the new one arrives from slightly too large."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        gone = _enlarged(a, 1 + _ZOOM * share)
        come = _enlarged(b, 1 + _ZOOM * 0.6 * (1 - share))
        cv2.addWeighted(gone, 1 - share, come, share, 0, dst=target)


def _enlarged(plane: Array, factor: float) -> Array:
    height, width = plane.shape
    matrix = np.array(
        [[factor, 0, (width - 1) / 2 * (1 - factor)], [0, factor, (height - 1) / 2 * (1 - factor)]], dtype=np.float64
    )
    return cast(
        "Array", cv2.warpAffine(plane, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def _copy(source: Planes, target: Planes) -> None:
    for a, b in zip(source.all, target.all, strict=True):
        b[:] = a


_MIXES: dict[Transition, Callable[[Planes, Planes, float, Planes], None]] = {
    "cut": _cut,
    "crossfade": _crossfade,
    "slide": _slide,
    "wipe": _wipe,
    "zoom": _zoom,
    "dip": _dip,
    "push": _push,
    "iris": _iris,
}
