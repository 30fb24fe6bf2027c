"""Operations on a project: pure, total, and every result can be rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.studio.agent import captions, choice, compose, gather, pictures
from bot.studio.agent.captions import shortened
from bot.studio.agent.dates import Language
from bot.studio.agent.operations import (
    Again,
    Ask,
    Build,
    ChangeLength,
    DateCaptions,
    DateTitle,
    Drop,
    Explain,
    Help,
    Include,
    KeepOnly,
    Move,
    NameCaptions,
    Operation,
    Redo,
    Refuse,
    SetCaption,
    SetClipSound,
    SetCredits,
    SetLength,
    SetMusic,
    SetPace,
    SetShape,
    SetTitle,
    SetTransition,
    SetVolume,
    Sort,
    Swap,
    Thin,
    Tidy,
    Undo,
)
from bot.studio.agent.recipe import MIXED, Media, Project, Recipe
from bot.studio.agent.remarks import Remark
from bot.studio.agent.when import days
from bot.studio.film import missing
from bot.studio.film.music.moods import MOODS

# Moods that people name and there is no music in, with what comes nearest.
_NEAREST = {"romantic": "warm", "dreamy": "calm"}
# What comes after a mood when somebody wants other music: nothing that is like it.
_NEXT_MOOD = {
    "warm": "playful",
    "playful": "lofi",
    "lofi": "upbeat",
    "upbeat": "cinematic",
    "cinematic": "calm",
    "calm": "drive",
    "drive": "warm",
}


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
    remarks = [*_words_only(operations)]
    steps = [one for one in operations if not isinstance(one, Help | Ask | Refuse | Explain)]
    if any(isinstance(one, Help | Explain) for one in operations) and not steps:
        return Applied(project=project, remarks=tuple(remarks))
    before, again = project, _again(project, steps)
    stepping = any(isinstance(one, Undo | Redo) for one in steps) and not again
    project, more = _stepped(project, steps)
    remarks += more
    recipe = project.present if stepping else gather.with_new(project, known)
    for step in _sorted(steps):
        recipe, more = _dated(recipe, step, known, language) or _step(recipe, step, known)
        remarks += more
    if again or (_builds(steps) and recipe == before.present and not remarks):
        # The same pictures once more: another seed gives other motion, other transitions and another tune.
        recipe = replace(recipe, seed=recipe.seed + 1)
    if not recipe.shots:
        remarks.append(Remark(key="send-media"))
    seen = project.known if stepping else tuple(known)
    return Applied(project=replace(project.changed(recipe), known=seen), remarks=tuple(remarks))


def _answered(operations: Sequence[Operation], recipe: Recipe, media: Mapping[str, Media]) -> Sequence[Operation]:
    """A title that was asked for without words: the days of the pictures are one, where they are known."""
    asked, dated = Ask(about="title"), DateTitle(on=True)
    if asked not in operations or recipe.title or recipe.dated or not days(media.values()):
        return operations
    return list(dict.fromkeys(dated if one == asked else one for one in operations))


def _dated(
    recipe: Recipe, step: Operation, media: Mapping[str, Media], language: Language
) -> tuple[Recipe, list[Remark]] | None:
    if isinstance(step, DateTitle | DateCaptions) and step.on and not days(media.values()):
        return recipe, [Remark(key="no-dates")]
    match step:
        case DateTitle():
            return replace(recipe, dated=language if step.on else None), []
        case DateCaptions():
            return replace(recipe, caption_dates=language if step.on else None), []
        case _:
            return None


def _again(project: Project, steps: Sequence[Operation]) -> bool:
    return any(isinstance(one, Again) or (isinstance(one, Redo) and not project.future) for one in steps)


def _builds(steps: Sequence[Operation]) -> bool:
    return any(isinstance(one, Build) for one in steps)


def _words_only(operations: Sequence[Operation]) -> list[Remark]:
    texts = [one.text for one in operations if isinstance(one, SetTitle | SetCaption | SetCredits) and one.text]
    unknown = missing("".join(texts))
    remarks = [Remark(key="glyphs", params={"characters": " ".join(unknown)})] if unknown else []
    for one in operations:
        if isinstance(one, Help):
            remarks.append(Remark(key="help"))
        elif isinstance(one, Ask):
            remarks.append(Remark(key=f"ask-{one.about}"))
        elif isinstance(one, Refuse):
            remarks.append(Remark(key=f"no-{one.what}"))
    return remarks


def _stepped(project: Project, steps: Sequence[Operation]) -> tuple[Project, list[Remark]]:
    for step in steps:
        if isinstance(step, Undo):
            # The version before the first film is no film: there is nothing to go back to.
            if not project.past or not project.past[-1].shots:
                return project, [Remark(key="nothing-to-undo")]
            project = project.undone()
        elif isinstance(step, Redo):
            project = project.redone()
    return project, []


def _sorted(steps: Sequence[Operation]) -> list[Operation]:
    """What decides about the pictures first, since lengths and captions depend on it."""
    first = (Build, Include)
    return [one for one in steps if isinstance(one, first)] + [one for one in steps if not isinstance(one, first)]


def _step(recipe: Recipe, step: Operation, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    match step:
        case Build(fresh=True):
            return choice.take_in(Recipe(seed=recipe.seed + 1), list(media.values()), media), []
        case Build():
            return (recipe if recipe.shots else gather.all_again(recipe, media)), []
        case Include():
            return gather.included(recipe, step, media), []
        case Tidy():
            return gather.tidied(recipe, step, media)
        case Drop() | KeepOnly() | Thin() | Move() | Swap() | Sort():
            return _pictures(recipe, step, media)
        case SetCaption() | NameCaptions():
            return captions.apply(recipe, step, media)
        case SetLength() | ChangeLength():
            return _length(recipe, step, media)
        case _:
            return _look(recipe, step, media)


def _pictures(
    recipe: Recipe, step: Drop | KeepOnly | Thin | Move | Swap | Sort, media: Mapping[str, Media]
) -> tuple[Recipe, list[Remark]]:
    count = len(compose.plan(recipe, media).shots)
    if count == 0:
        return recipe, []
    if isinstance(step, Sort):
        return pictures.sort(recipe, step.by, media), []
    if isinstance(step, Thin):
        kept = choice.varied(compose.plan(recipe, media).shots, step.count, media)
        return pictures.keep(recipe, kept), []
    named = pictures.named(step)
    missing = [place for place in named if not -count <= place <= count or place == 0]
    if missing or not named:
        places = ", ".join(str(place) for place in missing)
        return recipe, [Remark(key="no-position", params={"places": places, "count": str(count)})]
    changed = pictures.rearranged(recipe, step, compose.plan(recipe, media).shots)
    return (recipe, [Remark(key="nothing-left")]) if not changed.shots else (changed, [])


def _length(recipe: Recipe, step: SetLength | ChangeLength, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    fitted = compose.plan(recipe, media)
    if isinstance(step, SetLength):
        wanted = step.ms * max(1, len(recipe.shots)) if step.each else step.ms
    else:
        wanted = fitted.length or compose.DEFAULT_LENGTH
        wanted = round((wanted * step.factor + step.by_ms) / 1000) * 1000
    length = max(compose.SHORTEST, min(wanted, compose.LONGEST))
    recipe = replace(recipe, length=length)
    got = compose.plan(recipe, media)
    if got.shots and got.length != wanted:
        seconds = f"{got.length / 1000:g}"
        return recipe, [Remark(key="length-limit", params={"seconds": seconds, "count": str(len(got.shots))})]
    return recipe, []


def _look(recipe: Recipe, step: Operation, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    match step:
        case SetShape():
            return replace(recipe, shape=step.shape), []
        case SetTitle():
            return replace(recipe, title=shortened(step.text)), []
        case SetCredits():
            return replace(recipe, credits=shortened(step.text)), []
        case SetPace():
            return replace(recipe, pace=step.pace), []
        case SetTransition(style="some"):
            return (replace(recipe, transition=MIXED), []) if recipe.transition == "cut" else (recipe, [])
        case SetTransition():
            return replace(recipe, transition=step.style), []
        case SetVolume():
            value = recipe.volume + step.step if step.value is None else step.value
            return replace(recipe, volume=round(max(0.0, min(1.0, value)), 2)), []
        case SetMusic():
            return _music(recipe, step, media)
        case SetClipSound():
            clips = any(media[shot.asset].kind == "video" for shot in recipe.shots)
            return replace(recipe, clip_sound=step.sound), [] if clips else [Remark(key="no-clips")]
        case _:
            return recipe, []


def _music(recipe: Recipe, step: SetMusic, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    mood = step.mood
    silent = recipe.mood is None and recipe.song is None
    if mood == "some" and step.other and not silent:
        return replace(recipe, mood=_NEXT_MOOD[recipe.mood or "warm"], song=None), []
    if mood == "some":
        return (replace(recipe, mood="warm"), []) if silent else (recipe, [])
    if mood == "none":
        return replace(recipe, mood=None, song=None), []
    if mood == "own":
        songs = [one.id for one in media.values() if one.kind == "audio"]
        return (replace(recipe, song=songs[-1]), []) if songs else (recipe, [Remark(key="no-track")])
    offered = mood if mood in MOODS else _NEAREST.get(mood, "warm")
    remarks = [Remark(key="mood-nearest", params={"mood": mood, "nearest": offered})] if offered != mood else []
    same = step.other and recipe.mood == offered and recipe.song is None
    return replace(recipe, mood=offered, song=None, tune=recipe.tune + same), remarks
