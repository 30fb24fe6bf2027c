"""Which photos are left out, and why. Every threshold errs on the side of showing too much."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from bot.studio.agent import pictures
from bot.studio.agent.recipe import Left, Media, Reason, Recipe, Shot
from bot.studio.agent.when import clock
from bot.studio.analyse.alike import MOST_BITS, colour_distance, hash_distance, near_duplicates
from bot.studio.analyse.measures import Measures

_FEWEST = 3  # whoever sends two photos means both
_BLACK, _BLACK_LIGHT = 0.15, 0.06  # brightest spot and mean
_BLURRED, _BLURRED_BESIDE = 0.35, 0.6  # of the sharpest possible, and of what the others have
_SCREEN = 0.6
_NAMED_SCREEN = 0.35  # what a name that says so adds
_SCREEN_NAMES = ("screenshot", "screen shot", "screen_shot", "截屏", "截图", "屏幕快照", "スクリーンショット")
_ORDER: tuple[Reason, ...] = ("black", "duplicate", "screenshot", "blurred")
_FAR_COLOURS = 60.0


def take_in(recipe: Recipe, new: Sequence[Media], media: Mapping[str, Media]) -> Recipe:
    """The recipe with `new` media in it, apart from those that are better left out."""
    if recipe.everything:
        return pictures.include(recipe, new, media)
    shown = [media[key] for key in dict.fromkeys(shot.asset for shot in recipe.shots)]
    left = leave_out(new, shown, earlier=len(recipe.left))
    out = {one.asset for one in left}
    recipe = replace(recipe, left=(*recipe.left, *left))
    return pictures.include(recipe, [one for one in new if one.id not in out], media)


def tidied(recipe: Recipe, reasons: Sequence[Reason], media: Mapping[str, Media]) -> Recipe:
    """The choice made anew, for some reasons, over all that the user has not taken out, what is shown included."""
    gone = {*recipe.dropped, *(one.asset for one in recipe.left)}
    photos = [one for one in media.values() if one.kind == "photo" and one.id not in gone]
    found = leave_out(photos, (), earlier=len(recipe.left))
    left = (*recipe.left, *(one for one in found if one.reason in reasons))
    out = {one.asset for one in left}
    shots = tuple(shot for shot in recipe.shots if shot.asset not in out)
    return replace(recipe, shots=shots, left=left, everything=False)


def leave_out(new: Sequence[Media], shown: Sequence[Media], *, earlier: int) -> tuple[Left, ...]:
    """Which of the `new` media to leave out beside those `shown`; `earlier` were left out before.

    Never more than half of all photos.
    """
    photos = [one for one in new if one.kind == "photo"]
    others = [one for one in shown if one.kind == "photo"]
    total = len(photos) + len(others) + earlier
    if total < _FEWEST:
        return ()
    found = _faults(photos, [*photos, *others])
    found += _duplicates([one for one in photos if one.id not in {left.asset for left in found}], others)
    found.sort(key=lambda left: _ORDER.index(left.reason))
    kept = {left.asset for left in found[: max(0, total // 2 - earlier)]}
    return tuple(sorted((left for left in found if left.asset in kept), key=lambda left: _place(left, photos)))


def varied(shots: Sequence[Shot], count: int, media: Mapping[str, Media]) -> tuple[Shot, ...]:
    """`count` of the shots, one from each stretch of equal length: the best there and unlike the one before it.

    Without measures that is the one in the middle of each stretch, the first and the last shot among them.
    """
    if count >= len(shots):
        return tuple(shots)
    ideal = [index * (len(shots) - 1) / max(1, count - 1) for index in range(count)]
    edges = [0, *(int((a + b) / 2) + 1 for a, b in pairwise(ideal)), len(shots)]
    found: list[Shot] = []
    for middle, (start, stop) in zip(ideal, pairwise(edges), strict=True):
        before = media[found[-1].asset].measures if found else None
        reach = max(1, stop - start)
        worth = {
            index: _worth(shots[index], media, before) - 0.2 * abs(index - round(middle)) / reach
            for index in range(start, stop)
        }
        found.append(shots[max(worth, key=lambda index: worth[index])])
    return tuple(found)


def _worth(shot: Shot, media: Mapping[str, Media], before: Measures | None) -> float:
    if shot.caption:
        return 10.0  # somebody wrote something about it
    seen = media[shot.asset].measures
    if seen is None:
        return 0.6
    quality = (seen.sharpness or 0.5) * 0.5 + min(seen.contrast, 0.25)
    return quality + (0.6 * _difference(before, seen) if before else 0.3)


def _difference(one: Measures, other: Measures) -> float:
    """0 to 1."""
    return min(1.0, colour_distance(one, other) / _FAR_COLOURS) / 2 + hash_distance(one, other) / 63 / 2


def _faults(photos: Sequence[Media], among: Sequence[Media]) -> list[Left]:
    """What is wrong with single photos. What most of them have is meant to be so."""
    sharp = [seen.sharpness for one in among if (seen := one.measures) and seen.sharpness is not None]
    usual = median(sharp) if sharp else 1.0
    screens = sum(_is_screen(one) for one in among) * 2 <= len(among)
    found: list[Left] = []
    for one in photos:
        seen = one.measures
        if seen is None:
            continue
        if seen.brightest < _BLACK and seen.light < _BLACK_LIGHT:
            found.append(Left(asset=one.id, reason="black"))
        elif screens and _is_screen(one):
            found.append(Left(asset=one.id, reason="screenshot"))
        elif seen.sharpness is not None and seen.sharpness < min(_BLURRED, _BLURRED_BESIDE * usual):
            found.append(Left(asset=one.id, reason="blurred"))
    return found


def _is_screen(one: Media) -> bool:
    if one.measures is None:
        return False
    named = any(word in one.name.lower() for word in _SCREEN_NAMES)
    return one.measures.screen + _NAMED_SCREEN * named >= _SCREEN


def _duplicates(photos: Sequence[Media], shown: Sequence[Media]) -> list[Left]:
    """All but the sharpest of photos that show the same; what is in the film already stays."""
    best = sorted(photos, key=lambda one: (-_sharpness(one), -one.width * one.height))
    kept = list(shown)
    found: list[Left] = []
    for one in best:
        twin = next((other for other in kept if _same(one, other)), None)
        if twin is None:
            kept.append(one)
        else:
            found.append(Left(asset=one.id, reason="duplicate", instead=twin.id))
    return found


def _same(one: Media, other: Media) -> bool:
    if one.measures is None or other.measures is None or hash_distance(one.measures, other.measures) > MOST_BITS:
        return False
    first, second = clock(one), clock(other)
    apart = abs(first.at - second.at) if first and second and first.to_the_second and second.to_the_second else None
    return near_duplicates(one.measures, other.measures, apart)


def _sharpness(one: Media) -> float:
    return (one.measures.sharpness if one.measures else None) or 0.0


def _place(left: Left, photos: Sequence[Media]) -> int:
    return next(index for index, one in enumerate(photos) if one.id == left.asset)
