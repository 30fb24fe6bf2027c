"""From Telegram's updates to what they mean. Pure: what a chat has chosen is handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from telegram import ChatMember
from telegram.constants import ChatType

from adapters.telegram.choices import Activation, Choices, Projects
from adapters.telegram.events import Declined, Joined, Moved, Own, Stranger, Tap
from adapters.telegram.ids import chat_ref, event_id, number
from adapters.telegram.media import is_declined, media_of
from adapters.telegram.polls import Answered, answered
from adapters.telegram.reactions import reacted
from adapters.telegram.words import Me, Words, words_of
from adapters.text import whole
from bot.core.chat import ChatKind, Inbound, Reacted, Sender
from bot.core.commands import COMMANDS, EDITED
from bot.core.event.votes import is_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

    from bot.core.chat import ChatRef

Event = Inbound | Reacted | Answered | Moved | Own | Declined | Joined | Stranger | Tap

OWN = frozenset({"settings", "doctor", "approve"})
"""Commands that the adapter answers itself."""
GENERAL = 1
"""The id that clients show for a forum's first topic; the Bot API refuses it."""
_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_OUTSIDE = {ChatMember.LEFT, ChatMember.BANNED}


def translate(update: Update, me: Me, choices: Callable[[int], Choices]) -> Event | None:
    """What an update means to this bot, or None when it is nothing to it."""
    if update.message is None:
        return _told(update, me, choices)
    message = update.message
    if message.migrate_to_chat_id:
        return Moved(old=number(message.chat.id), new=number(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return Moved(old=number(message.migrate_from_chat_id), new=number(message.chat.id))
    if message.chat.type != ChatType.PRIVATE and message.chat.type not in _GROUPS:
        return None
    if not isinstance(message.date, datetime):
        raise TypeError("date")
    if message.left_chat_member:
        return _left(update.update_id, message.chat, message.left_chat_member, message.date, message.message_id)
    return _message(update.update_id, message, me, choices(message.chat.id))


def _told(update: Update, me: Me, choices: Callable[[int], Choices]) -> Event | None:
    """What is told of people and messages that were there before."""
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member:
        return _joined(update.my_chat_member)
    if update.chat_member:
        return _gone(update.update_id, update.chat_member)
    if update.edited_message:
        return _edited(update.update_id, update.edited_message, me, choices)
    if update.poll_answer:
        return answered(update.poll_answer)
    return reacted(update.message_reaction) if update.message_reaction else None


def _edited(update_id: int, message: Message, me: Me, choices: Callable[[int], Choices]) -> Inbound | None:
    """All that a changed message says now. Its file was taken when it came; a moving place on a map is no news."""
    if message.chat.type != ChatType.PRIVATE and message.chat.type not in _GROUPS:
        return None
    if not isinstance(message.date, datetime):
        raise TypeError("date")
    event = _message(update_id, message, me, choices(message.chat.id))
    if not isinstance(event, Inbound):
        return None
    said = f"/{event.command} {event.text}".strip() if event.command else event.text.strip()
    return replace(event, command=EDITED, text=said, media=(), group_id="")


def _gone(update_id: int, change: ChatMemberUpdated) -> Inbound | None:
    """Told to admins: large groups have no message for it."""
    now = change.new_chat_member
    out = now.status in _OUTSIDE or getattr(now, "is_member", True) is False
    return _left(update_id, change.chat, now.user, change.date, 0) if out and change.chat.type in _GROUPS else None


def _left(update_id: int, chat: Chat, user: User, at: datetime, message_id: int) -> Inbound | None:
    """Who leaves a group takes along what they sent to it. The bot's own leaving is told otherwise."""
    if user.is_bot:
        return None
    return Inbound(
        event_id=event_id(update_id, message_id, f"{user.id:d}"),
        chat=chat_ref(number(chat.id)),
        chat_kind=ChatKind.GROUP,
        message_id=str(message_id),
        sender=_person(user),
        at=at,
        language=_language(user),
        command="left",
    )


def _message(update_id: int, message: Message, me: Me, choices: Choices) -> Event | None:
    sender = _sender(message)
    if sender is None:
        return None
    words = words_of(message, me)
    private = message.chat.type == ChatType.PRIVATE
    addressed = private or _addressed(message, words, me, choices.activation)
    media = media_of(message)
    command, text = _command(words, private=private)
    replied = message.reply_to_message
    if replied and _takes_out(words, replied, sender) and not words.command:
        command, text, addressed = "remove", "", True
    language = _language(message.from_user)
    chat = _chat(message, sender, choices)
    if media is None and command in OWN:
        return Own(
            chat=chat,
            sender=sender,
            language=language,
            message_id=number(message.message_id),
            command=command,
            text=text,
        )
    if media is None and not (text or command):
        if addressed and is_declined(message):
            return Declined(chat=chat, sender=sender, language=language, message_id=number(message.message_id))
        return None
    if media is None and not addressed:
        return None  # other people's talk is none of the bot's business, and is not kept
    group_id = whole(message.media_group_id or "")
    if media is None and replied and (command == "highlight" or words.named):
        media, group_id = media_of(replied), whole(replied.media_group_id or "")
    return Inbound(
        event_id=event_id(update_id, number(message.message_id), sender.id),
        chat=chat,
        chat_kind=ChatKind.PRIVATE if private else ChatKind.GROUP,
        message_id=str(number(message.message_id)),
        sender=sender,
        at=message.date,
        language=language,
        text=text,
        command=command,
        media=(media,) if media else (),
        group_id=group_id,
        reply_to=str(replied.message_id) if replied else "",
        addressed=addressed,
    )


def _takes_out(words: Words, replied: Message, sender: Sender) -> bool:
    """Whether somebody answers a message of their own with what takes its file out."""
    own = _sender(replied)
    return own is not None and own.id == sender.id and is_out(words.text, file=media_of(replied) is not None)


def _sender(message: Message) -> Sender | None:
    """A person, or the group or channel in whose name somebody writes. Other bots are not listened to."""
    if chat := message.sender_chat:
        return Sender(id=str(number(chat.id)), name=whole(chat.title or ""))
    user = message.from_user
    return None if user is None or user.is_bot else _person(user)


def _person(user: User) -> Sender:
    return Sender(id=str(number(user.id)), name=whole(user.full_name or ""))


def _language(user: User | None) -> str:
    return whole(user.language_code or "") if user else ""


def _addressed(message: Message, words: Words, me: Me, activation: Activation) -> bool:
    if words.for_another:
        return False
    if words.command in COMMANDS or words.command in OWN or (words.command and words.named):
        return True
    if activation is Activation.COMMAND:
        return False
    return activation is Activation.ALWAYS or words.named or _answers(message, me)


def _answers(message: Message, me: Me) -> bool:
    """Whether it replies to the bot. In a topic every message seems to reply to the one that opened it."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or replied.from_user is None:
        return False
    return replied.from_user.id == me.id


def _command(words: Words, *, private: bool) -> tuple[str, str]:
    """The command and the words behind it. A deep link may carry a command: `t.me/bot?start=help`."""
    if words.for_another:
        return "", ""
    if words.command == "start" and words.text.lower() in COMMANDS:
        return words.text.lower(), ""
    if words.command in COMMANDS or words.command in OWN:
        return words.command, words.text
    if words.command:  # nobody's, as far as can be known
        return ("help", "") if private else ("", "")
    return "", words.text


def _chat(message: Message, sender: Sender, choices: Choices) -> ChatRef:
    topic = number(message.message_thread_id) if message.is_topic_message else None
    group = message.chat.type in _GROUPS
    personal = group and choices.projects is Projects.PERSONAL
    return chat_ref(
        number(message.chat.id),
        topic=None if topic == GENERAL else topic,
        person=sender.id if personal else "",
    )


def _joined(change: ChatMemberUpdated) -> Joined | None:
    """Only groups, and only what makes the bot more or less able to work there."""
    now, before = change.new_chat_member, change.old_chat_member
    if change.chat.type not in _GROUPS or now.status in _OUTSIDE or now.status == before.status:
        return None
    return Joined(
        chat=chat_ref(number(change.chat.id)),
        sender=_person(change.from_user),
        language=_language(change.from_user),
        message_id=0,
        admin=now.status in {ChatMember.ADMINISTRATOR, ChatMember.OWNER},
        speaks=bool(getattr(now, "can_send_messages", True)),
    )


def _tap(update_id: int, query: CallbackQuery) -> Tap | None:
    if query.message is None or not query.data:
        return None
    chat: Chat = query.message.chat
    return Tap(
        chat=chat_ref(number(chat.id)),
        sender=_person(query.from_user),
        language=_language(query.from_user),
        message_id=number(query.message.message_id),
        update_id=update_id,
        query_id=whole(query.id),
        data=whole(query.data),
    )


def pressed(tap: Tap, chat: ChatRef, *, prompt: str, command: str) -> Inbound:
    """A button's meaning as if its presser had typed it."""
    private = not chat.chat_id.startswith("-")
    return Inbound(
        event_id=event_id(tap.update_id, tap.message_id, tap.sender.id),
        chat=chat,
        chat_kind=ChatKind.PRIVATE if private else ChatKind.GROUP,
        message_id=str(tap.message_id),
        sender=tap.sender,
        at=datetime.now(UTC),
        language=tap.language,
        text=prompt,
        command=command,
    )
