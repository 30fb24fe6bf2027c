"""Reading what a foreign Bot API server leaves out or writes differently: what is used has to be there, no more.

The library wants every field that Telegram's own servers always send, and gives up a whole update for the want of one
that nobody looks at. Pure.
"""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING, Any

from telegram import ChatMemberAdministrator, ChatMemberBanned, ChatMemberOwner, ChatMemberRestricted

if TYPE_CHECKING:
    from collections.abc import Mapping

MILLISECONDS = 10**11
"""No date of a message in seconds is as large: it was given in milliseconds."""
DIGITS = 20
"""Nothing that Telegram counts has as many."""
_NUMBERS = frozenset(
    ("update_id", "message_id", "date", "edit_date", "message_thread_id", "migrate_to_chat_id", "migrate_from_chat_id",
     "file_size", "width", "height", "duration", "offset", "length")
)  # fmt: skip
_NUMBERED = frozenset(
    {"chat", "sender_chat", "actor_chat", "voter_chat", "from", "user", "left_chat_member", "new_chat_members"}
)
DEPTH = 20
"""Nothing that Telegram sends is nested deeper."""
_USER: dict[str, Any] = {"is_bot": False, "first_name": ""}
_FILE: dict[str, Any] = {"width": 0, "height": 0, "duration": 0, "length": 0}
_KINDS = ("photo", "video", "animation", "video_note", "audio", "voice", "document", "live_photo")
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("from", "user", "left_chat_member", "new_chat_members"), _USER),
    **dict.fromkeys(_KINDS, _FILE),
    "callback_query": {"chat_instance": ""},
}
"""What is filled in, by the name under which an object stands."""
_CHAT: dict[str, Any] = {
    "accent_color_id": 0,
    "max_reaction_count": 0,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    ),
}
_POLL: dict[str, Any] = {
    "question": "",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": False,
    "type": "regular",
    "allows_multiple_answers": True,
    "allows_revoting": True,
}
_WORDS = ("text", "entities", "caption", "caption_entities", "media_group_id", "message_thread_id", "is_topic_message")
_MOVES = ("migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created")
_MESSAGE = frozenset(
    ("message_id", "date", "chat", "from", "sender_chat", "reply_to_message", *_WORDS, *_MOVES, *_KINDS)
)
_PERSON = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code"})
_TOLD = ("my_chat_member", "chat_member", "message_reaction", "poll_answer")
_ESSENCE: Mapping[str, frozenset[str]] = {
    "update": frozenset({"update_id", "message", "edited_message", "callback_query", *_TOLD}),
    "callback_query": frozenset({"id", "from", "message", "chat_instance", "data"}),
    **dict.fromkeys(("message", "edited_message", "reply_to_message"), _MESSAGE),
    **dict.fromkeys(("from", "user"), _PERSON),
    **dict.fromkeys(("chat", "sender_chat"), frozenset({"id", "type", "title"})),
    **dict.fromkeys(("entities", "caption_entities"), frozenset({"type", "offset", "length", "user"})),
    **dict.fromkeys(_KINDS, frozenset({"file_id", "file_unique_id", "file_size", "file_name", "mime_type", *_FILE})),
}
_MESSAGES = frozenset({"message", "edited_message", "reply_to_message"})
_MEMBERS: Mapping[str, type] = {
    "creator": ChatMemberOwner,
    "administrator": ChatMemberAdministrator,
    "restricted": ChatMemberRestricted,
    "kicked": ChatMemberBanned,
}


def update_of(raw: Any, *, now: int) -> Any:  # noqa: ANN401 - whatever came
    """An update with what the library demands. A message without a date is of `now` (Unix seconds)."""
    return _completed(raw, "", now, DEPTH)


def essence_of(raw: Any, *, now: int) -> Any:  # noqa: ANN401
    """The same with nothing but what is looked at: what the library cannot read there cannot spoil it."""
    return _reduced(update_of(raw, now=now), "update")


def answer_of(method: str, result: Any) -> Any:  # noqa: ANN401 - whatever came
    """A method's result, with what the library demands and without what is not looked at."""
    if method == "getMe" and isinstance(result, dict):
        named = {"is_bot": True, "first_name": "", "username": ""}
        return named | result | {"id": _counted("id", result.get("id"), "user")}
    if method == "getFile" and isinstance(result, dict):
        return {"file_id": "", "file_unique_id": ""} | result
    if method == "getChat" and isinstance(result, dict):
        return _CHAT | _chat(result)
    if method == "getChatMember" and isinstance(result, dict):
        return _member(result | {"user": _USER | {"id": 0} | (result.get("user") or {})})
    if method.startswith("edit"):
        return True
    if method.startswith("send") and isinstance(result, dict) and "message_id" in result:
        return _sent(result)
    return result


def _reduced(value: Any, name: str) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_reduced(item, name) for item in value]
    if not isinstance(value, dict) or name not in _ESSENCE:
        return value
    return {key: _reduced(item, key) for key, item in value.items() if key in _ESSENCE[name]}


def _sent(result: dict[str, Any]) -> dict[str, Any]:
    """Of a message that went out only its number counts, and the id of its file or poll."""
    files = {
        kind: {"file_unique_id": ""} | _FILE | {"file_id": result[kind]["file_id"]}
        for kind in ("video", "document")
        if isinstance(result.get(kind), dict) and isinstance(result[kind].get("file_id"), str)
    }
    poll = {"poll": _POLL | result["poll"]} if isinstance(result.get("poll"), dict) else {}
    return {"message_id": result["message_id"], "date": 0, "chat": {"id": 0, "type": "private"}} | files | poll


def _completed(value: Any, name: str, now: int, depth: int) -> Any:  # noqa: ANN401
    if not depth:
        return None
    if isinstance(value, list):
        return [_completed(item, name, now, depth - 1) for item in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _completed(_counted(key, item, name), key, now, depth - 1) for key, item in value.items()}
    whole = dict(_DEFAULTS.get(name, {})) | whole
    if "file_id" in whole:
        whole.setdefault("file_unique_id", "")
    if name in {"chat", "sender_chat"}:
        whole = _chat(whole)
    if name in _MESSAGES:
        whole = {"message_id": 0, "date": now} | whole
        if isinstance(date := whole["date"], int) and date > MILLISECONDS:
            whole["date"] = date // 1000
    return _member(whole) if name in {"old_chat_member", "new_chat_member"} else whole


def _counted(name: str, value: Any, within: str) -> Any:  # noqa: ANN401
    """A number that was written as text; an `id` is one where it is somebody's or a chat's."""
    numeric = name in _NUMBERS or (name == "id" and within in _NUMBERED)
    if numeric and isinstance(value, str) and len(value) < DIGITS and value.removeprefix("-").isdecimal():
        return int(value)
    return value


def _chat(chat: dict[str, Any]) -> dict[str, Any]:
    """Telegram gives people positive ids and groups negative ones."""
    number = chat.get("id")
    return {"type": "supergroup" if isinstance(number, int) and number < 0 else "private"} | chat


def _member(member: dict[str, Any]) -> dict[str, Any]:
    kind = _MEMBERS.get(str(member.get("status")))
    return _rights(kind) | member if kind else member


@cache
def _rights(kind: type) -> dict[str, Any]:
    """What a member may do unless something else is said: speak, and no more."""
    names = inspect.signature(kind).parameters.keys()
    rights = {name: name.startswith("can_send") for name in names if name.startswith(("can_", "is_"))}
    return rights | ({"until_date": None} if "until_date" in names else {})
