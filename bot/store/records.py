"""Rows to vocabulary and back: JSON for what SQL need not look into."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from bot.core.chat import ChatRef, Inbound
from bot.core.event.rights import Rules
from bot.core.intents import Route
from bot.core.media import MediaRef
from bot.core.session import Session
from bot.core.turn import Item, ItemState, Turn, TurnId, TurnState

_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Inbound, MediaRef, Session, Route, Rules)
}
for (
    _adapter
) in _ADAPTERS.values():  # the vocabulary imports these for type checkers only; here they are needed for real
    _adapter.rebuild(_types_namespace={"datetime": datetime, "MediaRef": MediaRef})


def dump(value: Inbound | MediaRef | Session | Route | Rules) -> str:
    """JSON of a frozen dataclass."""
    return _ADAPTERS[type(value)].dump_json(value).decode()


def inbound(text: str) -> Inbound:
    """Undo `dump`."""
    return _ADAPTERS[Inbound].validate_json(text)  # type: ignore[no-any-return]


def session(text: str) -> Session:
    """Undo `dump`."""
    return _ADAPTERS[Session].validate_json(text)  # type: ignore[no-any-return]


def rules(text: str) -> Rules:
    """Undo `dump`."""
    return _ADAPTERS[Rules].validate_json(text)  # type: ignore[no-any-return]


def item(row: Any) -> Item:  # noqa: ANN401 - a row is what SQLAlchemy makes of the table
    """A row of `items`."""
    return Item(
        id=row.id,
        ref=_ADAPTERS[MediaRef].validate_json(row.ref),
        state=ItemState(row.state),
        arrived=datetime.fromisoformat(row.arrived),
        event=row.event,
        caption=row.caption,
        reason=row.reason,
    )


def turn(row: Any) -> Turn:  # noqa: ANN401
    """A row of `turns`."""
    return Turn(
        id=TurnId(row.id),
        chat=ChatRef.from_key(row.chat),
        sequence=row.sequence,
        route=_ADAPTERS[Route].validate_json(row.route),
        language=row.language,
        project=row.project,
        aside=bool(row.aside),
        state=TurnState(row.state),
    )


def turn_row(value: Turn) -> dict[str, Any]:
    """What `turns` stores of a new turn."""
    return {
        **{name: field for name, field in asdict(value).items() if name in {"id", "sequence", "project", "language"}},
        "chat": value.chat.key,
        "route": dump(value.route),
        "aside": int(value.aside),
        "state": value.state.value,
        "attempts": 0,
    }
