"""What rules cannot do: each is answered with what can be done instead."""

from collections.abc import Iterator

from bot.studio.agent.lexicon import Table, table
from bot.studio.agent.operations import Operation, Refuse
from bot.studio.agent.text import Message

_CANNOT = table("cannot")
_CANNOT_SEE = table("cannot_see")


def read_cannot(message: Message) -> Iterator[Operation]:
    """Things that there is no means for; first of all, since their words mean other things elsewhere."""
    yield from _refusals(message, _CANNOT)


def read_cannot_see(message: Message) -> Iterator[Operation]:
    """Pictures named by what they show; after the positions, which are names that can be followed."""
    yield from _refusals(message, _CANNOT_SEE)


def _refusals(message: Message, rows: Table) -> Iterator[Operation]:
    for what, pattern in rows.items():
        if message.take(pattern):
            yield Refuse(what=what)
