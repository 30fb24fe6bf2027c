"""A recipe to a draft in the dialect of docs/draft.md. Pure: the same recipe and media give the same draft."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.studio.agent import grading, places, styles, words
from bot.studio.agent.durations import clock
from bot.studio.agent.fitting import Plan, plan, track
from bot.studio.agent.recipe import Media, Recipe, Shot

_FPS = 30
_TUNE = 1009  # apart from seeds, so that another tune is not the one of the next version


def compose(recipe: Recipe, media: Mapping[str, Media]) -> dict[str, Any] | None:
    """The draft, or None while there is nothing to show."""
    fitted = plan(recipe, media)
    if not fitted.shots:
        return None
    tracks = [
        _pictures(recipe, fitted, media),
        *_music(recipe, fitted.length, media),
        *words.texts(recipe, fitted.shots, fitted.slots, media, fitted.canvas),
    ]
    width, height = fitted.canvas
    meta: dict[str, Any] = {"width": width, "height": height, "fps": _FPS, "dialect": 1}
    if recipe.left:
        meta["left_out"] = [{k: v for k, v in asdict(left).items() if v is not None} for left in recipe.left]
    title, _ = words.title_lines(recipe, media)
    return {"t": tracks, "d": fitted.length, "m": {"title": title} | meta if title else meta}


def begin(shot: Shot, slot: int, one: Media) -> int:
    """Where in its clip a shot of this length begins, in ms."""
    span = round(slot * shot.speed)
    start = shot.start if shot.start is not None else round(one.duration_ms * shot.at - span / 2)
    return max(0, min(start, one.duration_ms - span))


def _name(shot: Shot, slot: int, one: Media) -> str:
    """What a segment is called; a moment of a recording by its time too, so that readers of the draft know which."""
    return one.name if shot.why is None else f"{one.name} {clock(begin(shot, slot, one))}"


def _pictures(recipe: Recipe, fitted: Plan, media: Mapping[str, Media]) -> dict[str, Any]:
    segments: list[dict[str, Any]] = []
    motion = transition = ""
    slots = fitted.slots
    grades = grading.grades([media[shot.asset] for shot in fitted.shots])
    for index, (shot, slot) in enumerate(zip(fitted.shots, slots, strict=True)):
        one = media[shot.asset]
        chance = random.Random(f"{recipe.seed}:{shot.asset}:{shot.at}")
        meta: dict[str, Any] = {"title": _name(shot, slot, one), "asset": one.id, "kind": one.kind}
        if one.kind == "photo":
            frames = max(2, round((slot + styles.LONGEST_OVERLAP) * _FPS / 1000))
            motion = _other(chance, places.keeping(styles.motions(recipe), one, frames, fitted.canvas), motion)
            meta |= {"motion": motion} | _seen(one, grades[index])
        else:
            meta["in"] = begin(shot, slot, one)
            meta |= {"speed": shot.speed} if shot.speed != 1 else {}
            if recipe.clip_sound != "auto":
                meta["sound"] = recipe.clip_sound
        if index:
            transition = styles.transition(recipe, chance, transition)
            meta |= {"transition": transition, "td": styles.overlap(recipe.pace, transition, slots[index - 1], slot)}
        if (look := shot.look or recipe.look) not in {None, "plain"}:
            meta["look"] = look
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
