"""Words under pictures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.studio.agent.operations import NameCaptions, SetCaption
from bot.studio.agent.recipe import Media, Recipe, Shot
from bot.studio.agent.remarks import Remark

_LONGEST_WORDS = 120


def apply(
    recipe: Recipe, step: SetCaption | NameCaptions, shown: Sequence[Shot], media: Mapping[str, Media]
) -> tuple[Recipe, list[Remark]]:
    """Captions under all pictures, changed or removed; remarks on what could not be."""
    if isinstance(step, NameCaptions):
        names = {id(shot): caption for shot in shown if (caption := words_of(media[shot.asset].name))}
        remarks = [] if len(names) == len(shown) else [Remark(key="captions-unnamed")]
        shots = tuple(replace(shot, caption=names.get(id(shot), shot.caption)) for shot in recipe.shots)
        return replace(recipe, shots=shots), remarks
    text = shortened(step.text)
    return replace(recipe, shots=tuple(replace(shot, caption=text) for shot in recipe.shots)), []


def written(recipe: Recipe, step: SetCaption, targets: Sequence[Shot]) -> tuple[Recipe, list[tuple[Shot, Shot]]]:
    """The recipe with words under some of its shots, and which of them became which."""
    pairs = [(shot, replace(shot, caption=shortened(step.text))) for shot in targets]
    became = {id(old): new for old, new in pairs}
    return replace(recipe, shots=tuple(became.get(id(shot), shot) for shot in recipe.shots)), pairs


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
