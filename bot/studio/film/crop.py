"""Which part of a picture fills the canvas, or whether it is rather shown whole: plain geometry, no pixels.

A *focus* is what should stay visible: left, top, right, bottom in thousandths of the upright picture.
"""

from __future__ import annotations

from dataclasses import dataclass

Rect = tuple[int, int, int, int]
"""x, y, width, height in luma pixels, all even."""
Focus = tuple[int, int, int, int]

_LEAST_SEEN = 0.66  # a crop that shows less of the picture than this cuts people in half
_LEAST_AROUND = 0.5  # unless it is known that all of the subject is inside
_LEAST_OF_FOCUS = 0.8
_MARGIN = 0.08  # of the crop, which a slow zoom may take away from each side
_MOST_GROWN = 2.2  # enlarged more than this a picture turns to mush
_CARD_GROWN = 3.0
_CARD_SHARE = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """`crop`: fill the canvas with part of the picture, else show it whole; `scale`: canvas pixels per source pixel."""

    crop: bool
    scale: float


def choose(picture: tuple[int, int], canvas: tuple[int, int], focus: Focus | None = None) -> Framing:
    """Decide from the two sizes and from what should stay visible."""
    across, down = canvas[0] / picture[0], canvas[1] / picture[1]
    cover, contain = max(across, down), min(across, down)
    seen = contain / cover
    if focus is None:
        fits = seen >= _LEAST_SEEN
    else:
        part = 1 - lost(focus, picture, crop_rect(picture, canvas, focus))
        fits = part >= (_LEAST_OF_FOCUS if seen >= _LEAST_SEEN else 0.995) and seen >= _LEAST_AROUND
    if fits and cover <= _MOST_GROWN:
        return Framing(crop=True, scale=cover)
    return Framing(crop=False, scale=min(contain * _CARD_SHARE, _CARD_GROWN))


def crop_rect(picture: tuple[int, int], canvas: tuple[int, int], focus: Focus | None = None) -> Rect:
    """The largest region of the canvas's shape. More is lost at the bottom: faces are in the upper part.

    It leaves that place as far as it must for the focus to be inside, or else its upper part.
    """
    scale = max(canvas[0] / picture[0], canvas[1] / picture[1])
    width = min(_even(canvas[0] / scale), picture[0] & ~1)
    height = min(_even(canvas[1] / scale), picture[1] & ~1)
    left = (picture[0] - width) // 2
    top = (picture[1] - height) * (33 if canvas[1] > canvas[0] or picture[1] > picture[0] else 42) // 100
    if focus is not None:
        left = _moved(left, width, picture[0], focus[0], focus[2], too_long=0.5)
        top = _moved(top, height, picture[1], focus[1], focus[3], too_long=0.0)
    return left & ~1, top & ~1, width, height


def lost(focus: Focus, picture: tuple[int, int], rect: Rect) -> float:
    """The share of the focus that a region of the picture leaves outside, 0 to 1."""
    x, y, width, height = rect
    left, right = (focus[side] * picture[0] / 1000 for side in (0, 2))
    top, bottom = (focus[side] * picture[1] / 1000 for side in (1, 3))
    across = max(0.0, min(right, x + width) - max(left, x))
    down = max(0.0, min(bottom, y + height) - max(top, y))
    return 1 - across * down / max((right - left) * (bottom - top), 1e-9)


def card_box(picture: tuple[int, int], canvas: tuple[int, int], framing: Framing) -> tuple[float, float, float, float]:
    """Where a picture that is shown whole lies on the canvas: left, top, right, bottom as shares of it."""
    across, down = picture[0] * framing.scale / canvas[0], picture[1] * framing.scale / canvas[1]
    return (1 - across) / 2, (1 - down) / 2, (1 + across) / 2, (1 + down) / 2


def _moved(start: int, length: int, whole: int, low: int, high: int, *, too_long: float) -> int:
    """The nearest place to `start` at which the window holds `low` to `high` (thousandths) with a margin.

    Of what does not fit, `too_long` is lost at the near end and the rest at the far one.
    """
    first, last = low * whole / 1000, high * whole / 1000
    margin = min(_MARGIN * length, max(0.0, (length - (last - first)) / 2))
    if last - first >= length:
        start = round(first + too_long * (last - first - length))
    elif start > first - margin:
        start = round(first - margin)
    elif start + length < last + margin:
        start = round(last + margin - length)
    return max(0, min(start, whole - length))


def _even(value: float) -> int:
    return max(2, 2 * round(value / 2))
