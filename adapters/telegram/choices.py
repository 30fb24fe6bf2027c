"""What the people of a chat have chosen: when the bot answers, and whose project it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.engine.ports import Notebook

NOTE = "choices/"
PERSON = "person/"
SHAPE = "shape/"


class Activation(StrEnum):
    """What makes the bot answer in a group."""

    COMMAND = "command"
    MENTION = "mention"
    """A mention, an answer to one of its messages, or a command."""
    ALWAYS = "always"


class Projects(StrEnum):
    """Who shares a project in a group."""

    SHARED = "shared"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One group's."""

    activation: Activation = Activation.MENTION
    projects: Projects = Projects.SHARED


DEFAULT = Choices()


class ChoiceBook:
    """All groups' choices, in memory since every message needs them, and in the notebook since they stay."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._choices: dict[int, Choices] = {}
        self._people: dict[int, set[str]] = {}
        self._shapes: dict[tuple[int, str], str] = {}

    async def recall(self) -> None:
        """Read everything from the notebook."""
        for note in await self._notebook.keys(NOTE):
            kept = json.loads(await self._notebook.read(note) or "{}")
            self._choices[int(note.removeprefix(NOTE))] = Choices(
                activation=Activation(kept["activation"]), projects=Projects(kept["projects"])
            )
        for note in await self._notebook.keys(PERSON):
            chat, _, thread = note.removeprefix(PERSON).partition("/")
            self._people.setdefault(int(chat), set()).add(thread)
        for note in await self._notebook.keys(SHAPE):
            chat, _, topic = note.removeprefix(SHAPE).partition("/")
            self._shapes[int(chat), topic] = await self._notebook.read(note) or ""

    def of(self, chat_id: int) -> Choices:
        """A chat's choices, or the defaults."""
        return self._choices.get(chat_id, DEFAULT)

    async def choose(self, chat_id: int, choices: Choices) -> None:
        """Remember."""
        self._choices[chat_id] = choices
        await self._notebook.write(f"{NOTE}{chat_id}", json.dumps(asdict(choices)))

    def shape(self, chat_id: int, topic: str) -> str:
        """The shape of a topic's films, else of its group's; nothing where the files decide."""
        return self._shapes.get((chat_id, topic)) or self._shapes.get((chat_id, ""), "")

    async def choose_shape(self, chat_id: int, topic: str, shape: str) -> None:
        """Remember; an empty one leaves it to the group, and in the group to the files."""
        self._shapes[chat_id, topic] = shape
        await self._notebook.write(f"{SHAPE}{chat_id}/{topic}", shape)

    async def met(self, chat_id: int, thread_id: str) -> None:
        """Remember a topic or a member with a project of their own: they must be named when the group moves."""
        known = self._people.setdefault(chat_id, set())
        if thread_id not in known:
            known.add(thread_id)
            await self._notebook.write(f"{PERSON}{chat_id}/{thread_id}", "")

    def threads(self, chat_id: int) -> list[str]:
        """The group itself, and every thread met in it."""
        return ["", *sorted(self._people.get(chat_id, set()) - {""})]

    async def moved(self, old: int, new: int) -> None:
        """A group has another id: its choices go with it."""
        if old in self._choices and new not in self._choices:
            await self.choose(new, self._choices[old])
        for (chat, topic), shape in [*self._shapes.items()]:
            if chat == old:
                await self.choose_shape(new, topic, shape)
        for thread in self.threads(old)[1:]:
            await self.met(new, thread)
