"""The moments of recordings that are in a film: chosen, chosen anew, and others beside them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent import pictures, styles
from bot.studio.agent.fitting import BESIDE_MOMENTS, LONGEST, SHORTEST, asked_for, beside_moments
from bot.studio.agent.recipe import Media, Recipe, Shot
from bot.studio.agent.remarks import Remark
from bot.studio.recording.choose import choose
from bot.studio.recording.model import Moment, Recording, Stretch, Wish

SHORT_REEL, LONG_REEL = 60_000, 180_000
"""The length of a film when nobody asks for one: of recordings of less than `MANY_MINUTES` together, and of more."""

MANY_MINUTES = 30 * 60_000
_LEAST = 2000
_SHOWS = 0.5  # from this share of a moment on it is the one that it was


def recordings_of(recipe: Recipe, media: Mapping[str, Media]) -> dict[str, Recording]:
    """What moments are chosen from: all recordings that the user has not taken out, as they were taken."""
    found = [one for one in media.values() if one.recording is not None and one.id not in recipe.dropped]
    return {one.id: one.recording for one in pictures.by_time(found, media) if one.recording is not None}


def begun(recipe: Recipe) -> Recipe:
    """What a film of moments is unless something else is asked for: their own sound, no music, short crossfades."""
    return replace(recipe, mood=None, clip_sound="duck" if recipe.song else "keep", transition="crossfade")


def chosen(recipe: Recipe, media: Mapping[str, Media]) -> Recipe:
    """The recipe with its moments chosen anew, everything else in it as it was; the same when nothing is found."""
    recordings = recordings_of(recipe, media)
    wanted = recipe.wanted
    whole = aim(recipe, media)
    length = max(_LEAST, min(asked_for(recipe), whole), whole - beside(recipe, media))
    each = max(1, round(length / wanted.each)) if wanted.each else None
    most = min((count for count in (each, wanted.most) if count is not None), default=None)
    moments = _choose(recipe, recordings, length=length, most=most, fewest=wanted.fewest or (most and each and most))
    if not moments:
        return recipe
    old = [shot for shot in recipe.shots if shot.why is not None]
    new = [_kept_words(shot_of(moment, media), old) for moment in moments]
    others = [shot for shot in recipe.shots if shot.why is None and shot.asset not in recordings]
    order = "time" if recipe.order == "manual" else recipe.order
    return pictures.sort(replace(recipe, shots=(*others, *new)), order, media)


def aim(recipe: Recipe, media: Mapping[str, Media]) -> int:
    """How long the film is to be, in ms."""
    if recipe.length is not None:
        return max(SHORTEST, min(recipe.length, LONGEST))
    total = sum(one.duration for one in recordings_of(recipe, media).values())
    return SHORT_REEL if total < MANY_MINUTES else LONG_REEL


def beside(recipe: Recipe, media: Mapping[str, Media]) -> int:
    """For how long something else than moments is shown, in ms."""
    others = [shot for shot in recipe.shots if shot.why is None and media[shot.asset].recording is None]
    return sum(shot.length or beside_moments(recipe, media) for shot in others)


def other_moments(recipe: Recipe, lengths: Sequence[int], media: Mapping[str, Media]) -> tuple[Shot, ...]:
    """Moments of about these lengths that are not in the film yet, as many as there are; in the order of time."""
    there = tuple(
        Stretch(start=shot.start, stop=shot.start + round(shot.length * shot.speed), asset=shot.asset)
        for shot in recipe.shots
        if shot.why is not None and shot.start is not None and shot.length is not None
    )
    wanted = replace(recipe.wanted, never=(*recipe.wanted.never, *there), must=())
    recordings = recordings_of(recipe, media)
    count = len(lengths)
    found = _choose(replace(recipe, wanted=wanted), recordings, length=sum(lengths), most=count, fewest=count)
    return tuple(shot_of(moment, media) for moment in found)


def with_others(recipe: Recipe, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """Other moments instead of all that there are."""
    old = [shot for shot in recipe.shots if shot.why is not None]
    found = other_moments(recipe, [shot.length or BESIDE_MOMENTS for shot in old], media)
    if not found:
        return recipe, [Remark(key="no-other-moments")]
    others = [shot for shot in recipe.shots if shot.why is None]
    return pictures.sort(replace(recipe, shots=(*others, *found)), recipe.order, media), []


def _choose(
    recipe: Recipe, recordings: Mapping[str, Recording], *, length: int, most: int | None, fewest: int | None
) -> tuple[Moment, ...]:
    wanted = recipe.wanted
    wish = Wish(
        length=length,
        most=most,
        fewest=fewest,
        within=wanted.within,
        must=wanted.must,
        never=wanted.never,
        taste=wanted.taste,
        words=wanted.words,
    )
    return choose(recordings, wish, overlap=styles.usual_overlap(recipe)) if recordings else ()


def shot_of(moment: Moment, media: Mapping[str, Media]) -> Shot:
    """A moment as a shot."""
    length = moment.stop - moment.start
    middle = (moment.start + length / 2) / max(1, media[moment.asset].duration_ms)
    return Shot(asset=moment.asset, at=round(middle, 6), start=moment.start, length=length, why=moment.why)


def _kept_words(shot: Shot, old: Sequence[Shot]) -> Shot:
    """A moment with what was written under it and how it looked, where it was in the film before."""
    for one in old:
        if one.asset == shot.asset and _shared(shot, one) >= _SHOWS * (shot.length or 1):
            return replace(shot, caption=one.caption, look=one.look)
    return shot


def _shared(one: Shot, other: Shot) -> float:
    """How much of two moments is the same, in ms."""
    (start, end), (other_start, other_end) = _stretch(one), _stretch(other)
    return min(end, other_end) - max(start, other_start)


def _stretch(shot: Shot) -> tuple[float, float]:
    start = shot.start or 0
    return start, start + (shot.length or 0) * shot.speed
