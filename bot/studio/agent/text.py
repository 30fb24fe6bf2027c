"""A message as the rules read it: folded for matching, with places kept, eaten piece by piece."""

import re
import unicodedata
from collections.abc import Iterator

_LONGEST = 2000
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_PUNCTUATION = str.maketrans("，。；：！？、’‘", ",.;:!?,''")
_QUOTED = re.compile(
    r"""["“”][^"“”\n]{1,200}["”]|「[^」]{1,200}」|『[^』]{1,200}』|《[^》]{1,200}》|«[^»]{1,200}»"""
    r"""|(?<!\w)'(?:[^'\n]|'(?=\w)){1,200}'(?!\w)"""
)

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[a-z]{2,}")

# A quotation in the folded text: its content is the user's, no rule may read it as an order.
QUOTE = r"(?P<quote>\x02\x01*)"


class Message:
    """Text that shrinks: what one rule has understood, the next one does not see.

    `folded` is lower case and half width and always as long as the original, so that words can be quoted as written.
    """

    def __init__(self, original: str) -> None:
        self.original = _readable(original)[:_LONGEST]
        narrow = self.original.translate(_WIDE).translate(_PUNCTUATION)
        folded = "".join(char.lower() if len(char.lower()) == 1 else char for char in narrow)
        self.folded = _QUOTED.sub(lambda match: "\2" + "\1" * (len(match[0]) - 1), folded)
        self.at = 0
        """Where the last rule that matched did so."""

    def quoted(self, match: re.Match[str], group: str = "quote") -> str:
        """What stands in the quotation that a rule has matched, as written."""
        return self.original[match.start(group) + 1 : match.end(group) - 1].strip()

    def written(self, match: re.Match[str], group: str) -> str:
        """What a group has matched, as written."""
        return self.original[match.start(group) : match.end(group)].strip()

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, which is blanked (only its group `eat` where it has one); groups are of the folded text."""
        match = pattern.search(self.folded)
        if match:
            self.at = match.start()
            part = "eat" if match.groupdict().get("eat") else 0
            self.blank(*match.span(part))
        return match

    def take_all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches from left to right, blanked."""
        while match := self.take(pattern):
            yield match

    def hide(self, pattern: re.Pattern[str]) -> None:
        """Blank all matches: what they say is no order."""
        for match in self.take_all(pattern):
            self.blank(*match.span())

    def blank(self, start: int, end: int) -> None:
        """Hide a stretch from the rules that follow; a mark keeps its two sides apart."""
        self.folded = self.folded[:start] + "\0" * (end - start) + self.folded[end:]

    @property
    def language(self) -> str | None:
        """`zh` or `en`, by what stands outside quotations; None when there are no words. Asked before any rule."""
        han = len(_HAN.findall(self.folded))
        latin = len(_LATIN.findall(self.folded))
        # About two characters make a Chinese word.
        if han and han >= 2 * latin:
            return "zh"
        return "en" if latin else None


def _readable(text: str) -> str:
    """Without control characters and lone surrogates, which mean nothing in a message or on a screen."""
    kept = (" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
    return "".join(kept)
