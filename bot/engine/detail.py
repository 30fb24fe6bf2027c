"""For whoever asked for an event's film alone: which files are not in it, by name. The group has the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.engine.card import LEFT_OVER, judged, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.event.collection import Collection, Share
    from bot.core.event.ledger import Ledger
    from bot.core.turn import Turn
    from bot.engine.card import Say
    from bot.engine.turn import Desk, Voice

NAMED = 20
"""Files that are named for one reason; the rest is counted."""
_TOLD = "detailed"


async def tell_detail(desk: Desk, turn: Turn, voice: Voice, collection: Collection) -> None:
    """Once for a version that was just made, where the platform can speak to one person; nothing elsewhere."""
    marks = await desk.store.marks(turn.id)
    if "brief" not in marks or _TOLD in marks:
        return
    shares = await desk.store.shares(collection.chat, collection.project)
    lines = left_out(shares, await judged(desk, collection), voice.text, names=collection.names)
    if lines:
        head = voice.text("event.detail", title=title_of(collection, voice.text))
        await voice.outbox.whisper(turn.chat, "\n".join([head, *lines]), key=f"{turn.id}:detail")
    await desk.store.mark(turn.id, _TOLD)


def left_out(shares: Sequence[Share], found: Ledger, say: Say, *, names: bool) -> list[str]:
    """A line for each reason. Who took their files out is not told."""
    lines = []
    for fate, key in LEFT_OVER.items():
        files = [share for share in shares if found.fates[share.id] is fate]
        named = [f"{share.ref.name} ({share.name})" if names and share.name else share.ref.name for share in files]
        more = [f"+{len(named) - NAMED}"] if len(named) > NAMED else []
        if files:
            lines.append(f"• {say(key, count=len(files))}: {', '.join([*named[:NAMED], *more])}")
    return lines
