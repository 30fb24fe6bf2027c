"""A recipe fitted into time and onto a canvas: which shots are shown, for how long each, and how large. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.studio.agent.choice import varied
from bot.studio.agent.recipe import CANVAS, RATIO, Media, Recipe, Shape, Shot
from bot.studio.film import plan_slots
from bot.studio.film.fit import Fit, fit

MIN_SLOT = 1200
_MIN_ON_BEAT = 1000
LONGEST_SHOT = 6000
LONGEST_ASKED_SHOT = 15_000
DEFAULT_LENGTH = 30_000
SHORTEST, LONGEST = 2000, 600_000
MAX_SHOTS = 400
SHORTEST_SHOT, LONGEST_TIMED_SHOT = 300, 120_000
"""What a shot can be when somebody says how long it is to be."""

BESIDE_MOMENTS, _BRIEFLY = 3000, 1500
"""How long a photo or a short clip is shown between the moments of recordings; at least, where there is little room."""

_LONG_SIDE, _SHORT_SIDE, _LEAST_SIDE = 1920, 1080, 64
_SAME_RATIO = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a recipe comes to: the shots that fit, for how long each is shown (ms), the shape and the canvas."""

    shots: tuple[Shot, ...]
    slots: tuple[int, ...]
    shape: Shape
    canvas: tuple[int, int]

    @property
    def length(self) -> int:
        """Of the film, in ms."""
        return sum(self.slots)


def ratio(canvas: tuple[int, int]) -> str:
    """How a format is called: `16:9`, else its size in pixels."""
    for shape, name in RATIO.items():
        if abs(canvas[0] * CANVAS[shape][1] / (canvas[1] * CANVAS[shape][0]) - 1) <= _SAME_RATIO:
            return name
    return f"{canvas[0]}x{canvas[1]}"


def is_reel(recipe: Recipe) -> bool:
    """Whether there are moments of recordings in the film."""
    return any(shot.why is not None for shot in recipe.shots)


def beside_moments(recipe: Recipe, media: Mapping[str, Media]) -> int:
    """How long each photo or short clip is shown in a film of moments, in ms.

    In a film of a length that was asked for, moments have at least half of it, and what has to be in all that it needs.
    """
    others = sum(shot.why is None and media[shot.asset].recording is None for shot in recipe.shots)
    if recipe.length is None or not others:
        return BESIDE_MOMENTS
    needed = max(recipe.length // 2, asked_for(recipe))
    return max(_BRIEFLY, min(BESIDE_MOMENTS, (recipe.length - needed) // others))


def asked_for(recipe: Recipe) -> int:
    """How long the stretches are that have to be in, in ms."""
    return sum(must.stop - must.start for must in recipe.wanted.must)


def plan(recipe: Recipe, media: Mapping[str, Media]) -> Plan:
    """Fit the recipe into time. `media` by id has everything that its shots name."""
    shape = recipe.shape or majority([media[shot.asset] for shot in recipe.shots])
    if not recipe.shots:
        return Plan(shots=(), slots=(), shape=shape, canvas=CANVAS[shape])
    if is_reel(recipe):
        shots = recipe.shots[:MAX_SHOTS]
        slots = [_longest(media[shot.asset], beside_moments(recipe, media)) for shot in shots]
    else:
        shots, slots = _shared(recipe, media)
    timed = _bounded([_own(*pair, media) for pair in zip(shots, slots, strict=True)])
    return Plan(shots=shots, slots=tuple(timed), shape=shape, canvas=_canvas(recipe, shape, media))


def _shared(recipe: Recipe, media: Mapping[str, Media]) -> tuple[tuple[Shot, ...], list[int]]:
    """The shots that fit into the film's length, each with its share of it."""
    longest = LONGEST_SHOT if recipe.length is None else LONGEST_ASKED_SHOT
    possible = sum(_longest(media[shot.asset], longest) for shot in recipe.shots)
    length = max(SHORTEST, min(recipe.length or DEFAULT_LENGTH, possible, LONGEST))
    count = min(len(recipe.shots), max(1, length // MIN_SLOT), MAX_SHOTS)
    slots = _slots(count, length, recipe, media)
    # Where the beat does not suit the count, single slots come out too short to see anything: rather one shot fewer.
    while count > 1 and min(slots) < _MIN_ON_BEAT:
        count -= 1
        slots = _slots(count, length, recipe, media)
    return varied(recipe.shots, count, media), slots


def _own(shot: Shot, slot: int, media: Mapping[str, Media]) -> int:
    """How long a shot is shown: as long as was asked for it, where that was, and while there is something to see."""
    if shot.length is None and shot.why is None:
        return slot
    asked = max(SHORTEST_SHOT, min(shot.length or slot, LONGEST_TIMED_SHOT))
    one = media[shot.asset]
    return asked if one.kind == "photo" else max(SHORTEST_SHOT, min(asked, round(one.duration_ms / shot.speed)))


def _bounded(slots: Sequence[int]) -> list[int]:
    """The same within what a film can be long, every slot shortened by as much."""
    total = sum(slots)
    if total <= LONGEST:
        return list(slots)
    return [max(SHORTEST_SHOT, slot * LONGEST // total) for slot in slots]


def majority(pictures: Sequence[Media]) -> Shape:
    """The shape that most pictures have; landscape when it is even."""
    ratios = [one.width / one.height for one in pictures if one.width and one.height]
    tall = sum(ratio < 0.9 for ratio in ratios)
    square = sum(0.9 <= ratio <= 1.1 for ratio in ratios)
    wide = len(ratios) - tall - square
    if tall > wide + square:
        return "portrait"
    return "square" if square > wide + tall else "landscape"


def _canvas(recipe: Recipe, shape: Shape, media: Mapping[str, Media]) -> tuple[int, int]:
    """The size that most moments of recordings have, if a film can have it: then they need not be encoded again."""
    sizes = Counter((media[shot.asset].width, media[shot.asset].height) for shot in recipe.shots if shot.why)
    if not sizes:
        return CANVAS[shape]
    (width, height), _ = sizes.most_common(1)[0]
    low, high = sorted((width, height))
    if low < _LEAST_SIDE or low > _SHORT_SIDE or high > _LONG_SIDE or width % 2 or height % 2:
        return CANVAS[shape]
    asked = CANVAS[recipe.shape] if recipe.shape else (width, height)
    return (width, height) if abs(width * asked[1] / (height * asked[0]) - 1) <= _SAME_RATIO else CANVAS[shape]


def _longest(one: Media, longest: int) -> int:
    return longest if one.kind == "photo" else max(MIN_SLOT, min(longest, one.duration_ms))


def track(recipe: Recipe, length: int, media: Mapping[str, Media]) -> Fit | None:
    """The user's own track fitted to a length; None where there is none or it has no beat to go by."""
    song = media[recipe.song].grid if recipe.song else None
    return fit(song, length) if song else None


def _slots(count: int, length: int, recipe: Recipe, media: Mapping[str, Media]) -> list[int]:
    """From cut to cut: on the beat of the music, equal where there is none."""
    return plan_slots(count, length, None if recipe.song else recipe.mood, track(recipe, length, media))
