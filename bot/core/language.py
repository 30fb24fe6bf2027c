"""Which of the catalogue's languages to answer in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

DEFAULT = "en"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")


def language_of(text: str, *, hint: str, known: Collection[str]) -> str:
    """The language of a message: what its script shows, else the hint (BCP 47), else English."""
    if "zh" in known and _HAN.search(text) and not _KANA_OR_HANGUL.search(text):
        return "zh"
    primary = hint.replace("_", "-").partition("-")[0].lower()
    if (
        primary == "zh" and len(_LATIN_WORD.findall(text)) >= 3
    ):  # a whole sentence in Latin letters outweighs the locale
        return DEFAULT
    return primary if primary in known else DEFAULT
