"""The part of the store that remembers whose files are whose, and what an event's group brings together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.chat import ChatRef, Reacted, Signed
    from bot.core.event.choice import Choice
    from bot.core.event.collection import Collection, Look, Share
    from bot.core.event.rights import Rules
    from bot.core.turn import TurnId


class Collecting(Protocol):
    """Every method is one transaction: committed when it returns. Raises StoreFailed alone."""

    async def shares(self, chat: ChatRef, project: int) -> list[Share]:
        """A project's files with their senders, in the order of their arrival."""

    async def unseen(self, most: int) -> list[tuple[Collection, Share]]:
        """Files of open collections that nobody has looked at yet, oldest first."""

    async def set_look(self, item: int, look: Look) -> None:
        """What was seen in a file."""

    async def arrange(self, places: Mapping[int, int]) -> None:
        """The order in which files are sent, by their ids."""

    async def set_shown(self, chat: ChatRef, project: int, shown: frozenset[int]) -> None:
        """Which of a project's files its last film has."""

    async def withdraw(
        self, chat: ChatRef, person: str, *, reason: str, message: str = "", anyone: bool = False
    ) -> list[int]:
        """Take out what a person sent from a chat and its topics, or what one message brought; the ids."""

    async def places_of(self, person: str) -> list[ChatRef]:
        """The chats that a person sent files to, or whose collections have them."""

    async def opt_out(self, chat: ChatRef, person: str) -> list[int]:
        """From now on nothing that a person sends here is kept; what there was is withdrawn. Its ids."""

    async def opt_in(self, chat: ChatRef, person: str) -> int:
        """What a person sends here counts again, and what they had sent; how many files came back."""

    async def forget_person(self, chat: ChatRef, person: str) -> tuple[list[int], int]:
        """Delete what a person sent: the ids of the files, and how many of them the service has had."""

    async def without_withdrawn(self, chat: ChatRef, project: int) -> bool:
        """Leave a service's project that holds a withdrawn file; whether it was."""

    async def open_collection(self, wanted: Collection, *, after: int) -> Collection:
        """Begin a collection and the project that follows number `after`; the same code twice begins one.

        `wanted.id` is the order's place in its chat: what arrived later is in.
        """

    async def collecting(self, chat: ChatRef) -> Collection | None:
        """Where files of this chat count in, or what was collected last while it still is its chat's project."""

    async def collection_of(self, chat: ChatRef, project: int) -> Collection | None:
        """The collection whose files a project holds."""

    async def collection_by_code(self, code: str) -> Collection | None:
        """The open collection that guests join by a code."""

    async def open_collections(self) -> list[tuple[Collection, float]]:
        """Every open collection, and when it was last heard of (seconds since 1970)."""

    async def set_collection(self, number: int, **facts: bool) -> bool:
        """Change `open`, `asked`, `offered`, `everything`, `names` or `picking`; whether that was any change."""

    async def number(self, chat: ChatRef, project: int, order: Sequence[int]) -> bool:
        """Give the files of a contact sheet their numbers, in this order, once and for all.

        Whether none of the project had one before.
        """

    async def choose(self, turn_id: TurnId, chat: ChatRef, project: int, choice: Choice) -> tuple[int, ...]:
        """Change what is left out of a project and what begins the film, once for a turn; the numbers nobody has."""

    async def react(self, reacted: Reacted) -> tuple[list[int], list[tuple[ChatRef, int]]]:
        """Keep what somebody's signs say of a message's files.

        Gives the files that left by them, and the projects (chat and number) whose files are others now.
        """

    async def sign(self, chat: ChatRef, signed: Signed) -> list[int]:
        """Votes for a message's files are these now, and who signed theirs out took them out; the files that left."""

    async def sources(self, chat: ChatRef, project: int) -> list[tuple[ChatRef, str, str]]:
        """Where a project's files were sent: chat, message and person (a key) of each that was not taken out."""

    async def vote(self, chat: ChatRef, person: str, *, among: Sequence[int], chosen: Sequence[int]) -> None:
        """What somebody likes among files that count in a chat."""

    async def rules(self, chat: ChatRef) -> Rules:
        """What a group's admins chose for it and its topics."""

    async def set_rules(self, chat: ChatRef, chosen: Rules) -> None:
        """Keep what the admins chose."""

    async def spent_since(self, chat: ChatRef, when: float) -> int:
        """How many turns of a chat have asked the agent for something since a time (seconds since 1970)."""

    async def hear(self, number: int) -> None:
        """Something arrived for a collection."""

    async def join(self, chat: ChatRef, number: int) -> None:
        """From now on, files of this chat count in there."""

    async def guest_groups(self, number: int) -> list[ChatRef]:
        """The groups, not the private chats, whose files count in there."""

    async def leave(self, chat: ChatRef) -> None:
        """Files of this chat are its own again."""
