"""Buttons that outlive the process: sixty-four bytes travel with a message, what they mean stays here for a while."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from adapters.telegram.ages import today
from adapters.telegram.ids import origin
from bot.core.chat import ChatRef

if TYPE_CHECKING:
    from bot.engine.ports import Button, Notebook

NOTE = "button/"
IN_A_ROW = 2
LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What pressing a button says, where, and who was offered it."""

    chat: ChatRef
    prompt: str
    command: str
    asker: str
    """User id, or empty when everybody may."""


class ButtonBook:
    """Writes down what buttons mean before they are shown."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    async def keyboard(self, chat: ChatRef, key: str, buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
        """The buttons of a message, named after their day. The same message tried again has the same ones."""
        if not buttons:
            return None
        asker = found.user_id if (found := origin(key)) else ""
        labels = "/".join(button.label for button in buttons)
        name = f"{today()}.{hashlib.sha256(f'{key}/{labels}'.encode()).hexdigest()[:16]}"
        means = [[button.prompt, button.command] for button in buttons]
        await self._notebook.write(NOTE + name, json.dumps({"chat": chat.key, "asker": asker, "means": means}))
        shown = [_shown(button, f"{name}.{number}") for number, button in enumerate(buttons)]
        return InlineKeyboardMarkup([shown[start : start + IN_A_ROW] for start in range(0, len(shown), IN_A_ROW)])

    async def meaning(self, data: str) -> Meaning | None:
        """What a button means by what travelled with it, or None when nobody remembers."""
        name, _, number = data.rpartition(".")
        kept = await self._notebook.read(NOTE + name)
        if kept is None:
            return None
        read = json.loads(kept)
        if not number.isdecimal() or int(number) >= len(read["means"]):
            return None
        prompt, command = read["means"][int(number)]
        return Meaning(chat=ChatRef.from_key(read["chat"]), prompt=prompt, command=command, asker=read["asker"])

    async def forget(self, chat: ChatRef) -> None:
        """Forget the buttons of a chat."""
        for note in await self._notebook.keys(NOTE):
            if json.loads(await self._notebook.read(note) or "{}").get("chat") == chat.key:
                await self._notebook.erase(note)

    async def prune(self, day: int) -> None:
        """Forget the buttons that were offered before a day."""
        for offered in {note.removeprefix(NOTE).partition(".")[0] for note in await self._notebook.keys(NOTE)}:
            if not offered.isdecimal():
                await self._notebook.erase(f"{NOTE}{offered}")
            elif int(offered) < day:
                await self._notebook.erase(f"{NOTE}{offered}.")


def _shown(button: Button, data: str) -> InlineKeyboardButton:
    style = KeyboardButtonStyle.DANGER if button.command == "stop" else None
    return InlineKeyboardButton(button.label[:LABEL], callback_data=data, style=style)
