"""What can be said about a film, read from what is really in it, and how two films differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.studio.agent import compose, words
from bot.studio.agent.recipe import RATIO, Media, Reason, Recipe
from bot.studio.agent.when import clock

_SILENT = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One version of a film. `shown` are asset ids in order, `waiting` the number of pictures that did not fit.

    `music` is a mood, `none`, or the file name of the user's own track; `own` says which, `on_beat` whether the
    cuts lie on its beats; `tune` counts the pieces of a mood; `left` says why each photo that the agent left out is not
    among the `photos`.
    """

    shown: tuple[str, ...]
    moments: int
    clips: int
    waiting: int
    seconds: float
    ratio: str
    music: str
    own: bool
    on_beat: bool
    tune: int
    clip_sound: str
    volume: int
    transition: str
    pace: str
    title: str | None
    under: str | None
    caption_dates: bool
    credits: str | None
    captions: tuple[str | None, ...]
    left: tuple[Reason, ...]
    photos: int
    by_time: bool
    timed: bool
    seed: int


def facts(recipe: Recipe, media: Mapping[str, Media]) -> Facts:
    """Of a recipe as it is composed."""
    fitted = compose.plan(recipe, media)
    song = media[recipe.song].name if recipe.song else None
    title, under = words.title_lines(recipe, media)
    return Facts(
        shown=tuple(shot.asset for shot in fitted.shots),
        moments=len(fitted.shots),
        clips=sum(media[shot.asset].kind == "video" for shot in fitted.shots),
        waiting=len(recipe.shots) - len(fitted.shots),
        seconds=fitted.length / 1000,
        ratio=RATIO[fitted.shape],
        music=song or recipe.mood or _SILENT,
        own=song is not None,
        on_beat=compose.track(recipe, fitted.length, media) is not None if song else recipe.mood is not None,
        tune=recipe.tune,
        clip_sound=recipe.clip_sound,
        volume=round(recipe.volume * 100),
        transition=recipe.transition,
        pace=recipe.pace,
        title=title,
        under=under,
        caption_dates=recipe.caption_dates is not None,
        credits=recipe.credits,
        captions=tuple(shot.caption for shot in fitted.shots),
        left=tuple(left.reason for left in recipe.left),
        photos=len({shot.asset for shot in recipe.shots if media[shot.asset].kind == "photo"}),
        by_time=recipe.order == "time",
        timed=any(clock(media[shot.asset]) is not None for shot in fitted.shots),
        seed=recipe.seed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two films: names a clause and its parameters."""

    key: str
    params: dict[str, str]


def changes(before: Facts, after: Facts, media: Mapping[str, Media]) -> list[Change]:
    """Every difference that can be seen or heard, in the order in which it is told."""
    found = [*_pictures(before, after, media)]
    found += _values(before, after)
    found += _words("title", before.title, after.title)
    found += _words("under", before.under, after.under)
    found += _words("credits", before.credits, after.credits)
    if _captions(before) != _captions(after) and set(before.captions) != set(after.captions):
        count = sum(caption is not None for caption in after.captions)
        found.append(Change(key="captions" if count else "captions-off", params={"count": str(count)}))
    if after.caption_dates != before.caption_dates:
        found.append(Change(key="dates" if after.caption_dates else "dates-off", params={}))
    if after.tune != before.tune and after.music == before.music:
        found.append(Change(key="tune", params={}))
    if after.seed != before.seed and not found:
        found.append(Change(key="again", params={}))
    return found


def _pictures(before: Facts, after: Facts, media: Mapping[str, Media]) -> list[Change]:
    was, now = set(before.shown), set(after.shown)
    found = []
    total = str(after.moments)
    if gone := [key for key in before.shown if key not in now]:
        found.append(Change(key="out", params=_named(gone, media) | {"total": total}))
    if new := [key for key in after.shown if key not in was]:
        found.append(Change(key="in", params=_named(new, media) | {"total": total}))
    if not found and before.moments != after.moments:
        found.append(Change(key="moments", params={"before": str(before.moments), "after": total}))
    stayed = [key for key in after.shown if key in was]
    if stayed != [key for key in before.shown if key in now] and before.moments - len(gone) <= after.moments:
        found.append(
            Change(key="order", params={"first": media[after.shown[0]].name, "last": media[after.shown[-1]].name})
        )
    return found


def _named(keys: Sequence[str], media: Mapping[str, Media]) -> dict[str, str]:
    unique = list(dict.fromkeys(keys))
    names = ", ".join(media[key].name for key in unique[:3])
    return {"count": str(len(unique)), "names": names if len(unique) <= 3 else ""}


def _values(before: Facts, after: Facts) -> list[Change]:
    rows = [
        ("length", f"{before.seconds:g}", f"{after.seconds:g}"),
        ("shape", before.ratio, after.ratio),
        ("music", before.music, after.music),
        ("clip-sound", f"sound-{before.clip_sound}", f"sound-{after.clip_sound if after.clips else before.clip_sound}"),
        ("volume", f"{before.volume}%", f"{after.volume}%"),
        ("transitions", before.transition, after.transition),
        ("pace", before.pace, after.pace),
    ]
    return [Change(key=key, params={"before": was, "after": now}) for key, was, now in rows if was != now]


def _words(key: str, before: str | None, after: str | None) -> list[Change]:
    if before == after:
        return []
    if after is None:
        return [Change(key=f"{key}-off", params={"before": before or ""})]
    if before is None:
        return [Change(key=f"{key}-on", params={"after": after})]
    return [Change(key=key, params={"before": before, "after": after})]


def _captions(one: Facts) -> dict[tuple[str, int], str | None]:
    return {(key, index): caption for index, (key, caption) in enumerate(zip(one.shown, one.captions, strict=True))}
