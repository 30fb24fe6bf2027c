"""A message to operations. Rules, not a model: every rule is a pattern that somebody wrote down."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.studio.agent import (
    read_choice,
    read_frame,
    read_limits,
    read_order,
    read_single,
    read_style,
    read_talk,
    read_times,
    read_treatment,
    read_whole,
    read_words,
)
from bot.studio.agent.amounts import POSITIONS, positions
from bot.studio.agent.clip_operations import Replace, Retime, Trim
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import ChangeLength, Operation, SetLength
from bot.studio.agent.text import Message

_LEAVE = table("leave")["all"]

_RULES: tuple[Callable[[Message], Iterator[Operation]], ...] = (
    read_talk.read,
    read_choice.read,
    read_treatment.read,
    read_limits.read_cannot,
    read_words.read,
    read_frame.read_shape,
    read_single.read_trims,
    read_times.read,
    read_single.read,
    read_frame.read_length,
    read_order.read,
    read_limits.read_cannot_see,
    read_style.read,
    read_frame.read_pace,
    read_whole.read,
)


def understand(text: str) -> list[Operation]:
    """What the message asks for, in English or Chinese, several things at once; [] when nothing is understood."""
    message = Message(text)
    message.hide(_LEAVE)
    # Rules go before each other by how much they say; what was said first is done first.
    placed = [(message.at, operation) for rule in _RULES for operation in rule(message)]
    whole = Message(text).folded
    found = [_about(operation, whole[:at]) for at, operation in sorted(placed, key=lambda one: one[0])]
    if any(isinstance(operation, SetLength) for operation in found):
        # "shorten it to 20 seconds": the figure says it all.
        found = [operation for operation in found if not isinstance(operation, ChangeLength)]
    return list(dict.fromkeys(found))


def _about(operation: Operation, before: str) -> Operation:
    """ "It" is what the message has named last; where it names nothing, the project knows."""
    if not isinstance(operation, Trim | Replace | Retime) or operation.positions != (0,):
        return operation
    named = [match[0] for match in re.finditer(POSITIONS, before)]
    return replace(operation, positions=positions(named[-1])) if named else operation
