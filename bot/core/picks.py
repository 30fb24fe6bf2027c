"""The answer to "which film?": a number, an ordinal or a name, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.films import Film

_ORDINALS = (
    r"first|primer\w?|premi[eè]re?|erste\w?|primeir\w|перв\w+",
    r"second|segund\w|deuxième|seconde?|zweite\w?|втор\w+",
    r"third|tercer\w?|troisième|dritte\w?|terceir\w|трет\w+",
    r"fourth|cuart\w|quatrième|vierte\w?|quart\w|четверт\w+",
    r"fifth|quint\w|cinquième|fünfte\w?|пят\w+",
    r"sixth|sext\w|sixième|sechste\w?|шест\w+",
    r"seventh|s[eé]ptim\w|septième|siebte\w?|sétim\w|седьм\w+",
    r"eighth|octav\w|huitième|achte\w?|oitav\w|восьм\w+",
    r"ninth|noven\w|neuvième|neunte\w?|non[ao]|девят\w+",
    r"tenth|décim\w|dixième|zehnte\w?|десят\w+",
)
"""In the alphabets of English, Spanish, French, German, Portuguese and Russian, from the first on."""
_PLACES = [re.compile(words) for words in _ORDINALS]
_LAST = re.compile(r"last|últim\w|derni[eè]re?|letzte\w?|последн\w+")
_FILLING = re.compile(
    r"the|a|one|films?|video|reel|movie|clip|photo|picture|number|n[or]|please|thanks|just|only|that|this|i|mean|it|is|it's"
    r"|el|la|lo|le|l|o|das|d[ei][re]|den|bitte|por|favor|s'il|te|vous|plaît|número|numéro|nummer|v[ií]d[eé]o|filme"
    r"|пожалуйста|номер|видео|фильм"
)
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ROUND = re.compile(r"(\d{1,2})(?:st|nd|rd|th|º|ª|er|re|e|ème|me|й|я|е)?")
_HAN = "一二三四五六七八九十"
_SIGNS = re.compile(
    rf"\W*(?:(?P<last>最[后後]一?(?:个|個|条|條|部|支|张|張)?|最後)|第?(?P<number>[{_HAN}两兩]|\d{{1,2}})"
    r"(?:个|個|条|條|部|支|张|張|号|號|番目?|つ目|本目)?)(?:的?(?:视频|視頻|影片|片子|照片|图片|圖片|動画|ビデオ))?"
    r"(?:吧|呀|啊|です|をお願いします|で)?\W*"
)


def picked(text: str, films: Sequence[Film]) -> Film | None:
    """The film that a bare answer names; None when the text is none, or says more than that."""
    said = " ".join(text.split()).casefold()
    by_name = [film for film in films if said in {film.name.casefold(), f"{film.number}. {film.name}".casefold()}]
    if len(by_name) == 1:
        return by_name[0]
    place = _place(unicodedata.normalize("NFKC", said).replace("ё", "е"))
    at = len(films) if place < 0 else place
    return next((film for film in films if film.number == at), None)


def _place(said: str) -> int:
    """From 1, -1 for the last, 0 for none."""
    if signs := _SIGNS.fullmatch(said):
        return -1 if signs["last"] else _number(signs["number"])
    words = [word for word in _WORDS.findall(said) if not _FILLING.fullmatch(word)]
    if len(words) != 1:
        return 0
    if round_number := _ROUND.fullmatch(words[0]):
        return int(round_number[1])
    if _LAST.fullmatch(words[0]):
        return -1
    return next((place for place, known in enumerate(_PLACES, 1) if known.fullmatch(words[0])), 0)


def _number(sign: str) -> int:
    if sign in _HAN:
        return _HAN.index(sign) + 1
    return 2 if sign in "两兩" else int(sign)
