"""Letters made comparable, and a message cut into units: words, single signs of other scripts, quotations, links."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlsplit

MAX_CHARACTERS = 4_000
"""Of a longer message, the beginning and the end decide."""

_MARKS = dict.fromkeys(range(0x300, 0x370))  # accents of Latin, Greek and Cyrillic
_INVISIBLE = dict.fromkeys(
    [
        *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF, 0xAD,
        *range(0x1F3FB, 0x1F400), *range(0x64B, 0x656), 0x640,  # skin tones; vowel signs and stretching of Arabic
    ]
)  # fmt: skip
_ALIKE = {ord(a): b for a, b in zip("’‘`´ʼđıł", "'''''dil", strict=True)}
_QUOTED = re.compile(
    r'"[^"\n]{1,300}"|“[^”\n]{1,300}[”“]|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|「[^」\n]{1,300}」|『[^』\n]{1,300}』'
    r"|《[^》\n]{1,300}》|〈[^〉\n]{1,300}〉|【[^】\n]{1,300}】|(?<![\w'])'[^'\n]{1,300}'(?![\w'])"
)
_SPACED_OUT = re.compile(r"(?<!\S)(?:[a-z][ .-]){3,}[a-z](?!\S)")  # "e x p o r t"
_BETWEEN_LETTERS = str.maketrans("", "", " .-")
_LINK = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w.])@\w+")
_SIGNS = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS = rf"(?:[^\W_{_SIGNS}]|[\u0900-\u0dff])+"
_UNIT = re.compile(
    rf"(?P<sign>[{_SIGNS}])|(?P<word>(?:[ljsmtdn]|qu)'(?=\w{{2}}|$)|{_LETTERS}(?:(?:[-']|\.(?=\d)|(?<=\d):(?=\d)){_LETTERS})*)"
    r"|(?P<other>\S)"
)
_MEDIA_ENDING = re.compile(
    r"\.(?:mp4|mov|avi|webm|mkv|m4v|3gp|mpe?g|mts|jpe?g|png|gif|webp|hei[cf]|bmp|tiff?|mp3|wav|m4a|aac|ogg|flac)\W*$"
)
QUOTE, LINK, MEDIA_LINK = "\ue000", "\ue001", "\ue002"
"""What stands for a quotation, a link and a link to a file; private-use signs, removed from the text before."""
_STAND_INS = {ord(sign): None for sign in (QUOTE, LINK, MEDIA_LINK)}


class Unit(NamedTuple):
    """A piece of the folded message."""

    text: str
    word: bool
    """A word of a script with spaces; else a single sign."""


def fold(text: str, traditional: dict[int, str]) -> str:
    """Half width, lower case, no accents, straight quotes, simplified Chinese; line breaks stay."""
    if len(text) > MAX_CHARACTERS:
        text = text[: MAX_CHARACTERS // 2] + "\n" + text[-MAX_CHARACTERS // 2 :]
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", folded).translate(_MARKS | _INVISIBLE))
        folded = folded.translate(_ALIKE).translate(_STAND_INS).translate(traditional)
    return folded


def mask(folded: str) -> str:
    """Quotations and links become one sign each. A quotation that is the whole message stays what it says."""
    joined = _SPACED_OUT.sub(lambda letters: letters[0].translate(_BETWEEN_LETTERS), folded)
    linked = _LINK.sub(lambda link: f" {MEDIA_LINK if _is_media(link[0]) else LINK} ", joined)
    unmentioned = _MENTION.sub(" ", linked)
    masked = _QUOTED.sub(f" {QUOTE} ", unmentioned)
    bare = masked if any(unit.word or _is_letter(unit.text) for unit in units(masked)) else unmentioned
    return bare.replace("\n", " 。 ")


def units(masked: str) -> list[Unit]:
    """Words, single signs of scripts without spaces, and everything else that is not white space, in order."""
    return [Unit(found[0], found.lastgroup == "word") for found in _UNIT.finditer(masked)]


def first_of(masked: str) -> tuple[Unit, str] | None:
    """The first unit and everything behind it."""
    found = _UNIT.search(masked)
    return (Unit(found[0], found.lastgroup == "word"), masked[found.end() :]) if found else None


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign in (LINK, MEDIA_LINK)


def _is_media(link: str) -> bool:
    try:
        path = urlsplit(link).path
    except ValueError:
        return False
    return _MEDIA_ENDING.search(path) is not None
