"""Who may use the bot: lists, and codes that are good for an hour."""

from __future__ import annotations

import time

import pytest

from adapters.telegram.config import TelegramConfig
from adapters.telegram.gate import CODE_SECONDS, Gate
from adapters.telegram.ids import chat_ref
from tests.adapters.notes import Notes
from tests.servers.telegram import TOKEN

ANA, GROUP, OTHERS = chat_ref(7), chat_ref(-1001), chat_ref(-1002)
USERS = {"allowed_users": frozenset({"7"})}
CHATS = {"allowed_chats": frozenset({"-1001"})}


def gate(notes: Notes | None = None, **lists: frozenset[str]) -> Gate:
    return Gate(TelegramConfig(token=TOKEN, owners=frozenset({"2"}), **lists), Notes() if notes is None else notes)


@pytest.mark.parametrize(
    ("lists", "chat", "user", "admitted"),
    [
        ({}, ANA, "7", True),
        (USERS, ANA, "7", True),
        (USERS, GROUP, "7", True),
        (USERS, ANA, "8", False),
        (USERS, ANA, "2", True),
        (CHATS, GROUP, "8", True),
        (CHATS, OTHERS, "8", False),
        (CHATS, chat_ref(8), "8", False),
        (CHATS, chat_ref(-1001, topic=3), "8", True),
        (USERS | CHATS, OTHERS, "7", True),
    ],
)
def test_lists(lists: dict[str, frozenset[str]], chat, user: str, admitted: bool) -> None:
    assert gate(**lists).admits(chat, user) is admitted


@pytest.mark.parametrize(("later", "let_in"), [(CODE_SECONDS - 1, "9"), (CODE_SECONDS + 1, "")])
async def test_a_code_is_good_for_an_hour_and_once(monkeypatch: pytest.MonkeyPatch, later: int, let_in: str) -> None:
    notes, began = Notes(), time.time()
    door = gate(notes, **USERS)
    code = await door.knock("9")
    assert await door.knock("9") == "", "one at a time"
    monkeypatch.setattr(time, "time", lambda: began + later)
    assert await door.admit("AAAAAA") == ""
    assert await door.admit(f" {code.lower()} ") == let_in
    assert await door.admit(code) == ""
    again = gate(notes, **USERS)
    await again.recall()
    assert again.admits(ANA, "9") is bool(let_in)


async def test_nobody_gets_a_code_that_nobody_could_use() -> None:
    door = Gate(TelegramConfig(token=TOKEN, **USERS), Notes())
    assert await door.knock("9") == ""
