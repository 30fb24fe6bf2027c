"""What reactions mean. Telegram tells them to admins of a group, and in private chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ReactionTypeEmoji

from adapters.telegram.ids import chat_ref, number
from bot.core.chat import Reacted, Sender
from bot.core.event.votes import Sign, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import MessageReactionUpdated, ReactionType


def reacted(change: MessageReactionUpdated) -> Reacted | None:
    """The signs that came and went, or None when none of them means anything here."""
    before, now = _signs(change.old_reaction), _signs(change.new_reaction)
    who = change.user or change.actor_chat
    if who is None or not before | now:
        return None
    return Reacted(
        chat=chat_ref(number(change.chat.id)),
        sender=Sender(id=str(number(who.id))),
        message_id=str(number(change.message_id)),
        put=now,
        taken=before - now,
    )


def _signs(reactions: Iterable[ReactionType]) -> frozenset[Sign]:
    return signs_of(one.emoji for one in reactions if isinstance(one, ReactionTypeEmoji))
