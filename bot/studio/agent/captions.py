"""Words under pictures."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.studio.agent import compose
from bot.studio.agent.operations import NameCaptions, SetCaption
from bot.studio.agent.recipe import Media, Recipe
from bot.studio.agent.remarks import Remark

_LONGEST_WORDS = 120


def apply(recipe: Recipe, step: SetCaption | NameCaptions, media: Mapping[str, Media]) -> tuple[Recipe, list[Remark]]:
    """Set, change or remove captions of the pictures that are shown; remarks on what could not be."""
    shown = compose.plan(recipe, media).shots
    if isinstance(step, NameCaptions):
        names = {shot: caption for shot in shown if (caption := words_of(media[shot.asset].name))}
        remarks = [] if len(names) == len(shown) else [Remark(key="captions-unnamed")]
        shots = tuple(replace(shot, caption=names[shot]) if shot in names else shot for shot in recipe.shots)
        return replace(recipe, shots=shots), remarks
    text = shortened(step.text)
    if not step.positions:
        return replace(recipe, shots=tuple(replace(shot, caption=text) for shot in recipe.shots)), []
    count = len(shown)
    missing = [place for place in step.positions if not 1 <= abs(place) <= count]
    if missing:
        places = ", ".join(str(place) for place in missing)
        return recipe, [Remark(key="no-position", params={"places": places, "count": str(count)})]
    chosen = {shown[place - 1 if place > 0 else place] for place in step.positions}
    shots = tuple(replace(shot, caption=text) if shot in chosen else shot for shot in recipe.shots)
    return replace(recipe, shots=shots), []


def words_of(filename: str) -> str | None:
    """A caption from a file's name where that is words: `Alfama at 7 am.jpg`, not `IMG_0412.JPG`."""
    stem = re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", filename.rsplit(".", 1)[0]).strip()
    digits = sum(char.isdigit() for char in stem)
    camera = re.match(
        r"(?i)(?:img|dsc[fn]?|dcim|pxl|mvimg|vid|mov|gopr|screenshot|photo|image|file|wp|wechat|mmexport|p)\b", stem
    )
    return None if camera or digits * 2 >= len(stem) or len(stem) < 3 else stem[:_LONGEST_WORDS]


def shortened(text: str | None) -> str | None:
    """What the user wants to read, of bearable length; None when nothing is left of it."""
    return text.strip()[:_LONGEST_WORDS] or None if text else None
