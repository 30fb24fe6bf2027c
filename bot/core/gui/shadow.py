"""A line as patterns see it: no markup, white space single, quotations hidden; each character knows its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTED, HIDDEN = "\ue000", "\ue001"

_QUOTES = re.compile(
    r"\"[^\"\n]{1,160}\"|“[^”\n]{1,160}”|„[^“”\n]{1,160}[“”]|«[^»\n]{1,160}»|‘[^’\n]{1,160}’(?!\w)"
    r"|「[^」\n]{1,160}」|『[^』\n]{1,160}』|《[^》\n]{1,160}》|【[^】\n]{1,160}】|(?<!\w)'[^'\n]{1,80}'(?!\w)"
)
_ADDRESS = re.compile(r"https?://[^\s<>()\"，。；！？、]+")
_MARKUP = re.compile(r"\*{1,3}|~~|`+|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Shadow:
    """`text[i]` comes from `origin[start(i)]`."""

    text: str
    origin: str
    index: tuple[int, ...]
    """One entry more than `text` has characters."""
    reading: str
    """The origin in the signs that the table is written in; as long as it."""

    def slice(self, start: int, end: int) -> str:
        """The original of a stretch, markup included."""
        return self.origin[self._border(start) : self._border(end)]

    def _border(self, at: int) -> int:
        """Markup that opens before a word belongs to the word, markup that closes to what it closes."""
        if at == 0:
            return 0
        if self.text[at - 1] not in " (（":
            return self.index[at]
        between = self.origin[self.index[at - 1] + 1 : self.index[at]]
        return self.index[at] - len(between.lstrip())

    def hide(self, pattern: re.Pattern[str]) -> Shadow:
        """What matches becomes unreadable to other patterns; lengths stay."""
        return replace(self, text=pattern.sub(lambda hit: HIDDEN * len(hit[0]), self.text))

    def read(self, start: int, end: int) -> str:
        """The words of a stretch as patterns see them, quotations and markup included."""
        return self.reading[self.index[start] : self.index[end]]


def unquoted(text: str) -> str:
    """A text without its quotations and addresses."""
    return _QUOTES.sub(" ", _ADDRESS.sub(" ", text))


def shadow_of(line: str, simplified: Mapping[int, str] | None = None) -> Shadow:
    """The shadow of one line, without a line end. `simplified`: signs that are read as others, one by one."""
    reading = line.translate(simplified) if simplified else line
    veiled = _ADDRESS.sub(lambda hit: HIDDEN * len(hit[0]), reading)
    veiled = _QUOTES.sub(lambda hit: QUOTED * len(hit[0]), veiled)
    veiled = _MARKUP.sub(lambda hit: "\0" * len(hit[0]), veiled)
    letters: list[str] = []
    index: list[int] = []
    for at, letter in enumerate(veiled):
        if letter == "\0":
            continue
        seen = "'" if letter == "’" else " " if letter.isspace() else letter
        if seen == " " and letters and letters[-1] == " ":
            continue
        letters.append(seen)
        index.append(at)
    return Shadow("".join(letters), line, (*index, len(line)), reading)
