"""Which of the catalogue's languages to answer in."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.core.language_signs import LATIN, NOT_JAPANESE, NOT_RUSSIAN, SCRIPTS, SHARING

if TYPE_CHECKING:
    from collections.abc import Collection

DEFAULT = "en"

ENOUGH = 2
"""Signs of a language that it takes to leave the chat's: one word is often shared, or a name."""
SENTENCE = 3
"""Words in Latin letters of which one sign is enough in a chat that is not written in them."""
SAMPLE = 2_000
"""Characters that are looked at; nobody changes languages after them."""

_FOREIGN = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\S+"  # addresses
    r"|(?<!\w)[@#/]\w+|\b[\w-]+\.[A-Za-z][A-Za-z0-9]{1,4}\b"  # mentions, commands, file names
)
_TITLE = re.compile(r"[\"“„«「『《][^\"”“»」』》]*[\"”“»」』》]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d]")
_SCRIPTS = {language: re.compile(f"[{letters}]+") for language, letters in SCRIPTS.items()}
_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+(?:'[a-z\u00df-\u024f\u1e00-\u1eff]+)*")


def language_of(text: str, *, hint: str, known: Collection[str]) -> str:
    """The language of a message: what its script or its words show, else the hint (BCP 47), else English.

    One word shows nothing in Latin letters, nor do two languages that fit equally well: then the hint holds.
    """
    primary = hint.replace("_", "-").partition("-")[0].lower()
    shown = _shown(text[:SAMPLE], primary)
    if shown in known:
        return shown
    return primary if primary in known else DEFAULT


def _shown(text: str, chat: str) -> str:
    """The language that a text shows in a chat of another or the same, or nothing."""
    text = _FOREIGN.sub(" ", text)
    untitled = _TITLE.sub(" ", text)
    text = unicodedata.normalize("NFKC", untitled if any(map(str.isalpha, untitled)) else text)
    text = text.lower().replace("’", "'")
    words = _LATIN.findall(text)
    weights = {language: len(pattern.findall(text)) for language, pattern in _SCRIPTS.items()}
    weights["zh"] = len(_HAN.findall(text)) + len(_KANA.findall(text))
    script = max(weights, key=lambda language: weights[language])
    if weights[script] == 0 or weights[script] < len(words):
        return _by_words(words, text, chat)
    if script == "zh":
        return _east_asian(text, chat)
    if chat in SHARING.get(script, ()) or (script == "ru" and NOT_RUSSIAN.intersection(text)):
        return chat
    return script


def _east_asian(text: str, chat: str) -> str:
    """Kana are Japanese; Han alone are Chinese, except in a Japanese chat where no character says so."""
    kana, chinese = len(_KANA.findall(text)), not NOT_JAPANESE.isdisjoint(text)
    if kana > 1 or (kana == 1 and not chinese):
        return "ja"
    return chat if chat == "ja" and not chinese else "zh"


def _by_words(words: list[str], text: str, chat: str) -> str:
    """The language with most signs in the text, if they are enough and it is the only one."""
    present = set(words)
    signs = {
        language: len(present & known.words) + (not known.letters.isdisjoint(text)) for language, known in LATIN.items()
    }
    best = max(signs, key=lambda language: signs[language])
    enough = ENOUGH if chat in LATIN or len(words) < SENTENCE else 1
    clear = signs[best] >= enough and [*signs.values()].count(signs[best]) == 1
    return best if clear else chat
