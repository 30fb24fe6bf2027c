"""What the eye goes to, on the canvas: which crop keeps it, which motion does, and where words do not cover it."""

from collections.abc import Sequence
from typing import cast

from bot.studio.agent.recipe import Media
from bot.studio.analyse.measures import CELLS, Box, Measures
from bot.studio.film import crop, motion
from bot.studio.film.model import Motion, Place

Size = tuple[int, int]
_Area = tuple[float, float, float, float]
"""Left, top, right, bottom; as shares of the picture or of the canvas."""

_EVERYWHERE = 0.62  # a focus that is larger than this part of the picture says nothing
_ABOVE, _BELOW = 90, 35  # thousandths of the picture's height
_MAY_LOSE = 0.04  # of the focus, at the end of a motion
_MUCH_BETTER, _LEAST_GAIN = 0.6, 0.12
_TITLES: dict[Place, _Area] = {
    "usual": (0.12, 0.36, 0.88, 0.64),
    "upper": (0.12, 0.13, 0.88, 0.41),
    "lower": (0.12, 0.59, 0.88, 0.87),
}
_CAPTIONS: dict[Place, _Area] = {"usual": (0.05, 0.72, 0.5, 0.92), "right": (0.5, 0.72, 0.95, 0.92)}


def focus_of(one: Media) -> Box | None:
    """What should stay visible of a photo; None where nothing stands out."""
    if one.kind != "photo" or one.measures is None or not one.width or not one.height:
        return None
    left, top, right, bottom = one.measures.box
    area = (right - left) * (bottom - top) / 1_000_000
    # What stands out has ends that do not: hair, the top of a mast, a basket.
    return (left, max(0, top - _ABOVE), right, min(1000, bottom + _BELOW)) if 0 < area <= _EVERYWHERE else None


def keeping(motions: Sequence[str], one: Media, frames: int, canvas: Size) -> list[str]:
    """Those of the motions that do not take the focus out of the picture; the least bad one if all do."""
    focus = focus_of(one)
    if focus is None:
        return list(motions)
    size = (one.width, one.height)
    if not crop.choose(size, canvas, focus).crop:
        return list(motions)  # on a card everything stays
    x, y, width, height = crop.crop_rect(size, canvas, focus)
    seen = crop.lost(focus, size, (x, y, width, height))
    losses: dict[str, float] = {}
    for name in dict.fromkeys(motions):
        path = motion.plan(cast("Motion", name), frames, canvas)
        ends = [path.at(0), path.at(path.steps)]
        losses[name] = max(crop.lost(focus, size, _within((x, y, width, height), path, end)) for end in ends) - seen
    kept = [name for name in motions if losses[name] <= _MAY_LOSE]
    return kept or [min(losses, key=lambda name: losses[name])]


def _within(rect: crop.Rect, path: motion.Path, end: tuple[tuple[int, int], tuple[int, int]]) -> crop.Rect:
    """The part of the crop that is seen at one end of a path."""
    (left, right), (top, bottom) = end
    x, y, width, height = rect
    across, down = width / path.x.units, height / path.y.units
    return (
        round(x + left * across),
        round(y + top * down),
        round((right - left) * across),
        round((bottom - top) * down),
    )


def title_place(shown: Sequence[tuple[Media, int]], canvas: Size) -> Place:
    """Where a title covers least of what the eye goes to; `shown` are the pictures under it and for how long each."""
    return _clearest(_TITLES, shown, canvas)


def caption_place(one: Media, canvas: Size) -> Place:
    """The left or the right side of the lower third."""
    return _clearest(_CAPTIONS, [(one, 1)], canvas)


def _clearest(areas: dict[Place, _Area], shown: Sequence[tuple[Media, int]], canvas: Size) -> Place:
    """The usual place unless another one is far clearer."""
    total = sum(length for _, length in shown) or 1
    costs = {
        place: sum(_covered(one, area, canvas) * length for one, length in shown) / total
        for place, area in areas.items()
    }
    best = min(costs, key=lambda place: costs[place])
    better = costs[best] < _MUCH_BETTER * costs["usual"] and costs["usual"] - costs[best] >= _LEAST_GAIN
    return best if better else "usual"


def _covered(one: Media, area: _Area, canvas: Size) -> float:
    """The share of what the eye goes to in a photo that lies under an area of the canvas."""
    if one.measures is None or not one.width or not one.height:
        return 0.0
    return _heat_within(one.measures, _on_picture(one, area, canvas))


def _on_picture(one: Media, area: _Area, canvas: Size) -> _Area:
    """An area of the canvas as shares of the photo that lies under it."""
    size, focus = (one.width, one.height), focus_of(one)
    framing = crop.choose(size, canvas, focus)
    if framing.crop:
        x, y, width, height = crop.crop_rect(size, canvas, focus)
        left, top, right, bottom = x / size[0], y / size[1], (x + width) / size[0], (y + height) / size[1]
        across, down = right - left, bottom - top
        return left + area[0] * across, top + area[1] * down, left + area[2] * across, top + area[3] * down
    left, top, right, bottom = crop.card_box(size, canvas, framing)
    across, down = right - left, bottom - top
    return (area[0] - left) / across, (area[1] - top) / down, (area[2] - left) / across, (area[3] - top) / down


def _heat_within(seen: Measures, area: _Area) -> float:
    cells = [int(digit, 16) for digit in seen.heat]
    inside = 0.0
    for index, heat in enumerate(cells):
        row, column = divmod(index, CELLS)
        across = max(0.0, min(area[2], (column + 1) / CELLS) - max(area[0], column / CELLS))
        down = max(0.0, min(area[3], (row + 1) / CELLS) - max(area[1], row / CELLS))
        inside += heat * across * down * CELLS * CELLS
    return inside / max(1, sum(cells))
