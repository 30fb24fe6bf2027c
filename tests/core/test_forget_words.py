"""How much `/forget` is about."""

from datetime import UTC, datetime

import pytest

from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.core.commands import forgets_all


@pytest.mark.parametrize(
    ("kind", "words", "everything"),
    [
        (ChatKind.PRIVATE, "", True),
        (ChatKind.PRIVATE, "me", True),
        (ChatKind.GROUP, "", False),
        (ChatKind.GROUP, "me", False),
        (ChatKind.GROUP, " ALL ", True),
        (ChatKind.GROUP, "everything", True),
        (ChatKind.GROUP, "全部", True),
        (ChatKind.GROUP, "all of it", False),
    ],
)
def test_in_a_group_one_forgets_ones_own_unless_more_is_said(kind, words, everything):
    inbound = Inbound(
        event_id=EventId("1"),
        chat=ChatRef(platform="test", chat_id="1"),
        chat_kind=kind,
        message_id="1",
        sender=Sender(id="7"),
        at=datetime.now(UTC),
        text=words,
        command="forget",
    )
    assert forgets_all(inbound) is everything
