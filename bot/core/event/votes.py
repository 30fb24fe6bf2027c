"""What a reaction to a photo or clip says, and how votes decide what begins the film."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.event.clocks import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.event.collection import Share


class Sign(StrEnum):
    """What somebody says of a file without words."""

    LIKE = "like"
    OUT = "out"
    """Only its sender can say that."""


_SIGNS = {
    Sign.LIKE: "❤ ♥ 👍 🔥 😍 🥰 ⭐ 🌟 🏆 💯 👏 🤩 💘 ❤\u200d🔥 🎉",
    Sign.OUT: "🚫 👎 ⛔ ❌",  # the second because Telegram has no reaction like the first
}
_OUT = {
    "en": "not this one|not this|not that one|please not this one|without this one|without this|leave this out|"
    "leave this one out|take this out|take this one out|drop this one|drop this|remove this|remove this one|"
    "skip this one",
    "zh": "不要这张|这张不要|不要这个|这个不要|别用这张|不用这张|去掉这张|去掉这个|不要這張|這張不要|別用這張|去掉這張",
    "de": "nicht dieses|dieses nicht|das hier nicht|ohne dieses",
    "es": "esta no|este no|sin esta|sin este",
    "fr": "pas celle-ci|pas celui-ci|sans celle-ci|sans celui-ci",
    "pt": "essa não|esse não|esta não|este não|sem esta|sem este",
    "ja": "これは使わないで|これはなし|これ以外で",
    "ru": "не это|без этого|это убери",
}
_OUT_WORDS = frozenset(words for row in _OUT.values() for words in row.split("|"))
_MEANING = {emoji: sign for sign, row in _SIGNS.items() for emoji in row.split()}
_PRESENTATION = str.maketrans("", "", "\ufe0e\ufe0f")


def sign_of(emoji: str) -> Sign | None:
    """What an emoji says; None for one that says nothing here."""
    return _MEANING.get(emoji.translate(_PRESENTATION))


def signs_of(emojis: Iterable[str]) -> frozenset[Sign]:
    """What several say."""
    return frozenset(sign for emoji in emojis if (sign := sign_of(emoji)) is not None)


def is_out(text: str, *, file: bool = False) -> bool:
    """Whether the words of an answer to one's own message are the sign that takes its files out, and nothing else.

    Of an answer to a `file` words say so too.
    """
    said = text.strip().translate(_PRESENTATION)
    return said == "🚫" or (file and said.lower().strip(" .!。！,，") in _OUT_WORDS)


def arranged(shares: Sequence[Share]) -> list[int]:
    """Ids in the order of the story, but what was chosen to begin it first; without a choice, what most people like."""
    story = in_order(shares)
    lead = [share.id for share in sorted(shares, key=lambda share: share.lead) if share.lead]
    if not lead and (liked := max(shares, key=lambda share: (share.votes, -share.id), default=None)) and liked.votes:
        lead = [liked.id]
    return [*lead, *(share for share in story if share not in lead)]
