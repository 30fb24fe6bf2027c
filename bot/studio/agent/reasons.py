"""What is not in the film, and why: read from the recipe for whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.studio.agent import fitting
from bot.studio.agent.recipe import Media, Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file. `reason` is that of a photo left out, or `dropped` (by the user), `waiting` (no room) or `shown`.

    `other` is the duplicate's better twin, or the place in the film.
    """

    name: str
    reason: str
    other: str = ""


def reasons(recipe: Recipe, media: Mapping[str, Media], question: str) -> tuple[Row, ...]:
    """All files that are not in the film, or those whose names are in the question, wherever they are."""
    shown = list(dict.fromkeys(shot.asset for shot in fitting.plan(recipe, media).shots))
    rows = {
        left.asset: Row(name=media[left.asset].name, reason=left.reason, other=_twin(left.instead, media))
        for left in recipe.left
    }
    rows |= {key: Row(name=media[key].name, reason="dropped") for key in recipe.dropped if key in media}
    for key in dict.fromkeys(shot.asset for shot in recipe.shots):
        if key not in shown:
            rows[key] = Row(name=media[key].name, reason="waiting")
    asked = question.lower()
    named = [key for key, one in media.items() if _stem(one.name) and _stem(one.name) in asked]
    if not named:
        return tuple(rows.values())
    inside = {key: Row(name=media[key].name, reason="shown", other=str(place)) for place, key in enumerate(shown, 1)}
    return tuple((inside | rows)[key] for key in named if key in inside or key in rows)


def _twin(instead: str | None, media: Mapping[str, Media]) -> str:
    return media[instead].name if instead is not None and instead in media else ""


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0].lower()
