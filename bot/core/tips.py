"""Advice that fits, and changes of shape that cost a new film: decided from words and counts."""

from __future__ import annotations

import re

MANY_PHOTOS = 20
"""Fewer are ready soonest and keep a film tight."""
LONG_BYTES = 100_000_000
"""A recording of this size is long enough for trimming to pay."""

_VAGUE = re.compile(
    r"^\W*(?:(?:please|can you|could you|just)\W+)*(?:make (?:it|this|them)(?: look)?|improve (?:it|this)|do something)"
    r"(?:\W+(?:much|a bit|a little|way))?\W*(?:better|nicer|good|cool|great|awesome|beautiful|pretty)?\W*$"
    r"|^\W*(?:improve|enhance) (?:it|this|them)\W*$"
    r"|^\W*(?:请|帮我)?(?:把它|让它|把这个)?(?:弄|做|变|搞)得?(?:更|再)?(?:好看|好|漂亮|美)(?:一点|一些|点)?\W*$",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"\b(?:9:16|16:9|1:1|4:5)\b|\b(?:vertical|portrait|landscape|horizontal|square|widescreen|aspect ratio)\b"
    r"|竖屏|横屏|竖版|横版|方形|正方形|画面比例",
    re.IGNORECASE,
)


def is_vague(text: str) -> bool:
    """Whether a wish is too general to be carried out well ("make it look better")."""
    return bool(_VAGUE.match(text))


def changes_shape(text: str) -> bool:
    """Whether the words ask for another aspect ratio."""
    return bool(_SHAPE.search(text))


def tip_for(*, photos: int, largest_video: int) -> str:
    """The key of the one tip that fits these files, or nothing. `largest_video` in bytes."""
    if largest_video > LONG_BYTES:
        return "tips.long_footage"
    return "tips.many_photos" if photos > MANY_PHOTOS else ""
