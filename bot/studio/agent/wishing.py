"""What is said about the film as a whole that moments are chosen for: its length, and which moments. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent import lengths, reel, single, steering
from bot.studio.agent.clip_operations import ChangeCount, EachAbout, KeepWords, Retime, SetTaste, Steer
from bot.studio.agent.operations import ChangeLength, Operation, SetLength, Thin
from bot.studio.agent.recipe import Media, Recipe
from bot.studio.agent.remarks import Remark


def is_wish(step: Operation, *, moments: bool) -> bool:
    """Whether it is about the film's length or, where there are recordings, about which of their moments are taken."""
    if isinstance(step, Thin | ChangeCount):
        return moments
    return isinstance(step, SetLength | ChangeLength | Steer | SetTaste | KeepWords | EachAbout)


def chosen(recipe: Recipe, wishes: Sequence[Operation], media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """A film by the wishes, its moments chosen in any case."""
    recipe, remarks = _noted(recipe, _together(wishes, first=True), media)
    if not reel.recordings_of(recipe, media):
        return recipe, remarks
    recipe = reel.chosen(recipe, media)
    if all(shot.why is None for shot in recipe.shots):
        return recipe, [*remarks, Remark(key="no-moments")]
    return recipe, [*remarks, *lengths.missed(recipe, media)]


def changed(recipe: Recipe, wishes: Sequence[Operation], media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """The film after the wishes; moments are chosen anew when these concern the choice."""
    noted, remarks = _noted(recipe, _together(wishes, first=False), media)
    if not reel.recordings_of(noted, media) or (noted.wanted, noted.length) == (recipe.wanted, recipe.length):
        return noted, remarks
    found = reel.chosen(noted, media)
    if found.shots == noted.shots:
        return found, [*remarks, Remark(key="same-moments")]
    return found, [*remarks, *lengths.missed(found, media)]


def _counted(recipe: Recipe, count: int, *, exactly: bool) -> Recipe:
    wanted = replace(recipe.wanted, most=count, fewest=count if exactly else None, each=None)
    return replace(recipe, wanted=wanted)


def _together(wishes: Sequence[Operation], *, first: bool) -> list[Operation]:
    """How long each is says how many there are, or how long all are, where the other two are said or free."""
    wishes = _all_within(wishes)
    each = next((one for one in wishes if isinstance(one, SetLength) and one.each), None)
    whole = any(isinstance(one, SetLength) and not one.each for one in wishes)
    counts = [one for one in wishes if isinstance(one, Thin)]
    if each is None or not (first or whole or counts):
        return list(wishes)
    number = next((one.count for one in counts if one.exactly), None)
    meant = EachAbout(ms=each.ms) if whole or number is None else SetLength(ms=each.ms * number)
    return [meant if one is each else one for one in wishes]


def _all_within(wishes: Sequence[Operation]) -> list[Operation]:
    """Several stretches to choose from in one message are one wish; a later message has others instead."""
    within = [one for one in wishes if isinstance(one, Steer) and one.how == "within" and one.recording is None]
    if len(within) < 2:
        return list(wishes)
    together = replace(within[0], spans=tuple(span for one in within for span in one.spans))
    return [together, *(one for one in wishes if one not in within)]


def _noted(recipe: Recipe, wishes: Sequence[Operation], media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    remarks: list[Remark] = []
    moments = bool(reel.recordings_of(recipe, media))
    for step in wishes:
        more: list[Remark] = []
        match step:
            case Thin():
                recipe = _counted(recipe, max(1, step.count), exactly=step.exactly)
            case ChangeCount():
                there = sum(shot.why is not None for shot in recipe.shots)
                recipe = _counted(recipe, max(1, round(there * step.factor)), exactly=True)
            case SetLength(each=True) if moments:
                shots = [shot for shot in recipe.shots if shot.why is not None]
                recipe, _, more = single.apply(recipe, Retime(positions=(), ms=step.ms), shots, media)
            case EachAbout() if not moments:
                recipe, more = lengths.apply(recipe, SetLength(ms=step.ms, each=True), media)
            case SetLength() | ChangeLength():
                recipe, more = lengths.apply(recipe, step, media)
            case Steer() | SetTaste() | KeepWords() | EachAbout():
                recipe, more = steering.apply(recipe, step, media)
            case _:
                pass
        remarks += more
    return recipe, remarks
