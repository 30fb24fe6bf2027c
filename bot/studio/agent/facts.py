"""What can be said about a film, read from what is really in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.studio.agent import fitting, reel, words
from bot.studio.agent.listing import Line, lines
from bot.studio.agent.recipe import Media, Reason, Recipe, Shot
from bot.studio.agent.when import clock

_SILENT = "none"
_PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """One picture as it is shown; `asked` is how long in ms where somebody said so, `moment` whether it was chosen."""

    asset: str
    line: Line
    moment: bool
    asked: int | None
    speed: float
    look: str
    caption: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One version of a film. `shown` are its pictures in order, `waiting` the number of those that did not fit.

    `music` is a mood, `none`, or the file name of the user's own track; `own` says which, `on_beat` whether the
    cuts lie on its beats; `tune` counts the pieces of a mood; `left` says why each photo that the agent left out is not
    among the `photos`. `chosen` says whether there are moments of recordings in it, and `aim` for how many seconds they
    were chosen when nobody said it.
    """

    shown: tuple[Looks, ...]
    chosen: bool
    aim: float | None
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
    look: str
    left: tuple[Reason, ...]
    photos: int
    by_time: bool
    timed: bool
    seed: int


def facts(recipe: Recipe, media: Mapping[str, Media]) -> Facts:
    """Of a recipe as it is composed."""
    fitted = fitting.plan(recipe, media)
    song = media[recipe.song].name if recipe.song else None
    title, under = words.title_lines(recipe, media)
    return Facts(
        shown=tuple(_looks(shot, line) for shot, line in zip(fitted.shots, lines(recipe, media), strict=True)),
        chosen=fitting.is_reel(recipe),
        aim=reel.aim(recipe, media) / 1000 if recipe.length is None and fitting.is_reel(recipe) else None,
        moments=len(fitted.shots),
        clips=sum(media[shot.asset].kind == "video" for shot in fitted.shots),
        waiting=len(recipe.shots) - len(fitted.shots),
        seconds=round(fitted.length / 1000, 1),
        ratio=fitting.ratio(fitted.canvas),
        music=song or recipe.mood or _SILENT,
        own=song is not None,
        on_beat=_on_beat(recipe, fitted.length, media),
        tune=recipe.tune,
        clip_sound=recipe.clip_sound,
        volume=round(recipe.volume * 100),
        transition=recipe.transition,
        pace=recipe.pace,
        title=title,
        under=under,
        caption_dates=recipe.caption_dates is not None,
        credits=recipe.credits,
        look=recipe.look or _PLAIN,
        left=tuple(left.reason for left in recipe.left),
        photos=len({shot.asset for shot in recipe.shots if media[shot.asset].kind == "photo"}),
        by_time=recipe.order == "time",
        timed=any(clock(media[shot.asset]) is not None for shot in fitted.shots),
        seed=recipe.seed,
    )


def _looks(shot: Shot, line: Line) -> Looks:
    return Looks(
        asset=shot.asset,
        line=line,
        moment=shot.why is not None,
        asked=shot.length if shot.why is None else None,
        speed=shot.speed,
        look=shot.look or "",
        caption=shot.caption,
    )


def _on_beat(recipe: Recipe, length: int, media: Mapping[str, Media]) -> bool:
    if any(shot.length is not None for shot in recipe.shots):
        return False  # somebody said how long a picture is to be
    return fitting.track(recipe, length, media) is not None if recipe.song else recipe.mood is not None
