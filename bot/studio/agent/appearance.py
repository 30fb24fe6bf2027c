"""How the film looks and sounds as a whole. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from bot.studio.agent import fitting
from bot.studio.agent.captions import shortened
from bot.studio.agent.clip_operations import SetLook
from bot.studio.agent.dates import Language
from bot.studio.agent.operations import (
    DateCaptions,
    DateTitle,
    Operation,
    SetClipSound,
    SetCredits,
    SetMusic,
    SetPace,
    SetShape,
    SetTitle,
    SetTransition,
    SetVolume,
)
from bot.studio.agent.recipe import MIXED, Media, Recipe
from bot.studio.agent.remarks import Remark
from bot.studio.agent.when import days
from bot.studio.film.model import Transition
from bot.studio.film.music.moods import MOODS

_STYLES = frozenset((MIXED, *get_args(Transition)))
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


def apply(
    recipe: Recipe, step: Operation, media: Mapping[str, Media], language: Language
) -> tuple[Recipe, list[Remark]]:
    """Carry out a step that is about no single picture; dates are written in `language`."""
    match step:
        case SetShape():
            return replace(recipe, shape=step.shape), []
        case SetTitle():
            return replace(recipe, title=shortened(step.text)), []
        case SetCredits():
            return replace(recipe, credits=shortened(step.text)), []
        case DateTitle() | DateCaptions():
            return _dated(recipe, step, media, language)
        case SetPace():
            return replace(recipe, pace=step.pace), []
        case SetTransition(style="some"):
            mixed = "crossfade" if fitting.is_reel(recipe) else MIXED
            return (replace(recipe, transition=mixed), []) if recipe.transition == "cut" else (recipe, [])
        case SetTransition():
            return (replace(recipe, transition=step.style), []) if step.style in _STYLES else (recipe, [])
        case SetLook():
            look = None if step.look == "plain" else step.look
            return replace(recipe, look=look, shots=tuple(replace(shot, look=None) for shot in recipe.shots)), []
        case SetVolume():
            return _volume(recipe, step)
        case SetMusic():
            return _music(recipe, step, media)
        case SetClipSound():
            clips = any(one.kind == "video" for one in media.values())
            return replace(recipe, clip_sound=step.sound), [] if clips else [Remark(key="no-clips")]
        case _:
            return recipe, []


def _dated(
    recipe: Recipe, step: DateTitle | DateCaptions, media: Mapping[str, Media], language: Language
) -> tuple[Recipe, list[Remark]]:
    if step.on and not days(media.values()):
        return recipe, [Remark(key="no-dates")]
    date = language if step.on else None
    return replace(recipe, dated=date) if isinstance(step, DateTitle) else replace(recipe, caption_dates=date), []


def _volume(recipe: Recipe, step: SetVolume) -> tuple[Recipe, list[Remark]]:
    value = recipe.volume + step.step if step.value is None else step.value
    value = round(max(0.0, min(1.0, value)), 2)
    full = [Remark(key="full-volume")] if step.step > 0 and value == recipe.volume else []
    return replace(recipe, volume=value), full


def _music(recipe: Recipe, step: SetMusic, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    silent = recipe.mood is None and recipe.song is None
    changed, remarks = _tune(recipe, step, media)
    if silent and changed.clip_sound == "keep" and (changed.mood or changed.song):
        changed = replace(changed, clip_sound="duck")
    elif not silent and changed.clip_sound == "duck" and not (changed.mood or changed.song):
        changed = replace(changed, clip_sound="keep")
    return changed, remarks


def _tune(recipe: Recipe, step: SetMusic, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
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
