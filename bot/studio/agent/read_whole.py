"""What concerns the film as a whole: make it, again, undo, help."""

from collections.abc import Iterator

from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import Again, Build, Help, Operation, Redo, Undo
from bot.studio.agent.text import Message

_WHOLE = table("whole")


def read(message: Message) -> Iterator[Operation]:
    """Orders about the film as a whole; steps through its versions go before the rest."""
    if message.take(_WHOLE["help"]):
        yield Help()
    if message.take(_WHOLE["fresh"]):
        yield Build(fresh=True)
        return
    steps: dict[str, Operation] = {"redo": Redo(), "undo": Undo(), "again": Again()}
    yield from [step for name, step in steps.items() if message.take(_WHOLE[name])][:1]
    if message.take(_WHOLE["build"]):
        yield Build()
