"""Operations on a project: pure, total, and every result can be rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.studio.agent import appearance, arrange, fitting, gather, reel, versions, wishing
from bot.studio.agent.dates import Language
from bot.studio.agent.operations import (
    Again,
    Ask,
    Build,
    DateTitle,
    Explain,
    Help,
    Include,
    ListShots,
    Operation,
    Redo,
    Refuse,
    SetCaption,
    SetCredits,
    SetTitle,
    Tidy,
    Versions,
)
from bot.studio.agent.recipe import Media, Project, Recipe
from bot.studio.agent.remarks import Remark
from bot.studio.agent.when import days
from bot.studio.film import missing

_QUESTIONS = (Help, Explain, Versions, ListShots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The project after a message, and what the message could not have."""

    project: Project
    remarks: tuple[Remark, ...]


def apply(
    project: Project, operations: Sequence[Operation], media: Sequence[Media], language: Language = "en"
) -> Applied:
    """Carry out `operations`; new media come into the film with any request that is not a step back or a question.

    Dates in the picture are written in `language`.
    """
    known = {one.id: one for one in media}
    operations = _answered(operations, project.present, known)
    remarks = [*_words_only(operations, known)]
    steps = [one for one in operations if not isinstance(one, (*_QUESTIONS, Ask, Refuse))]
    if any(isinstance(one, _QUESTIONS) for one in operations) and not steps:
        return Applied(project=project, remarks=tuple(remarks))
    before, again = project, any(_only_again(one, project) for one in steps)
    stepping = any(versions.is_step(one) for one in steps) and not again
    project, more = versions.stepped(project, steps)
    remarks += more
    recipe = project.present if stepping else gather.with_new(project, known)
    recipe, more, last = _carried_out(before, recipe, steps, known, language, stepping=stepping)
    remarks += more
    if again or (any(isinstance(one, Build) for one in steps) and recipe == before.present and not remarks):
        recipe, more = _made_anew(recipe, known)
        remarks += more
    if not recipe.shots and not any(remark.key == "no-moments" for remark in remarks):
        remarks.append(Remark(key="send-media"))
    seen = project.known if stepping else tuple(known)
    return Applied(project=replace(project.changed(recipe), known=seen, last=last), remarks=tuple(remarks))


def _carried_out(
    before: Project,
    recipe: Recipe,
    steps: Sequence[Operation],
    media: Mapping[str, Media],
    language: Language,
    *,
    stepping: bool,
) -> tuple[Recipe, list[Remark], int]:
    """What decides about the pictures first, since all else depends on it.

    Numbers are about the film that the user has seen: what is said about them goes before what moments are chosen
    anew for, unless there was no film yet.
    """
    remarks: list[Remark] = []
    for step in steps:
        if isinstance(step, Build | Include | Tidy):
            recipe, more = gather.taken(recipe, step, media)
            remarks += more
    recordings = set(reel.recordings_of(recipe, media))
    first = not before.present.shots or Build(fresh=True) in steps
    if first and recordings:
        recipe = reel.begun(recipe)
    seen = {key: one for key, one in media.items() if key in before.known}
    choosing = not stepping and bool(recordings) and recordings != set(reel.recordings_of(before.present, seen))
    wishes = [one for one in steps if wishing.is_wish(one, moments=bool(recordings))]
    placed = [one for one in steps if arrange.is_step(one) and one not in wishes]
    for step in steps:
        if step not in placed and step not in wishes:
            recipe, more = appearance.apply(recipe, step, media, language)
            remarks += more
    last = before.last
    if first or choosing:
        recipe, more = wishing.chosen(recipe, wishes, media)
        recipe, told, last = arrange.arranged(recipe, placed, media, 0)
    else:
        recipe, told, last = arrange.arranged(recipe, placed, media, last)
        recipe, more = wishing.changed(recipe, wishes, media)
    return recipe, [*remarks, *more, *told], last


def _only_again(step: Operation, project: Project) -> bool:
    return isinstance(step, Again) or (isinstance(step, Redo) and not project.future)


def _made_anew(recipe: Recipe, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """The same once more: another seed gives other motion, transitions and tune, recordings give other moments."""
    recipe = replace(recipe, seed=recipe.seed + 1)
    return reel.with_others(recipe, media) if fitting.is_reel(recipe) else (recipe, [])


def _answered(operations: Sequence[Operation], recipe: Recipe, media: Mapping[str, Media]) -> Sequence[Operation]:
    """A title that was asked for without words: the days of the pictures are one, where they are known."""
    asked, dated = Ask(about="title"), DateTitle(on=True)
    if asked not in operations or recipe.title or recipe.dated or not days(media.values()):
        return operations
    return list(dict.fromkeys(dated if one == asked else one for one in operations))


def _words_only(operations: Sequence[Operation], media: Mapping[str, Media]) -> list[Remark]:
    texts = [one.text for one in operations if isinstance(one, SetTitle | SetCaption | SetCredits) and one.text]
    unknown = missing("".join(texts))
    remarks = [Remark(key="glyphs", params={"characters": " ".join(unknown)})] if unknown else []
    recordings = any(one.recording is not None for one in media.values())
    for one in operations:
        if isinstance(one, Help):
            remarks.append(Remark(key="help"))
        elif isinstance(one, Ask):
            remarks.append(Remark(key=f"ask-{one.about}"))
        elif isinstance(one, Refuse) and not (one.what == "best" and recordings):
            remarks.append(Remark(key=f"no-{one.what}"))
    return remarks
