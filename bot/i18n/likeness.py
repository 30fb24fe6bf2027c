"""The weights of the second opinion, as `docs/make_likeness.py` writes them."""

from __future__ import annotations

import json
from base64 import b64decode
from functools import cache
from importlib.resources import files

from bot.core.routing.likeness import BUCKETS, Likeness
from bot.core.routing.vocabulary import Intent


@cache
def load_likeness() -> Likeness:
    """Read `likeness.txt`, once, and only when some message is not understood otherwise.

    Raises ValueError when it was made for another number of buckets.
    """
    head, _, body = files(__package__).joinpath("likeness.txt").read_text(encoding="ascii").partition("\n")
    about = json.loads(head)
    weights = b64decode(body)
    classes = tuple(Intent(name) for name in about["classes"])
    if len(weights) != BUCKETS * len(classes):
        raise ValueError(f"likeness.txt holds {len(weights)} weights for {BUCKETS} buckets and {len(classes)} classes")
    return Likeness(classes=classes, weights=memoryview(weights).cast("b"), scale=about["scale"], least=about["least"])
