"""The commands of every platform: one word each, and what it means."""

from __future__ import annotations

from bot.core.intents import Intent, Route

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
    "forget": (Intent.FORGET,),
}
"""What the engine answers. Platforms may have commands of their own beside them (`settings`, `doctor`)."""


def route_command(command: str, text: str, *, default_prompt: str, has_media: bool) -> Route | None:
    """The decision about a command with the words behind it; None for one that is not the engine's."""
    intents = COMMANDS.get(command)
    if intents is None:
        return None
    if has_media and Intent.EDIT in intents:
        intents = (Intent.UPLOAD, *intents)
    highlight = command == "highlight"
    return Route(intents=intents, text=text.strip() or (default_prompt if highlight else ""), highlight=highlight)
