"""Which transitions and motions suit a film: by its pace and the mood of its music."""

import random
from collections.abc import Sequence

from bot.studio.agent.recipe import MIXED, Pace, Recipe

# How long a transition takes, in ms; those that run across the screen do it faster than one dissolves.
_OVERLAP: dict[Pace, int] = {"calm": 900, "normal": 500, "quick": 250}
_LONGER = {"glow": 1.6, "defocus": 1.4, "dip": 1.3, "whip": 0.8}

LONGEST_OVERLAP = 900
"""About how much longer a picture is seen than its slot, in ms: half of a slow transition on either side."""

_GENTLE = ("in", "out", "pan-left", "pan-right", "in", "out")
_VARIED = ("in", "out", "in-left", "in-right", "out-left", "out-right", "pan-left", "pan-right", "in", "out")

_QUIET = frozenset({"", "crossfade", "cut"})
# Beside the quiet transition of each pace: what a mood adds to it, the more often named the more often.
_MOODS: dict[str, tuple[str, ...]] = {
    "warm": ("glow", "glow", "defocus", "slide", "diagonal", "parallax"),
    "upbeat": ("push", "push", "whip", "slide", "zoom", "diagonal", "iris"),
    "calm": ("defocus", "defocus", "dip", "glow"),
    "cinematic": ("dip", "dip", "defocus", "parallax", "glow"),
    "drive": ("whip", "push", "zoom", "whip", "diagonal"),
    "lofi": ("defocus", "slide", "wipe", "glow"),
    "playful": ("iris", "push", "diagonal", "parallax", "slide", "wipe"),
}
_ANY = ("defocus", "glow", "slide", "dip", "diagonal", "push", "parallax", "zoom", "wipe", "iris")
_RESTLESS = frozenset({"push", "whip", "zoom", "iris", "wipe", "slide", "parallax", "diagonal"})


def transition(recipe: Recipe, chance: random.Random, last: str) -> str:
    """How the next picture comes in, after one that came in by `last`."""
    if recipe.transition != MIXED:
        return recipe.transition
    choice = chance.choice(_choices(recipe))
    # Two showy transitions in a row look restless.
    return choice if last in _QUIET else "crossfade"


def _choices(recipe: Recipe) -> tuple[str, ...]:
    extra = _MOODS.get(recipe.mood or "", _ANY) if recipe.song is None else _ANY
    if recipe.pace == "calm":
        still = tuple(one for one in extra if one not in _RESTLESS)
        return ("crossfade",) * 6 + still[:2]
    if recipe.pace == "quick":
        return ("crossfade", "cut") * 3 + ("push", "whip", "zoom", "slide") + extra[:3]
    return ("crossfade",) * (len(extra) + 1) + extra


def overlap(pace: Pace, name: str, before: int, after: int) -> int:
    """How long a transition takes between slots of these lengths, in ms."""
    return 0 if name == "cut" else min(round(_OVERLAP[pace] * _LONGER.get(name, 1)), min(before, after) // 2)


def usual_overlap(recipe: Recipe) -> int:
    """How long transitions of this film take as a rule, in ms."""
    return 0 if recipe.transition == "cut" else round(_OVERLAP[recipe.pace] * _LONGER.get(recipe.transition, 1))


def motions(recipe: Recipe) -> Sequence[str]:
    """Which camera motions the pace bears, the more often named the more often."""
    return _GENTLE if recipe.pace == "calm" else _VARIED
