"""Updates as Telegram sends them, made of a few words."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import count
from typing import Any

BOT = {"id": 4242, "is_bot": True, "first_name": "Highlight", "username": "highlight_test_bot"}
_numbers = count(100)


@dataclass(frozen=True)
class Room:
    """A chat, as messages name it."""

    id: int
    type: str = "private"
    title: str = ""
    is_forum: bool = False

    @property
    def json(self) -> dict[str, Any]:
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": "Ana"}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, "title": self.title or "Friends"} | forum


ANA = Room(7)
GROUP = Room(-1001, "supergroup", "Friends")


def user(number: int = 7, *, language: str = "en", **more: Any) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": f"User {number}", "language_code": language} | more


def message(room: Room = ANA, *, sender: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    number = next(_numbers)
    sender = user(room.id if room.id > 0 else 7) if sender is None else sender
    base = {"message_id": number, "date": int(time.time()), "chat": room.json, "from": sender}
    text = content.get("text") or content.get("caption") or ""
    key = "entities" if "text" in content else "caption_entities"
    if key not in content and (found := entities(text)):
        content[key] = found
    return base | content


def edited(before: dict[str, Any], **content: Any) -> dict[str, Any]:
    """The same message with other words."""
    after = before | {"edit_date": int(time.time())} | content
    for words, marks in (("text", "entities"), ("caption", "caption_entities")):
        if words in content:
            after[marks] = entities(content[words])
    return {"edited_message": after}


def entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that a server would find; offsets in UTF-16 units."""
    found, at = [], 0
    for word in text.split(" "):
        length = len(word.encode("utf-16-le")) // 2
        if word.startswith("/") and at == 0 and length > 1:
            found.append({"type": "bot_command", "offset": at, "length": length})
        elif word.startswith("@") and length > 1:
            found.append({"type": "mention", "offset": at, "length": length})
        at += length + 1
    return found


def photo(file_id: str, size: int = 1000) -> list[dict[str, Any]]:
    return [
        {"file_id": f"{file_id}-s", "file_unique_id": f"{file_id}-us", "width": 90, "height": 60, "file_size": 90},
        {"file_id": file_id, "file_unique_id": f"{file_id}-u", "width": 1280, "height": 853, "file_size": size},
    ]


def timed(file_id: str, size: int = 1000, **more: Any) -> dict[str, Any]:
    base = {"file_id": file_id, "file_unique_id": f"{file_id}-u", "duration": 5, "file_size": size}
    return base | more


def video(file_id: str, size: int = 1000, **more: Any) -> dict[str, Any]:
    return timed(file_id, size, width=640, height=360, mime_type="video/mp4", **more)


def document(file_id: str, name: str, mime: str, size: int = 1000) -> dict[str, Any]:
    unique = f"{file_id}-u"
    return {"file_id": file_id, "file_unique_id": unique, "file_name": name, "mime_type": mime, "file_size": size}


def tap(room: Room, posted: dict[str, Any], data: str, *, sender: dict[str, Any] | None = None) -> dict[str, Any]:
    """A press on a button under a message of the bot."""
    sender = user(room.id) if sender is None else sender
    query = {"id": str(next(_numbers)), "from": sender, "chat_instance": "1", "data": data, "message": posted}
    return {"callback_query": query}


def membership(room: Room, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    change = {"chat": room.json, "from": user(), "date": int(time.time())}
    return {"my_chat_member": change | {"old_chat_member": old | {"user": BOT}, "new_chat_member": new | {"user": BOT}}}


def reaction(room: Room, message_id: int, *now: str, before: tuple[str, ...] = (), by: int = 7) -> dict[str, Any]:
    """What somebody's reactions to a message are now, and were before."""
    kinds = [[{"type": "emoji", "emoji": emoji} for emoji in emojis] for emojis in (before, now)]
    told = {"chat": room.json, "message_id": message_id, "user": user(by), "date": int(time.time())}
    return {"message_reaction": told | {"old_reaction": kinds[0], "new_reaction": kinds[1]}}


def vote(poll: dict[str, Any], *options: int, by: int = 7) -> dict[str, Any]:
    """What somebody's answer to a poll is now."""
    chosen = {"option_ids": [*options], "option_persistent_ids": [str(option) for option in options]}
    return {"poll_answer": {"poll_id": poll["id"], "user": user(by)} | chosen}
