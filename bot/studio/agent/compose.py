"""A recipe to a draft in the dialect of docs/draft.md. Pure: the same recipe and media give the same draft."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.studio.agent import grading, places, styles, words
from bot.studio.agent.choice import varied
from bot.studio.agent.recipe import CANVAS, Media, Recipe, Shape, Shot
from bot.studio.film import plan_slots
from bot.studio.film.fit import Fit, fit

MIN_SLOT = 1200
_MIN_ON_BEAT = 1000
LONGEST_SHOT = 6000
LONGEST_ASKED_SHOT = 15_000
DEFAULT_LENGTH = 30_000
SHORTEST, LONGEST = 2000, 600_000
MAX_SHOTS = 400

_FPS = 30
_TUNE = 1009  # apart from seeds, so that another tune is not the one of the next version


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a recipe comes to: the shots that fit, the length, the shape."""

    shots: tuple[Shot, ...]
    length: int
    shape: Shape


def plan(recipe: Recipe, media: Mapping[str, Media]) -> Plan:
    """Fit the recipe into time. `media` by id has everything that its shots name."""
    shape = recipe.shape or majority([media[shot.asset] for shot in recipe.shots])
    if not recipe.shots:
        return Plan(shots=(), length=0, shape=shape)
    longest = LONGEST_SHOT if recipe.length is None else LONGEST_ASKED_SHOT
    possible = sum(_longest(media[shot.asset], longest) for shot in recipe.shots)
    length = max(SHORTEST, min(recipe.length or DEFAULT_LENGTH, possible, LONGEST))
    count = min(len(recipe.shots), max(1, length // MIN_SLOT), MAX_SHOTS)
    # Where the beat does not suit the count, single slots come out too short to see anything: rather one shot fewer.
    while count > 1 and min(_slots(count, length, recipe, media)) < _MIN_ON_BEAT:
        count -= 1
    return Plan(shots=varied(recipe.shots, count, media), length=length, shape=shape)


def majority(pictures: Sequence[Media]) -> Shape:
    """The shape that most pictures have; landscape when it is even."""
    ratios = [one.width / one.height for one in pictures if one.width and one.height]
    tall = sum(ratio < 0.9 for ratio in ratios)
    square = sum(0.9 <= ratio <= 1.1 for ratio in ratios)
    wide = len(ratios) - tall - square
    if tall > wide + square:
        return "portrait"
    return "square" if square > wide + tall else "landscape"


def compose(recipe: Recipe, media: Mapping[str, Media]) -> dict[str, Any] | None:
    """The draft, or None while there is nothing to show."""
    fitted = plan(recipe, media)
    if not fitted.shots:
        return None
    slots = _slots(len(fitted.shots), fitted.length, recipe, media)
    tracks = [
        _pictures(recipe, fitted, slots, media),
        *_music(recipe, fitted.length, media),
        *words.texts(recipe, fitted.shots, slots, media, CANVAS[fitted.shape]),
    ]
    width, height = CANVAS[fitted.shape]
    meta: dict[str, Any] = {"width": width, "height": height, "fps": _FPS, "dialect": 1}
    if recipe.left:
        meta["left_out"] = [{k: v for k, v in asdict(left).items() if v is not None} for left in recipe.left]
    title, _ = words.title_lines(recipe, media)
    return {"t": tracks, "d": fitted.length, "m": {"title": title} | meta if title else meta}


def _longest(one: Media, longest: int) -> int:
    return longest if one.kind == "photo" else max(MIN_SLOT, min(longest, one.duration_ms))


def track(recipe: Recipe, length: int, media: Mapping[str, Media]) -> Fit | None:
    """The user's own track fitted to a length; None where there is none or it has no beat to go by."""
    song = media[recipe.song].grid if recipe.song else None
    return fit(song, length) if song else None


def _slots(count: int, length: int, recipe: Recipe, media: Mapping[str, Media]) -> list[int]:
    """From cut to cut: on the beat of the music, equal where there is none."""
    return plan_slots(count, length, None if recipe.song else recipe.mood, track(recipe, length, media))


def _pictures(recipe: Recipe, fitted: Plan, slots: list[int], media: Mapping[str, Media]) -> dict[str, Any]:
    segments: list[dict[str, Any]] = []
    motion = transition = ""
    canvas = CANVAS[fitted.shape]
    grades = grading.grades([media[shot.asset] for shot in fitted.shots])
    for index, (shot, slot) in enumerate(zip(fitted.shots, slots, strict=True)):
        one = media[shot.asset]
        chance = random.Random(f"{recipe.seed}:{shot.asset}:{shot.at}")
        meta: dict[str, Any] = {"title": one.name, "asset": one.id, "kind": one.kind}
        if one.kind == "photo":
            frames = max(2, round((slot + styles.LONGEST_OVERLAP) * _FPS / 1000))
            motion = _other(chance, places.keeping(styles.motions(recipe), one, frames, canvas), motion)
            meta |= {"motion": motion} | _seen(one, grades[index])
        else:
            meta["in"] = max(0, min(round(one.duration_ms * shot.at - slot / 2), one.duration_ms - slot))
            if recipe.clip_sound != "auto":
                meta["sound"] = recipe.clip_sound
        if index:
            transition = styles.transition(recipe, chance, transition)
            meta |= {"transition": transition, "td": styles.overlap(recipe.pace, transition, slots[index - 1], slot)}
        if shot.caption:
            meta["caption"] = shot.caption
        segments.append({"d": slot, "m": meta})
    kinds = {segment["m"]["kind"] for segment in segments}
    name = "Photos and clips" if len(kinds) == 2 else "Photos" if "photo" in kinds else "Clips"
    return {"tt": 0, "m": {"title": name}, "sg": segments}


def _other(chance: random.Random, choices: Sequence[str], last: str) -> str:
    return chance.choice([choice for choice in choices if choice != last] or list(choices))


def _seen(one: Media, grade: grading.Grade) -> dict[str, Any]:
    focus = places.focus_of(one)
    return ({"focus": list(focus)} if focus else {}) | ({"grade": list(grade)} if any(grade) else {})


def _music(recipe: Recipe, length: int, media: Mapping[str, Media]) -> list[dict[str, Any]]:
    if recipe.song is not None:
        song = media[recipe.song]
        meta: dict[str, Any] = {"title": song.name, "asset": song.id}
        if fitted := track(recipe, length, media):
            meta |= {"pieces": [list(piece) for piece in fitted.pieces], "fade": fitted.fade}
    elif recipe.mood is not None:
        meta = {"title": recipe.mood.capitalize(), "mood": recipe.mood, "seed": recipe.seed + _TUNE * recipe.tune}
    else:
        return []
    return [{"tt": 1, "m": {"title": "BGM"}, "sg": [{"d": length, "m": meta | {"volume": recipe.volume}}]}]
