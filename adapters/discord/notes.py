"""What is remembered of a chat, and what its buttons mean. One prefix per chat, so that it can be forgotten whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.chat import ChatRef

if TYPE_CHECKING:
    from bot.engine.ports import Button, Notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What pressing a button says, and in which chat."""

    chat: ChatRef
    prompt: str
    command: str


class Notes:
    """Typed entries of the notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    async def flag(self, chat: ChatRef, name: str) -> bool:
        """Whether something is switched on here: `collect`, `threads`, `event`."""
        return await self._notebook.read(_of(chat, name)) == "on"

    async def set_flag(self, chat: ChatRef, name: str, *, on: bool) -> None:
        """Switch something on or off."""
        await self._notebook.write(_of(chat, name), "on" if on else "off")

    async def shape(self, chat: ChatRef) -> str:
        """The shape of films here, else in the channel above; nothing where the files decide."""
        above = replace(chat, thread_id="")
        return await self._notebook.read(_of(chat, "shape")) or await self._notebook.read(_of(above, "shape")) or ""

    async def set_shape(self, chat: ChatRef, shape: str) -> None:
        """Remember; an empty one leaves it to the channel above, or to the files."""
        await self._notebook.write(_of(chat, "shape"), shape)

    async def keep_button(self, chat: ChatRef, button: Button, *, key: str, number: int) -> str:
        """A button's id, the same for the same message however often it is sent."""
        name = hashlib.sha256(f"{key}:{number}".encode()).hexdigest()[:16]
        kept = {"chat": chat.key, "prompt": button.prompt, "command": button.command}
        await self._notebook.write(f"button/{name}", json.dumps(kept))
        return name

    async def pressed(self, name: str) -> Meaning | None:
        """What a button means; None for one that was forgotten."""
        if not (note := await self._notebook.read(f"button/{name}")):
            return None
        kept = json.loads(note)
        return Meaning(chat=ChatRef.from_key(kept["chat"]), prompt=kept["prompt"], command=kept["command"])

    async def set_seen(self, chat: ChatRef, message: str) -> None:
        """Everything up to this message of the bot's business was taken in."""
        await self._notebook.write(_of(chat, "seen"), message)

    async def seen(self) -> dict[ChatRef, str]:
        """The last message taken in, of every chat."""
        found: dict[ChatRef, str] = {}
        for note in await self._notebook.keys("chat/"):
            if note.endswith("//seen") and (message := await self._notebook.read(note)):
                found[ChatRef.from_key(note.removeprefix("chat/").removesuffix("//seen"))] = message
        return found

    async def forget(self, chat: ChatRef) -> None:
        """Everything about a chat."""
        await self._notebook.erase(f"chat/{chat.key}//")
        for note in await self._notebook.keys("button/"):
            if (meaning := await self.pressed(note.removeprefix("button/"))) and meaning.chat == chat:
                await self._notebook.erase(note)


def _of(chat: ChatRef, name: str) -> str:
    return f"chat/{chat.key}//{name}"  # two slashes end the key: no chat's prefix is the beginning of another's
