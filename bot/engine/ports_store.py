"""What must survive: the port behind which the database stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.engine.ports_event import Collecting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.chat import ChatMoved, ChatRef, EventId, Inbound
    from bot.core.intents import Route
    from bot.core.session import Session
    from bot.core.turn import Item, ItemState, Project, Turn, TurnId, TurnState


class Store(Collecting, Protocol):
    """What must survive. Every method is one transaction: committed when it returns. Raises StoreFailed alone."""

    async def add_event(self, inbound: Inbound) -> bool:
        """Keep an event, its place in its chat and its files. False when it is known already."""

    async def unhandled(self) -> list[tuple[int, Inbound]]:
        """Events without a turn, each with its place in its chat, oldest first."""

    async def event(self, event_id: EventId | TurnId) -> Inbound:
        """The event behind a turn."""

    async def album(self, event_id: EventId) -> list[tuple[str, str]]:
        """The events of the same album that have words, in their order, each with its words; empty for no album."""

    async def add_part(self, turn: Turn, *, item: int, label: str) -> None:
        """A part of a batch, with a project of its own that holds one file; `label` begins its live line."""

    async def said(self, chat: ChatRef, message_id: str) -> Inbound | None:
        """The event of a message that was sent, as it reads now; None for one that was not kept."""

    async def changed(self, chat: ChatRef, message_id: str) -> Inbound | None:
        """The event of a message's newest change; None when there is none."""

    async def turns_of(self, event_id: EventId) -> list[Turn]:
        """All turns that an event caused, parts of batches too."""

    async def reword(self, event_id: EventId, text: str) -> None:
        """A message reads so now: its event, and the captions of its files."""

    async def reword_turn(self, turn_id: TurnId, route: Route) -> bool:
        """A turn is about this now. False, and nothing changes, when its words may have been used already."""

    async def handle(self, event_id: EventId, *turns_of_it: Turn) -> None:
        """The event needs no more attention, and its turns exist if it has any."""

    async def turn(self, turn_id: TurnId) -> Turn:
        """One turn."""

    async def earlier_phases(self, turn: Turn) -> list[Turn]:
        """The turns of the same message before this one, in order; parts of batches are none."""

    async def batch_turns(self, chat: ChatRef, project: int) -> list[Turn]:
        """The parts of the newest batch that a project became, and the later turns of their films, in lane order."""

    async def readdress(self, turn_id: TurnId, *, project: int, text: str) -> None:
        """A turn is for another project, with these words."""

    async def move_chat(self, moved: ChatMoved) -> None:
        """A chat has another id now: everything of the old one belongs to the new one, its lane included."""

    async def lane(self, chat: ChatRef) -> str:
        """The name of a chat's lane; it stays when the chat gets another id."""

    async def open_turns(self, chat: ChatRef | None = None) -> list[Turn]:
        """Turns that wait or run, of one chat or of all, in lane order."""

    async def begin_turn(self, turn_id: TurnId) -> int:
        """The turn runs now; how often it has been begun since it last got on, this time included."""

    async def stopped(self) -> frozenset[TurnId]:
        """The open turns that somebody said stop to: marked `stop`."""

    async def arrived(self) -> Mapping[tuple[ChatRef, int], int]:
        """By chat and project, how many files wait to be sent."""

    async def begun(self, turn_id: TurnId) -> int:
        """How often the turn has been begun since it last got on."""

    async def recount_turn(self, turn_id: TurnId, begun: int) -> None:
        """The turn got on (1), or was interrupted on purpose (0): earlier beginnings no longer count against it."""

    async def end_turn(self, turn_id: TurnId, state: TurnState) -> None:
        """The turn is over. The first end counts."""

    async def mark(self, turn_id: TurnId, name: str, value: str = "1") -> None:
        """Remember a fact of a turn, before or after the effect it speaks of."""

    async def marks(self, turn_id: TurnId) -> dict[str, str]:
        """All marks of a turn."""

    async def project(self, chat: ChatRef) -> Project:
        """What the chat is working on."""

    async def new_project(self, chat: ChatRef, *, after: int) -> None:
        """Begin the project that follows number `after`; the same call twice begins one."""

    async def settle_files(self, event_id: EventId, chat: ChatRef, project: int) -> None:
        """What an event brought to a chat belongs to this project."""

    async def set_language(self, chat: ChatRef, language: str) -> None:
        """Answer this chat in this language from now on."""

    async def session(self, chat: ChatRef, project: int) -> Session | None:
        """The backend's session of a project, if it has one."""

    async def set_session(self, chat: ChatRef, project: int, session: Session | None) -> None:
        """Remember a project's session; None also puts its files back to be sent again."""

    async def count_delivery(self, turn_id: TurnId) -> None:
        """The turn's film reached the chat: marked `delivered` and counted, once."""

    async def remember_owner(self, chat: ChatRef) -> None:
        """An owner speaks here in private: what the operator must know can be said here."""

    async def owner_chats(self) -> list[ChatRef]:
        """Where owners were last heard in private."""

    async def film_turns(self, chat: ChatRef, project: int) -> list[TurnId]:
        """The turns of a project that made a film (marked `film`), newest first."""

    async def last_edit(self, chat: ChatRef, project: int) -> Turn | None:
        """The newest turn of a project that is or was meant for the agent."""

    async def newest_turns(self, chat: ChatRef) -> list[Turn]:
        """The turns of the chat's newest message that has any in the lane, in lane order."""

    async def forget(self, chat: ChatRef) -> int:
        """Delete everything of a chat but the ids of its events; how many files were known."""

    async def items(self, chat: ChatRef, project: int) -> list[Item]:
        """A project's files in the order in which they are sent: as arranged, else as they arrived."""

    async def order_albums(self, chat: ChatRef, project: int) -> None:
        """Put the files of each album in the order of their messages; platforms may tell them in another one."""

    async def set_item(self, item_id: int, state: ItemState, reason: str = "") -> None:
        """Where a file is now, and why if it was refused."""

    async def prune(self, *, events_before: float, events_least: int, turns_before: float) -> int:
        """Delete what is over and older than given times; the newest ids of events stay. How many rows went."""
