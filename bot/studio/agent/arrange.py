"""Steps about numbered pictures, in the order in which they were said. Pure but for the numbering it carries along."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent import captions, choice, fitting, pictures, reel, single, steering
from bot.studio.agent.clip_operations import More, Replace, Retime, SetLook, SetSpeed, Trim
from bot.studio.agent.numbering import Numbering
from bot.studio.agent.operations import (
    Drop,
    KeepOnly,
    Move,
    NameCaptions,
    Operation,
    SetCaption,
    Sort,
    Swap,
    Thin,
)
from bot.studio.agent.recipe import Media, Recipe, Shot
from bot.studio.agent.remarks import Remark

_A_MOMENT = 8000
_SINGLE = (Trim, Retime, Replace, SetSpeed, SetLook)


def is_step(step: Operation) -> bool:
    """Whether it is about pictures in their places."""
    if isinstance(step, SetLook):
        return bool(step.positions)
    return isinstance(step, (*_SINGLE, More, Drop, KeepOnly, Thin, Move, Swap, Sort, SetCaption, NameCaptions))


def arranged(
    recipe: Recipe, steps: Sequence[Operation], media: Mapping[str, Media], last: int
) -> tuple[Recipe, list[Remark], int]:
    """Carry out the steps; `last` is the number of the picture spoken of last, before and after them."""
    shown = fitting.plan(recipe, media).shots
    numbering = Numbering(shown, last)
    remarks: list[Remark] = []
    for step in steps:
        recipe, more = _step(recipe, step, media, numbering)
        remarks += more
        if isinstance(step, Sort | Thin | More):
            numbering = Numbering(fitting.plan(recipe, media).shots, 0)
    shown = fitting.plan(recipe, media).shots
    place = next((number for number, shot in enumerate(shown, 1) if shot is numbering.last), 0)
    return recipe, remarks, place


def _step(
    recipe: Recipe, step: Operation, media: Mapping[str, Media], numbering: Numbering
) -> tuple[Recipe, list[Remark]]:
    shown = fitting.plan(recipe, media).shots
    if not shown:
        return recipe, []
    match step:
        case Sort():
            return pictures.sort(recipe, step.by, media), []
        case Thin():
            return pictures.keep(recipe, choice.varied(shown, max(1, step.count), media)), []
        case More():
            return _more(recipe, step, media)
        case NameCaptions() | SetCaption(positions=()):
            return captions.apply(recipe, step, shown, media)
        case _:
            places = _places(step, len(shown))
            targets = numbering.find(places, shown) if places else None
            if targets is None:
                return recipe, [_nowhere(places, len(shown))]
            return _on(recipe, step, targets, shown, media, numbering)


def _places(step: Operation, count: int) -> tuple[int, ...]:
    match step:
        case SetSpeed(positions=()):
            return tuple(range(1, count + 1))
        case Drop() | KeepOnly() | SetCaption() | Trim() | Retime() | Replace() | SetSpeed() | SetLook():
            return step.positions
        case Move():
            return (step.position,)
        case Swap():
            return step.first, step.second
        case _:
            return ()


def _nowhere(places: Sequence[int], count: int) -> Remark:
    if 0 in places:
        return Remark(key="ask-which", params={"count": str(count)})
    missing = ", ".join(str(place) for place in places if not 1 <= abs(place) <= count)
    return Remark(key="no-position", params={"places": missing, "count": str(count)})


def _on(
    recipe: Recipe,
    step: Operation,
    targets: tuple[Shot, ...],
    shown: Sequence[Shot],
    media: Mapping[str, Media],
    numbering: Numbering,
) -> tuple[Recipe, list[Remark]]:
    match step:
        case Drop() | KeepOnly() | Move() | Swap():
            changed = pictures.rearranged(recipe, step, targets, shown)
            if not changed.shots:
                return recipe, [Remark(key="nothing-left")]
            there = {id(shot) for shot in changed.shots}
            return steering.without(changed, [shot for shot in recipe.shots if id(shot) not in there]), []
        case Trim() | Retime() | Replace() | SetSpeed() | SetLook():
            changed, pairs, remarks = single.apply(recipe, step, targets, media)
        case SetCaption():
            changed, pairs = captions.written(recipe, step, targets)
            remarks = []
        case _:
            return recipe, []
    for old, new in pairs:
        numbering.became(old, new)
    if isinstance(step, Replace):
        changed = steering.without(changed, [old for old, _ in pairs])
    return changed, remarks


def _more(recipe: Recipe, step: More, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """Further moments, as long as those that are there usually are."""
    lengths = sorted(shot.length for shot in recipe.shots if shot.why is not None and shot.length)
    usual = lengths[len(lengths) // 2] if lengths else _A_MOMENT
    found = reel.other_moments(recipe, [usual] * max(1, min(step.count, 20)), media)
    if not found:
        return recipe, [Remark(key="no-other-moments")]
    changed = replace(recipe, shots=(*recipe.shots, *found))
    return pictures.sort(changed, recipe.order, media), []
