"""Which pictures are in the film and in which order: pure functions on a recipe's shots."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent.operations import Drop, KeepOnly, Move, Swap
from bot.studio.agent.recipe import Media, Order, Recipe, Shot
from bot.studio.agent.when import capture_times

_MOMENT_MS = 4000
_SHOT_MS = 3000
_DEFAULT_MS = 30_000


def include(recipe: Recipe, new: Sequence[Media], media: Mapping[str, Media]) -> Recipe:
    """The recipe with `new` media in it, in their places by time, or at the end of an order made by hand.

    A sound becomes the film's music. From long clips several moments are taken, evenly spread, while there is room.
    """
    songs = [one.id for one in new if one.kind == "audio"]
    visible = [one for one in new if one.kind != "audio"]
    room = max(0, (recipe.length or _DEFAULT_MS) // _SHOT_MS - len(recipe.shots) - len(visible))
    added = [shot for one in visible for shot in _moments(one, room, visible)]
    recipe = replace(recipe, shots=(*recipe.shots, *added), song=songs[-1] if songs else recipe.song)
    return sort(recipe, recipe.order, media) if added else recipe


def _moments(one: Media, room: int, among: Sequence[Media]) -> list[Shot]:
    if one.kind == "photo":
        return [Shot(asset=one.id)]
    total = sum(other.duration_ms for other in among if other.kind == "video")
    share = room * one.duration_ms // total if total else 0
    count = max(1, min(1 + share, one.duration_ms // _MOMENT_MS))
    return [Shot(asset=one.id, at=(index + 0.5) / count) for index in range(count)]


def sort(recipe: Recipe, by: Order, media: Mapping[str, Media]) -> Recipe:
    """All shots in another order; `manual` leaves them."""
    upload = {key: index for index, key in enumerate(media)}
    by_upload = sorted(recipe.shots, key=lambda shot: (upload[shot.asset], shot.at))
    if by == "time":
        when = capture_times(media)
        by_upload.sort(key=lambda shot: when[shot.asset])
    elif by == "random":
        random.Random(recipe.seed * 1000 + len(by_upload)).shuffle(by_upload)
    elif by == "reverse":
        by_upload = list(reversed(recipe.shots))
    elif by == "manual":
        by_upload = list(recipe.shots)
    # Turning round twice is the order as it was; what comes in later goes to the end of it.
    return replace(recipe, shots=tuple(by_upload), order="manual" if by in {"reverse", "random"} else by)


def keep(recipe: Recipe, shots: Sequence[Shot]) -> Recipe:
    """Only these; the media that thereby vanish are not taken in again by themselves."""
    kept = {shot.asset for shot in shots}
    gone = tuple(dict.fromkeys(shot.asset for shot in recipe.shots if shot.asset not in kept))
    return replace(recipe, shots=tuple(shots), dropped=tuple(dict.fromkeys((*recipe.dropped, *gone))))


def named(step: Drop | KeepOnly | Move | Swap) -> tuple[int, ...]:
    """The positions that have to exist."""
    match step:
        case Drop() | KeepOnly():
            return step.positions
        case Move():
            return (step.position,)
        case Swap():
            return (step.first, step.second)


def rearranged(recipe: Recipe, step: Drop | KeepOnly | Move | Swap, shown: Sequence[Shot]) -> Recipe:
    """Carry out a step whose positions all exist among the `shown` shots."""

    def at(place: int) -> Shot:
        return shown[place - 1 if place > 0 else place]

    match step:
        case Drop():
            gone = {at(place) for place in step.positions}
            return keep(recipe, [shot for shot in recipe.shots if shot not in gone])
        case KeepOnly():
            kept = {at(place) for place in step.positions}
            return keep(recipe, [shot for shot in shown if shot in kept])
        case Move():
            return _moved(recipe, at(step.position), step.to, shown)
        case Swap():
            one, other = at(step.first), at(step.second)
            turn = {one: other, other: one}
            return replace(recipe, shots=tuple(turn.get(shot, shot) for shot in recipe.shots), order="manual")


def _moved(recipe: Recipe, shot: Shot, to: int, shown: Sequence[Shot]) -> Recipe:
    """Put `shot` before the one that stands at its new place among the shown ones."""
    others = [one for one in recipe.shots if one != shot]
    target = [one for one in shown if one != shot]
    place = len(target) if to < 0 else min(to - 1, len(target))
    index = others.index(target[place]) if place < len(target) else len(others)
    return replace(recipe, shots=(*others[:index], shot, *others[index:]), order="manual")
