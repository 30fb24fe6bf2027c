"""Events and stores for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.core.intents import Intent, Route
from bot.core.media import MediaKind, MediaRef
from bot.core.turn import Turn, TurnId
from bot.store.database import Database
from bot.store.sql import SqlStore

CHAT = ChatRef(platform="test", chat_id="1")


def event(number: int, *, chat: ChatRef = CHAT, media: int = 0) -> Inbound:
    return Inbound(
        event_id=EventId(f"test:{number:06d}"),
        chat=chat,
        chat_kind=ChatKind.PRIVATE,
        message_id=str(number),
        sender=Sender(id="7"),
        at=datetime(2026, 11, 1, tzinfo=UTC),
        text="make a film",
        media=tuple(
            MediaRef(platform="test", locator=f"{number}-{index}", name=f"{index}.jpg", kind=MediaKind.PHOTO)
            for index in range(media)
        ),
    )


def turn(number: int, *, chat: ChatRef = CHAT, project: int = 1) -> Turn:
    return Turn(
        id=TurnId(event(number).event_id),
        chat=chat,
        sequence=number,
        route=Route(intents=(Intent.EDIT,), text="make a film"),
        language="en",
        project=project,
    )


@asynccontextmanager
async def stored(file: Path, *, events: int = 0) -> AsyncIterator[SqlStore]:
    async with SqlStore(Database(file)).opened() as store:
        for number in range(1, events + 1):
            await store.add_event(event(number))
        yield store
