"""What the user says about the choice of moments, kept for this choice and for those to come. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent.clip_operations import EachAbout, KeepWords, SetTaste, Span, Steer
from bot.studio.agent.recipe import Media, Recipe, Shot
from bot.studio.agent.reel import recordings_of
from bot.studio.agent.remarks import Remark
from bot.studio.recording.model import Recording, Stretch
from bot.studio.recording.spans import minus

Step = Steer | SetTaste | KeepWords | EachAbout


def apply(recipe: Recipe, step: Step, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """Note what is wanted; which moments that makes is decided afterwards."""
    recordings = recordings_of(recipe, media)
    if not recordings:
        return recipe, [Remark(key="no-recording")]
    wanted = recipe.wanted
    match step:
        case Steer():
            return _steered(recipe, step, recordings)
        case SetTaste():
            wanted = replace(wanted, taste=step.taste)
        case KeepWords():
            wanted = replace(wanted, words=step.on)
        case EachAbout():
            wanted = replace(wanted, each=max(500, step.ms))
    return replace(recipe, wanted=wanted), []


def without(recipe: Recipe, gone: Sequence[Shot]) -> Recipe:
    """Moments that were taken out are not chosen again."""
    moments = [
        Stretch(start=shot.start, stop=shot.start + round(shot.length * shot.speed), asset=shot.asset)
        for shot in gone
        if shot.why is not None and shot.start is not None and shot.length is not None
    ]
    return _never(recipe, moments) if moments else recipe


def _steered(recipe: Recipe, step: Steer, recordings: Mapping[str, Recording]) -> tuple[Recipe, list[Remark]]:
    assets = list(recordings)
    if step.recording is not None:
        if not 0 < step.recording <= len(assets):
            return recipe, [Remark(key="no-such-recording", params={"count": str(len(assets))})]
        assets = [assets[step.recording - 1]]
    found = [
        stretch
        for asset in assets
        for span in step.spans
        if (stretch := _stretch(span, asset, recordings[asset])) is not None
    ]
    if not found:
        longest = max(recordings[asset].duration for asset in assets) // 1000
        return recipe, [Remark(key="no-such-time", params={"end": f"{longest // 60}:{longest % 60:02}"})]
    wanted = recipe.wanted
    if step.how == "within":
        return replace(recipe, wanted=replace(wanted, within=tuple(found))), []
    if step.how == "never":
        return _never(recipe, found), []
    must = (*_less(wanted.must, found), *found)
    return replace(recipe, wanted=replace(wanted, must=must, never=_less(wanted.never, found))), []


def _never(recipe: Recipe, found: Sequence[Stretch]) -> Recipe:
    wanted = recipe.wanted
    never = (*_less(wanted.never, found), *found)
    return replace(recipe, wanted=replace(wanted, never=never, must=_less(wanted.must, found)))


def _stretch(span: Span, asset: str, recording: Recording) -> Stretch | None:
    """A span in one recording; None where the recording does not have it."""
    whole = recording.duration
    scale = whole if span.share else 1
    start, stop = (edge if edge is None else edge * scale for edge in (span.start, span.stop))
    first = start + whole if start is not None and start < 0 else start or 0
    last = whole if stop is None else stop + whole if stop < 0 else stop
    first, last = max(0, min(round(first), whole)), max(0, min(round(last), whole))
    return Stretch(start=first, stop=last, asset=asset) if last - first >= 100 else None


def _less(stretches: Sequence[Stretch], gone: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What is left of the stretches without others; each is of one recording."""
    left: list[Stretch] = []
    for one in stretches:
        holes = [(hole.start, hole.stop) for hole in gone if hole.asset == one.asset]
        left += [Stretch(start=a, stop=b, asset=one.asset) for a, b in minus([(one.start, one.stop)], holes)]
    return tuple(left)
