"""What the parts of the store share."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sqlalchemy import Connection

    from bot.core.chat import ChatRef
    from bot.store.database import Database

P = ParamSpec("P")
T = TypeVar("T")
Self = TypeVar("Self", bound="Part")


class Part:
    """Statements that belong together, on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._moved: dict[str, str] = {}
        """Keys of chats that have another id now. Turns that run, and events that wait, still name the old one."""

    def _key(self, chat: ChatRef) -> str:
        """The key under which a chat is kept now."""
        key = chat.key
        while key in self._moved:
            key = self._moved[key]
        return key

    def _root(self, chat: ChatRef) -> str:
        """The key of the chat that a topic belongs to; a chat without topics is its own."""
        return self._key(replace(chat, thread_id=""))


def reads(
    act: Callable[Concatenate[Self, Connection, P], T],
) -> Callable[Concatenate[Self, P], Coroutine[Any, Any, T]]:
    """A method that only looks: given a connection, it runs as one transaction on a thread that reads."""

    @wraps(act)
    async def read(self: Self, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.database.read(lambda connection: act(self, connection, *args, **kwargs))

    return read


def writes(
    act: Callable[Concatenate[Self, Connection, P], T],
) -> Callable[Concatenate[Self, P], Coroutine[Any, Any, T]]:
    """A method that changes something: given a connection, it runs as one transaction on the thread that writes.

    It may run twice (see `Database.write`) and has no other effect than on the database.
    """

    @wraps(act)
    async def write(self: Self, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.database.write(lambda connection: act(self, connection, *args, **kwargs))

    return write
