"""The commands of every platform: one word each, and what it means."""

from __future__ import annotations

from bot.core.chat import ChatKind, Inbound
from bot.core.event import orders
from bot.core.intents import Intent, Route

EDITED = "edited"
"""Not typed by anybody: a message was changed. Its event has the message's id, and all it says now as its text."""

COMMANDS: dict[str, tuple[Intent, ...]] = {
    "start": (Intent.HELP,),
    "help": (Intent.HELP,),
    "highlight": (Intent.EDIT,),
    "export": (Intent.EXPORT,),
    "status": (Intent.STATE,),
    "credits": (Intent.CREDITS,),
    "new": (Intent.NEW,),
    "stop": (Intent.STOP,),
    "last": (Intent.LAST,),
    "original": (Intent.ORIGINAL,),
    "retry": (Intent.RETRY,),
    "fetch": (Intent.FETCH,),
    EDITED: (Intent.AMEND,),
    "forget": (Intent.FORGET,),
    **dict.fromkeys(orders.COMMANDS, (Intent.EVENT,)),
}
"""What the engine answers. Platforms may have commands of their own beside them (`settings`, `doctor`)."""


_ALL = frozenset({"all", "everything", "全部", "所有"})


def forgets_all(inbound: Inbound) -> bool:
    """Whether `/forget` means the whole chat; in a group it is about one's own files, unless more is said."""
    return inbound.chat_kind is ChatKind.PRIVATE or inbound.text.strip().lower() in _ALL


def route_command(command: str, text: str, *, default_prompt: str, has_media: bool) -> Route | None:
    """The decision about a command with the words behind it; None for one that is not the engine's."""
    intents = COMMANDS.get(command)
    if intents is None:
        return None
    if command == "event" and orders.asks_for_film(text):
        return Route(intents=(Intent.EDIT,), text=default_prompt, highlight=True)
    if command == "start" and orders.join_code(text):  # a deep link carries a guest in
        return Route(intents=(Intent.EVENT,), text=text.strip())
    if has_media and Intent.EDIT in intents:
        intents = (Intent.UPLOAD, *intents)
    highlight = command == "highlight"
    return Route(intents=intents, text=text.strip() or (default_prompt if highlight else ""), highlight=highlight)
