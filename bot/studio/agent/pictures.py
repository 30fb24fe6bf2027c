"""Which pictures are in the film and in which order: pure functions on a recipe's shots."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent.operations import Drop, KeepOnly, Move, Swap
from bot.studio.agent.recipe import Media, Order, Recipe, Shot
from bot.studio.agent.when import capture_times, clock

_MOMENT_MS = 4000
_SHOT_MS = 3000
_DEFAULT_MS = 30_000


def include(recipe: Recipe, new: Sequence[Media], media: Mapping[str, Media]) -> Recipe:
    """The recipe with `new` media in it, in their places by time, or at the end of an order made by hand.

    A sound becomes the film's music. From longer clips several moments are taken, evenly spread, while there is room;
    those of recordings are chosen elsewhere.
    """
    songs = [one.id for one in new if one.kind == "audio"]
    visible = [one for one in new if one.kind != "audio" and one.recording is None]
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


def by_time(pictures: Sequence[Media], media: Mapping[str, Media]) -> list[Media]:
    """As they were taken, else as they were uploaded."""
    upload = {key: index for index, key in enumerate(media)}
    when = capture_times(media)
    return sorted(pictures, key=lambda one: (when[one.id], upload[one.id]))


def sort(recipe: Recipe, by: Order, media: Mapping[str, Media]) -> Recipe:
    """All shots in another order; `manual` leaves them."""
    upload = {key: index for index, key in enumerate(media)}
    by_upload = sorted(recipe.shots, key=lambda shot: (upload[shot.asset], _into(shot, media)))
    if by == "time":
        when = capture_times(media)
        told = {key for key, one in media.items() if clock(one)}
        by_upload.sort(
            key=lambda shot: when[shot.asset] + (_into(shot, media) / 1000 if shot.why and shot.asset in told else 0)
        )
    elif by == "random":
        random.Random(recipe.seed * 1000 + len(by_upload)).shuffle(by_upload)
    elif by == "reverse":
        by_upload = list(reversed(recipe.shots))
    elif by == "manual":
        by_upload = list(recipe.shots)
    # Turning round twice is the order as it was; what comes in later goes to the end of it.
    return replace(recipe, shots=tuple(by_upload), order="manual" if by in {"reverse", "random"} else by)


def _into(shot: Shot, media: Mapping[str, Media]) -> float:
    """How far into its clip a shot begins, or where its middle lies; in ms."""
    return shot.at * media[shot.asset].duration_ms if shot.start is None else shot.start


def keep(recipe: Recipe, shots: Sequence[Shot]) -> Recipe:
    """Only these; the media that thereby vanish are not taken in again by themselves."""
    kept = {shot.asset for shot in shots}
    gone = tuple(dict.fromkeys(shot.asset for shot in recipe.shots if shot.asset not in kept))
    return replace(recipe, shots=tuple(shots), dropped=tuple(dict.fromkeys((*recipe.dropped, *gone))))


def rearranged(
    recipe: Recipe, step: Drop | KeepOnly | Move | Swap, targets: Sequence[Shot], shown: Sequence[Shot]
) -> Recipe:
    """Carry out a step on `targets`, which are among the `shown` shots."""
    chosen = {id(shot) for shot in targets}
    match step:
        case Drop():
            return keep(recipe, [shot for shot in recipe.shots if id(shot) not in chosen])
        case KeepOnly():
            return keep(recipe, [shot for shot in shown if id(shot) in chosen])
        case Move():
            return _moved(recipe, targets[0], step.to, shown)
        case Swap():
            one, other = targets[0], targets[-1]
            turn = {id(one): other, id(other): one}
            return replace(recipe, shots=tuple(turn.get(id(shot), shot) for shot in recipe.shots), order="manual")


def _moved(recipe: Recipe, shot: Shot, to: int, shown: Sequence[Shot]) -> Recipe:
    """Put `shot` before the one that stands at its new place among the shown ones."""
    others = [one for one in recipe.shots if one is not shot]
    target = [one for one in shown if one is not shot]
    place = max(0, len(target) + 1 + to) if to < 0 else min(max(to - 1, 0), len(target))
    before = target[place] if place < len(target) else None
    index = next((at for at, one in enumerate(others) if one is before), len(others))
    return replace(recipe, shots=(*others[:index], shot, *others[index:]), order="manual")
