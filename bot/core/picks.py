"""The answer to "which film?": a number, an ordinal or a name, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.films import Film

_ORDINALS = (
    "first primero primera primer premier première erste ersten erster erstes primeiro primeira первый первая первое первую",
    "second segundo segunda deuxième seconde zweite zweiten zweiter zweites второй вторая второе вторую",
    "third tercero tercera tercer troisième dritte dritten dritter drittes terceiro terceira третий третья третье третью",
    "fourth cuarto cuarta quatrième vierte vierten vierter viertes quarto quarta четвертый четвертая четвертое четвертую",
    "fifth quinto quinta cinquième fünfte fünften fünfter fünftes пятый пятая пятое пятую",
    "sixth sexto sexta sixième sechste sechsten sechster sechstes шестой шестая шестое шестую",
    "seventh séptimo séptima septième siebte siebten siebter siebtes sétimo sétima седьмой седьмая седьмое седьмую",
    "eighth octavo octava huitième achte achten achter achtes oitavo oitava восьмой восьмая восьмое восьмую",
    "ninth noveno novena neuvième neunte neunten neunter neuntes nono nona девятый девятая девятое девятую",
    "tenth décimo décima dixième zehnte zehnten zehnter zehntes десятый десятая десятое десятую",
)
_PLACES = {word: place for place, words in enumerate(_ORDINALS, 1) for word in words.split()}
_LAST = frozenset(
    "last último última dernier dernière letzte letzten letzter letztes последний последняя последнее".split()
)
_FILLING = frozenset(
    "the a one film video reel movie clip photo picture number no nr please thanks just only that this i mean it is it's"
    " el la lo le l o os das der die den bitte por favor s'il te vous plaît número numéro nummer vídeo vidéo filme"
    " пожалуйста номер видео фильм".split()
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
    words = [word for word in _WORDS.findall(said) if word not in _FILLING]
    if len(words) != 1:
        return 0
    if round_number := _ROUND.fullmatch(words[0]):
        return int(round_number[1])
    return -1 if words[0] in _LAST else _PLACES.get(words[0], 0)


def _number(sign: str) -> int:
    if sign in _HAN:
        return _HAN.index(sign) + 1
    return 2 if sign in "两兩" else int(sign)
