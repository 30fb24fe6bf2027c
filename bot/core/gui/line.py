"""One line: what makes it a list item or a heading, and its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.gui.repair import balanced
from bot.core.gui.sentence import rewrite
from bot.core.gui.shadow import shadow_of
from bot.core.gui.split import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.gui.orders import Action
    from bot.core.gui.vocabulary import Grammar

_PREFIX = re.compile(
    r"\s*(?:>\s*)*(?:#{1,6}\s+|[-*•+·–]\s+|\**\d{1,3}[.)、]\**\s*(?!\d)|[①-⑳]\s*|\d\ufe0f?\u20e3\s*|\(?[a-z]\)\s+)?"
)
_ITEM = re.compile(r"[-*•+·–]\s|\d{1,3}[.)、]|[①-⑳]|\u20e3|[a-z]\)")
_WORD = re.compile(r"\w")
MERE_LINE = 7
"""The rank of what announces without being a heading: below the six ranks of those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one line."""

    prefix: str
    body: str
    touched: bool
    weak: bool
    """All of it goes when its neighbour in a list is gone."""
    gone: bool
    actions: tuple[Action, ...] = ()

    @property
    def text(self) -> str:
        """The line as it is to be shown."""
        return self.prefix + self.body

    @property
    def item(self) -> bool:
        """Whether it is part of a list."""
        return _ITEM.search(self.prefix) is not None or self.body.startswith("|")

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return not _WORD.search(self.body)

    @property
    def rank(self) -> int:
        """1 for the highest heading, 6 for the lowest, `MERE_LINE` for everything else."""
        return self.prefix.count("#") or MERE_LINE

    @property
    def announces(self) -> bool:
        """Whether it only leads to what follows: a heading, or words that end in a colon."""
        body = self.body.strip()
        plain = body.strip("*_ ")
        return self.rank < MERE_LINE or plain.endswith((":", "：")) or (body.startswith("**") and body.endswith("**"))


def translate_line(line: str, speech: Callable[[str], Grammar], *, beside: bool = False) -> Line:
    """Translate one line. `speech`: a sentence's grammar; `beside`: its neighbour in the list was an instruction."""
    hit = _PREFIX.match(line)
    prefix = hit[0] if hit else ""
    body = line[len(prefix) :]
    plain = shadow_of(body)
    said = [(span, speech(plain.text[slice(*span)])) for span in sentences(plain.text)]
    shadows = {
        grammar: shadow_of(body, grammar.simplified).hide(grammar.innocent)
        for grammar in dict.fromkeys(grammar for _, grammar in said)
    }
    parts = [rewrite(shadows[grammar], span, grammar) for span, grammar in said]
    for order in (range(len(parts)), reversed(range(len(parts)))):  # a step between two instructions is one too
        for at in order:
            near = [parts[other].gone for other in (at - 1, at + 1) if 0 <= other < len(parts)]
            if parts[at].weak and not parts[at].touched and (any(near) or (beside and len(parts) == 1)):
                span, grammar = said[at]
                parts[at] = rewrite(shadows[grammar], span, grammar, beside=True)
    touched = any(part.touched for part in parts)
    text = "".join(part.text for part in parts) if touched else body
    return Line(
        prefix=prefix,
        body=balanced(text.rstrip()) if touched else body,
        touched=touched,
        weak=bool(parts) and all(part.weak for part in parts),
        gone=touched and (body.startswith("|") or not _WORD.search(text)),  # a table row is whole or not at all
        actions=tuple(action for part in parts for action in part.actions),
    )
