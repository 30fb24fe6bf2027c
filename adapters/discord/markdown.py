"""Discord's markdown: kept whole when words are the agent's, made harmless when they are names from outside."""

from __future__ import annotations

import discord

from adapters.text import split

FENCE = "```"
ROOM = 16
"""Characters kept free for closing and reopening a fence."""


def plain(text: str) -> str:
    """Nothing in it means anything but itself; nobody is mentioned."""
    return discord.utils.escape_mentions(discord.utils.escape_markdown(text))


def parts(text: str, limit: int) -> list[str]:
    """A text in messages of at most `limit` characters. A code block that is cut is closed and opened again."""
    found = split(text, limit - ROOM, measure=len)
    whole: list[str] = []
    language = None
    for part in found:
        opened = "" if language is None else f"{FENCE}{language}\n"
        for line in part.split("\n"):
            if line.strip().startswith(FENCE):
                language = line.strip().removeprefix(FENCE)[:8] if language is None else None
        whole.append(opened + part + ("" if language is None else f"\n{FENCE}"))
    return whole
