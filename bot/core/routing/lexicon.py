"""The words of the table, found longest first, typing errors forgiven."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.core.routing.text import LINK, MEDIA_LINK, QUOTE, Unit, first_of, fold, units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_CHOICE = re.compile(r"\(([^()]*)\)")
_PARTED = re.compile(r"\s*\S+\s")
_STRETCHED = re.compile(r"(.)\1{2,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FIXED = {
    QUOTE: "quote", LINK: "link", MEDIA_LINK: "media", "?": "question", ",": "comma", "、": "comma",
    **dict.fromkeys(".!;。\n()[]{}", "full"), ":": "colon",
}  # fmt: skip
BUILT_IN = frozenset({*_FIXED.values(), "word", "number", "sign"})
"""Classes that need no list: what no list knows, numbers, single signs, and punctuation."""
_SHORT_TYPO = 4
"""Words of this length are corrected only when two neighbouring letters changed places."""


class Token(NamedTuple):
    """A piece of the message and its class."""

    kind: str
    text: str


class Branch:
    """A place in the tree of phrases. It grows as it is walked: all phrases written out are too many for each start."""

    def __init__(self, seeds: Iterable[tuple[str, str]]) -> None:
        """`seeds`: what is left of phrases, choices included, with their classes; the first class keeps a phrase."""
        self._seeds: dict[str, list[tuple[str, str]]] = {}
        self._grown: dict[str, Branch] = {}
        for phrase, kind in seeds:
            for first, rest in begun(phrase):
                self._seeds.setdefault(first, []).append((rest, kind))
        self.kind = self._seeds.pop("", [("", "")])[0][1]
        """The class of the phrase that ends here; empty when none does."""

    def __contains__(self, unit: str) -> bool:
        return unit in self._seeds

    def onward(self, unit: str) -> Branch | None:
        """Where the phrases go on that have this unit next, if any has."""
        if unit not in self._grown and unit in self._seeds:
            self._grown[unit] = Branch(self._seeds[unit])
        return self._grown.get(unit)


class Lexicon:
    """The phrases of all classes, and what typing errors in some words look like."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        *,
        typos: Iterable[str],
        right: Collection[str],
        traditional: dict[int, str],
    ) -> None:
        self.traditional = traditional
        self._root = Branch(
            (fold(phrase, traditional), kind) for kind, phrases in classes.items() for phrase in phrases
        )
        self._typos = {
            wrong: word for word in typos for wrong in _misspelt(word) if wrong not in self._root and wrong not in right
        }

    def tokens(self, masked: str) -> Iterator[Token]:
        """Class every piece of a masked message; longest phrase first, from the left."""
        pieces = units(masked)
        at = 0
        while at < len(pieces):
            kind, length = self._longest(pieces, at)
            if not length:
                kind, length = self._single(pieces[at]), 1
            if kind:
                yield Token(kind, " ".join(piece.text for piece in pieces[at : at + length]))
            at += length

    def _longest(self, pieces: list[Unit], start: int) -> tuple[str, int]:
        branch: Branch | None = self._root
        best, length = "", 0
        for at in range(start, len(pieces)):
            assert branch is not None
            text = pieces[at].text
            branch = branch.onward(text) or (branch.onward(self._corrected(text)) if pieces[at].word else None)
            if branch is None:
                break
            if branch.kind:
                best, length = branch.kind, at + 1 - start
        return best, length

    def _corrected(self, word: str) -> str:
        if word in self._typos:
            return self._typos[word]
        if _STRETCHED.search(word):
            short = _STRETCHED.sub(r"\1", word)
            return short if short in self._root else self._typos.get(short, _STRETCHED.sub(r"\1\1", word))
        return word

    def _single(self, unit: Unit) -> str:
        """The class of what no phrase begins with; empty for what does not matter."""
        if unit.text in _FIXED:
            return _FIXED[unit.text]
        if unit.word:
            return "number" if unit.text[0].isdigit() else "word"
        return "sign" if unit.text.isalnum() else ""


def begun(phrase: str) -> Iterator[tuple[str, str]]:
    """The first units of all plain phrases that "(a|b) c" stands for, each with what follows it, choices included.

    What stands for no unit at all is a phrase that ends: two empty texts.
    """
    choice = _CHOICE.search(phrase)
    fixed = phrase if choice is None else phrase[: phrase.index("(")]
    first = first_of(fixed)
    if first and (choice is None or not first[0].word or _PARTED.match(fixed)):
        yield first[0].text, first[1] + phrase[len(fixed) :]
    elif choice is None:
        yield "", ""
    else:
        for option in choice[1].split("|"):
            yield from begun(phrase[: choice.start()] + option + phrase[choice.end() :])


def _misspelt(word: str) -> Iterator[str]:
    """Everything one slip away: neighbours swapped, a letter missing, wrong or too many. The first letter is right."""
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    if len(word) <= _SHORT_TYPO:
        return
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield from (word[:i] + letter + word[i + 1 :] for letter in _LETTERS)
        yield from (word[:i] + letter + word[i:] for letter in _LETTERS)
    yield from (word + letter for letter in _LETTERS)
