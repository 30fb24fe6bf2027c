"""What can be done to single pictures: begin, end, length, speed, colours, and another moment instead. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.studio.agent import compose, fitting, reel
from bot.studio.agent.clip_operations import Replace, Retime, SetLook, SetSpeed, Trim
from bot.studio.agent.fitting import LONGEST_TIMED_SHOT, SHORTEST_SHOT
from bot.studio.agent.recipe import Media, Recipe, Shot
from bot.studio.agent.remarks import Remark

Step = Trim | Retime | Replace | SetSpeed | SetLook
Changed = tuple[Recipe, list[tuple[Shot, Shot]], list[Remark]]
"""The recipe, which shots became which, and what has to be said."""

SLOWEST, QUICKEST = 0.25, 4.0


def apply(recipe: Recipe, step: Step, targets: Sequence[Shot], media: Mapping[str, Media]) -> Changed:
    """Carry out a step on shots of the recipe that are shown."""
    fitted = fitting.plan(recipe, media)
    slots = {id(shot): slot for shot, slot in zip(fitted.shots, fitted.slots, strict=True)}
    match step:
        case Trim():
            return _each(recipe, targets, lambda shot: _trimmed(shot, slots[id(shot)], step, media[shot.asset]))
        case Retime():
            return _each(recipe, targets, lambda shot: _retimed(shot, slots[id(shot)], step, media[shot.asset]))
        case SetSpeed():
            return _speeded(recipe, step, targets, slots, media)
        case SetLook():
            return _each(recipe, targets, lambda shot: replace(shot, look=step.look))
        case Replace():
            return _replaced(recipe, targets, media)


def _each(recipe: Recipe, targets: Sequence[Shot], change: Callable[[Shot], Shot | None]) -> Changed:
    """Every target changed; a change that is not possible is None."""
    made = [(shot, change(shot)) for shot in targets]
    pairs = [(old, new) for old, new in made if new is not None]
    remarks = [Remark(key="too-short")] if len(pairs) < len(made) else []
    return _with(recipe, pairs), pairs, remarks


def _with(recipe: Recipe, pairs: Sequence[tuple[Shot, Shot]]) -> Recipe:
    became = {id(old): new for old, new in pairs}
    return replace(recipe, shots=tuple(became.get(id(shot), shot) for shot in recipe.shots))


def _trimmed(shot: Shot, slot: int, step: Trim, one: Media) -> Shot | None:
    if one.kind == "photo":
        return _lasting(shot, slot - step.start_by + step.end_by)
    start = compose.begin(shot, slot, one)
    end = min(one.duration_ms, max(0, start + round(slot * shot.speed) + step.end_by))
    start = min(one.duration_ms, max(0, start + step.start_by))
    length = round((end - start) / shot.speed)
    return _lasting(replace(shot, start=start), length)


def _retimed(shot: Shot, slot: int, step: Retime, one: Media) -> Shot | None:
    wanted = step.ms if step.ms is not None else round(slot * step.factor) + step.by_ms
    if one.kind == "photo":
        return _lasting(shot, wanted)
    start = compose.begin(shot, slot, one)
    wanted = min(wanted, round(one.duration_ms / shot.speed))
    return _lasting(replace(shot, start=max(0, min(start, one.duration_ms - round(wanted * shot.speed)))), wanted)


def _lasting(shot: Shot, length: int) -> Shot | None:
    if length < SHORTEST_SHOT:
        return None
    return replace(shot, length=min(length, LONGEST_TIMED_SHOT))


def _speeded(
    recipe: Recipe, step: SetSpeed, targets: Sequence[Shot], slots: Mapping[int, int], media: Mapping[str, Media]
) -> Changed:
    clips = [shot for shot in targets if media[shot.asset].kind == "video"]
    factor = round(max(SLOWEST, min(step.factor, QUICKEST)), 2)
    remarks = [Remark(key="speed-limit")] if factor != round(step.factor, 2) else []
    if not clips:
        return recipe, [], [Remark(key="speed-photos")]
    changed, pairs, more = _each(
        recipe, clips, lambda shot: _at_speed(shot, slots[id(shot)], factor, media[shot.asset])
    )
    return changed, pairs, remarks + more


def _at_speed(shot: Shot, slot: int, factor: float, one: Media) -> Shot | None:
    """The same stretch of a clip for longer or shorter; where the film's length decides, more or less of the clip."""
    if shot.length is None:
        return replace(shot, speed=factor)
    start = compose.begin(shot, slot, one)
    return _lasting(replace(shot, start=start, speed=factor), round(slot * shot.speed / factor))


def _replaced(recipe: Recipe, targets: Sequence[Shot], media: Mapping[str, Media]) -> Changed:
    moments = [shot for shot in targets if shot.why is not None]
    if not moments:
        return recipe, [], [Remark(key="replace-photos")]
    others = reel.other_moments(recipe, [shot.length or fitting.BESIDE_MOMENTS for shot in moments], media)
    pairs = list(zip(moments, others, strict=False))
    remarks = [Remark(key="no-other-moments")] if len(pairs) < len(moments) else []
    return _with(recipe, pairs), pairs, remarks
