"""What is said about the film as a whole that moments are chosen for: its length, and which moments. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent import lengths, reel, single, steering
from bot.studio.agent.clip_operations import EachAbout, KeepWords, Retime, SetTaste, Steer
from bot.studio.agent.operations import ChangeLength, Operation, SetLength, Thin
from bot.studio.agent.recipe import Media, Recipe
from bot.studio.agent.remarks import Remark


def is_wish(step: Operation, *, moments: bool) -> bool:
    """Whether it is about the film's length or, where there are recordings, about which of their moments are taken."""
    if isinstance(step, Thin):
        return moments
    return isinstance(step, SetLength | ChangeLength | Steer | SetTaste | KeepWords | EachAbout)


def chosen(recipe: Recipe, wishes: Sequence[Operation], media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """A film by the wishes, its moments chosen in any case."""
    recipe, remarks = _noted(recipe, [_about(one) for one in wishes], media)
    if not reel.recordings_of(recipe, media):
        return recipe, remarks
    recipe = reel.chosen(recipe, media)
    if all(shot.why is None for shot in recipe.shots):
        return recipe, [*remarks, Remark(key="no-moments")]
    return recipe, [*remarks, *lengths.missed(recipe, media)]


def changed(recipe: Recipe, wishes: Sequence[Operation], media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """The film after the wishes; moments are chosen anew when these concern the choice."""
    if any(isinstance(one, SetLength) and not one.each for one in wishes):
        wishes = [_about(one) for one in wishes]
    noted, remarks = _noted(recipe, wishes, media)
    if not reel.recordings_of(noted, media) or (noted.wanted, noted.length) == (recipe.wanted, recipe.length):
        return noted, remarks
    found = reel.chosen(noted, media)
    if found.shots == noted.shots:
        return found, [*remarks, Remark(key="same-moments")]
    return found, [*remarks, *lengths.missed(found, media)]


def _about(step: Operation) -> Operation:
    """How long each is beside how long all are: then it is the number that follows."""
    return EachAbout(ms=step.ms) if isinstance(step, SetLength) and step.each else step


def _noted(recipe: Recipe, wishes: Sequence[Operation], media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    remarks: list[Remark] = []
    moments = bool(reel.recordings_of(recipe, media))
    for step in wishes:
        more: list[Remark] = []
        match step:
            case Thin():
                recipe = replace(recipe, wanted=replace(recipe.wanted, most=max(1, step.count)))
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
