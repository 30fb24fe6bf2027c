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
_MEANING = {emoji: sign for sign, row in _SIGNS.items() for emoji in row.split()}
_PRESENTATION = str.maketrans("", "", "\ufe0e\ufe0f")


def sign_of(emoji: str) -> Sign | None:
    """What an emoji says; None for one that says nothing here."""
    return _MEANING.get(emoji.translate(_PRESENTATION))


def signs_of(emojis: Iterable[str]) -> frozenset[Sign]:
    """What several say."""
    return frozenset(sign for emoji in emojis if (sign := sign_of(emoji)) is not None)


def is_out(text: str) -> bool:
    """Whether the words of an answer to one's own file are the sign that takes it out, and nothing else."""
    return text.strip().translate(_PRESENTATION) == "🚫"


def arranged(shares: Sequence[Share]) -> list[int]:
    """Ids in the order of the story, but what was chosen to begin it first; without a choice, what most people like."""
    story = in_order(shares)
    lead = [share.id for share in sorted(shares, key=lambda share: share.lead) if share.lead]
    if not lead and (liked := max(shares, key=lambda share: (share.votes, -share.id), default=None)) and liked.votes:
        lead = [liked.id]
    return [*lead, *(share for share in story if share not in lead)]
