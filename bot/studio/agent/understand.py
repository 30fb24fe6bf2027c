"""A message to operations. Rules, not a model: every rule is a pattern that somebody wrote down."""

import re
from collections.abc import Callable, Iterator

from bot.studio.agent import read_frame, read_limits, read_order, read_style, read_whole, read_words
from bot.studio.agent.operations import Operation
from bot.studio.agent.text import Message

# "keep the music as it is", "don't touch the title", "不要改音乐": nothing to do, and nothing inside is an order.
_LEAVE = re.compile(
    r"(?:\b(?:keep|leave)\s+(?:the |my |its |this |that |our )*(?:same )?(?:music|titles?|lengths?|durations?|order|transitions?|format|captions?|credits"
    r"|photos|pictures|song|rest|everything(?: else)?|all else)\b(?: (?:the same|as (?:it|they) (?:is|are|was|were)|unchanged|alone))?"
    r"|\b(?:do not|don't|dont|never|without) (?:change|changing|touch|touching|alter|altering|modify|modifying)\b[^,.;!?\n]*?(?=\s+(?:and|but)\s|[,.;!?\n]|$)"
    r"|(?:别|不要|不用|不)(?:改动?|动|碰|变|换|修改)[^,.;!?\n]*|(?:保持|保留)(?:原来的|现在的)?(?:音乐|标题|时长|顺序|转场|字幕|配乐)(?:不变|不动)?)"
)

_RULES: tuple[Callable[[Message], Iterator[Operation]], ...] = (
    lambda message: read_limits.read(message, late=False),
    read_words.read,
    read_frame.read_shape,
    read_frame.read_length,
    read_order.read,
    lambda message: read_limits.read(message, late=True),
    read_style.read,
    read_frame.read_pace,
    read_whole.read,
)


def understand(text: str) -> list[Operation]:
    """What the message asks for, in English or Chinese, several things at once; [] when nothing is understood."""
    message = Message(text)
    for match in message.take_all(_LEAVE):
        del match  # blanked is enough
    found = [operation for rule in _RULES for operation in rule(message)]
    return list(dict.fromkeys(found))
