"""A second opinion about a message that no row knows: which of the labelled messages it is most like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import exp, sqrt
from typing import TYPE_CHECKING
from zlib import crc32

from bot.core.routing.vocabulary import Intent

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKETS = 1 << 13
LONGEST = 160
"""Characters of a message that is looked at. A longer one tells the editor something."""
HARMLESS = frozenset(
    {Intent.CREDITS, Intent.STATE, Intent.UPLOAD, Intent.HELP, Intent.SMALLTALK, Intent.OFF_TOPIC},
)
"""What may be guessed: an answer that changes nothing. Nobody's film is rendered, stopped or cleared on a likeness."""
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_FIRST_SIGN = "\u2e80"
"""From here on one character can be a word."""


def pieces(masked: str) -> set[int]:
    """The buckets of what a folded and masked message is made of: two to four letters in a row, words, their pairs."""
    text = f" {_DIGIT.sub('0', _SPACE.sub(' ', masked.strip()))} "
    return {crc32(piece.encode("utf-8", "replace")) % BUCKETS for piece in _pieces(text)}


def _pieces(text: str) -> Iterator[str]:
    for length in (2, 3, 4):
        yield from (text[at : at + length] for at in range(len(text) - length + 1))
    yield from (sign for sign in text if sign >= _FIRST_SIGN)
    words = _WORD.findall(text)
    yield from (f"w{word}" for word in words)
    yield from (f"{word} {following}" for word, following in pairwise(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Logistic regression over `pieces`."""

    classes: tuple[Intent, ...]
    weights: memoryview
    """Signed bytes: for each bucket one weight for each class."""
    scale: float
    """What a weight of 1 stands for."""
    least: float
    """The probability from which on a guess counts."""

    def of(self, masked: str) -> Intent | None:
        """What a folded and masked message most probably asks for, if that is sure enough and harmless."""
        if (
            not masked.strip() or len(masked) > LONGEST or _DIGIT.search(masked)
        ):  # numbers are those of shots and seconds
            return None
        found = pieces(masked)
        width = len(self.classes)
        sums = [sum(self.weights[bucket * width + at] for bucket in found) for at in range(width)]
        logits = [total * self.scale / sqrt(len(found)) for total in sums]
        highest = max(logits)
        best = self.classes[logits.index(highest)]
        sure = 1 / sum(exp(logit - highest) for logit in logits)
        return best if sure >= self.least and best in HARMLESS else None
