"""A whole reply: its lines, lists, tables and headings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.gui.heading import left_alone
from bot.core.gui.line import MERE_LINE, translate_line
from bot.core.gui.orders import Translated, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.core.gui.line import Line
    from bot.core.gui.vocabulary import Grammar, Vocabulary

_NUMBER = re.compile(r"(\s*\**)(\d{1,3})([.)、])")
_RULE = re.compile(r"[\s|:+-]+$")


def translate(text: str, *, vocabulary: Vocabulary) -> Translated:
    """Take the interface out of what the agent says. A reply without one comes back as it is, byte for byte.

    Total, linear in the length of the text, and never longer than it.
    """
    if not text.strip():
        return Translated(text=text)
    speech = vocabulary.of(text)
    raw = text.split("\n")
    lines = [translate_line(line, speech) for line in raw]
    for order in (range(len(lines)), reversed(range(len(lines)))):  # the steps between two instructions are some too
        for at in order:
            if lines[at].weak and not lines[at].touched and lines[at].item and _beside(lines, at):
                lines[at] = translate_line(raw[at], speech, beside=True)
    if not any(line.touched for line in lines):
        return Translated(text=text)
    actions = steps_of(action for line in lines for action in line.actions)
    kept = _tables(lines)
    kept = _announcements(kept, speech)
    return Translated(text=_shown(_renumbered(kept)), actions=actions)


def _beside(lines: list[Line], at: int) -> bool:
    return any(lines[other].gone and lines[other].item for other in (at - 1, at + 1) if 0 <= other < len(lines))


def _tables(lines: list[Line]) -> list[Line]:
    """A table that lost all its rows goes with its head."""
    out = list(lines)
    at = 0
    while at < len(out):
        end = at
        while end < len(out) and out[end].body.startswith("|"):
            end += 1
        head = 2 if end > at + 1 and _RULE.match(out[at + 1].body) else 0
        if end > at + head and all(row.gone for row in out[at + head : end]):
            out[at:end] = [replace(row, gone=True) for row in out[at:end]]
        at = max(end, at + 1)
    return out


def _announcements(lines: list[Line], speech: Callable[[str], Grammar]) -> list[Line]:
    """A heading, or "To export:", goes with all that it announces, but for what it tells itself."""
    out = list(lines)
    for at in range(len(out) - 1, -1, -1):
        if out[at].announces and not out[at].gone and not out[at].blank:
            announced = [line.gone for line in _announced(out, at)]
            if announced and all(announced):
                body = left_alone(out[at].body, speech(out[at].body))
                out[at] = replace(out[at], body=body, gone=not body)
    return out


def _announced(lines: list[Line], at: int) -> Iterator[Line]:
    """The lines with words up to a heading of the same rank or a higher one; below a mere line, up to the next gap."""
    rank = lines[at].rank
    seen = False
    for line in (lines[below] for below in range(at + 1, len(lines))):
        if line.announces and not line.gone and line.rank <= rank:
            return
        if not line.blank or line.gone:
            seen = True
            yield line
        elif seen and rank == MERE_LINE:
            return


def _renumbered(lines: list[Line]) -> list[Line]:
    """A numbered list that lost an item counts on without a hole."""
    out: list[Line] = []
    expected: int | None = None
    holed = False
    for line in lines:
        hit = _NUMBER.match(line.prefix)
        if hit is None:
            if not line.gone and not line.blank and not line.prefix.strip():
                expected, holed = None, False
        elif line.gone:
            expected = int(hit[2]) if expected is None else expected
            holed = True
        else:
            number = expected if holed and expected is not None else int(hit[2])
            line = replace(line, prefix=f"{hit[1]}{number}{hit[3]}{line.prefix[hit.end() :]}")
            expected = number + 1
        out.append(line)
    return out


def _shown(lines: Iterable[Line]) -> str:
    """The lines that stay. Where some went, no more empty ones stay than stood there once."""
    shown: list[str] = []
    removed = False
    for line in lines:
        if line.gone:
            removed = True
            continue
        if removed and line.blank and not line.text.strip() and (not shown or not shown[-1].strip()):
            continue
        removed = removed and not line.text.strip()
        shown.append(line.text)
    if removed:
        while shown and not shown[-1].strip():
            shown.pop()
    return "\n".join(shown)
