"""The words of the table, found longest first, typing errors forgiven."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.core.routing.text import LINK, MEDIA_LINK, QUOTE, Unit, fold, units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_CHOICE = re.compile(r"\(([^()]*)\)")
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


class Lexicon:
    """Phrases as a tree of units. The first class that names a phrase keeps it."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        *,
        typos: Iterable[str],
        right: Collection[str],
        traditional: dict[int, str],
    ) -> None:
        self.traditional = traditional
        self._tree: dict[str, object] = {}
        self.owners: dict[str, list[str]] = {}
        """Which classes name a phrase; more than one is a mistake in the table."""
        for kind, phrases in classes.items():
            for phrase in phrases:
                for plain in expand(fold(phrase, traditional)):
                    self._plant(plain, kind)
        spared = {*self._tree, *right}
        self._typos = {wrong: word for word in typos for wrong in _misspelt(word) if wrong not in spared}

    def _plant(self, phrase: str, kind: str) -> None:
        node: dict[str, object] = self._tree
        # Tens of thousands of phrases are planted at every start, and nearly all are plain words.
        plain = phrase.isascii() and phrase.replace(" ", "").isalpha()
        path = phrase.split() if plain else [unit.text for unit in units(phrase)]
        for text in path:
            branch = node.get(text)
            if branch is None:
                branch = node[text] = {}
            assert isinstance(branch, dict)
            node = branch
        node.setdefault("", kind)
        owners = self.owners.setdefault(" ".join(path), [])
        if kind not in owners:
            owners.append(kind)

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
        node: object = self._tree
        best, length = "", 0
        for at in range(start, len(pieces)):
            assert isinstance(node, dict)
            text = pieces[at].text
            node = node.get(text) or (node.get(self._corrected(text)) if pieces[at].word else None)
            if node is None:
                break
            assert isinstance(node, dict)
            if "" in node:
                best, length = str(node[""]), at + 1 - start
        return best, length

    def _corrected(self, word: str) -> str:
        if word in self._typos:
            return self._typos[word]
        if _STRETCHED.search(word):
            short = _STRETCHED.sub(r"\1", word)
            return short if short in self._tree else self._typos.get(short, _STRETCHED.sub(r"\1\1", word))
        return word

    def _single(self, unit: Unit) -> str:
        """The class of what no phrase begins with; empty for what does not matter."""
        if unit.text in _FIXED:
            return _FIXED[unit.text]
        if unit.word:
            return "number" if unit.text[0].isdigit() else "word"
        return "sign" if unit.text.isalnum() else ""


def expand(phrase: str) -> list[str]:
    """All plain phrases that "(a|b) c" stands for."""
    choice = _CHOICE.search(phrase)
    if choice is None:
        return [" ".join(phrase.split())]
    before, after = phrase[: choice.start()], phrase[choice.end() :]
    return [plain for option in choice[1].split("|") for plain in expand(before + option + after)]


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
