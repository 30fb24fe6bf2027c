"""What is asked all the time never looks at every row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import event as hooks
from sqlalchemy import text

from bot.store.sql import SqlStore
from tests.store.making import CHAT, stored, turn

ASKED: dict[str, Callable[[SqlStore], Awaitable[object]]] = {
    "unhandled": lambda store: store.unhandled(),
    "open_turns": lambda store: store.open_turns(),
    "open_turns of a chat": lambda store: store.open_turns(CHAT),
    "stopped": lambda store: store.stopped(),
    "arrived": lambda store: store.arrived(),
    "items": lambda store: store.items(CHAT, 1),
    "newest_turns": lambda store: store.newest_turns(CHAT),
    "last_edit": lambda store: store.last_edit(CHAT, 1),
    "marks": lambda store: store.marks(turn(1).id),
}


@pytest.mark.parametrize("name", ASKED)
async def test_it_uses_an_index(tmp_path: Path, name: str) -> None:
    asked: list[tuple[str, object]] = []
    async with stored(tmp_path / "bot.sqlite", events=1) as store:
        engine = store.database.engine
        hooks.listen(engine, "before_cursor_execute", lambda c, cur, sql, params, *rest: asked.append((sql, params)))
        await ASKED[name](store)
        ((sql, params),) = [one for one in asked if one[0].startswith("SELECT")]
        with engine.connect() as connection:
            steps = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", params)]
            indexes = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars())
    for step in steps:
        if step.startswith(("SCAN", "SEARCH")) and "SUBQUERY" not in step:
            assert any(index in step for index in indexes), steps
