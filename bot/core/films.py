"""Which film of a batch words are about: the one they name, else the one that was delivered or spoken of last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_HAN = "一二三四五六七八九十"
_UNITS = r"s\b|secs?\b|seconds?\b|seg\w*|秒|x\b|%|k\b|min\w*|fps\b|p\b|[:.,]\d|个|張|张|段"
_VERBS = "加改换換调調剪要也再变變做导導用配缩縮延太更放发發"
_NAMED = re.compile(
    rf"""
    (?P<quoted>"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|«[^»]*»|《[^》]*》)
    |\b(?:the\ |my\ )?(?P<word>{"|".join(_ORDINALS)}|last|\d{{1,2}}(?:st|nd|rd|th))
        \ (?P<noun>film|video|reel|movie|clip|photo|picture|one)\b(?!\ of\ (?:the|my|a)\b)
    |\b(?P<kind>film|video|reel|movie|clip|photo|picture|number|no\.|v[ií]deo|pel[ií]cula|filme|фильм\w*|видео|ролик\w*)
        \ ?[#№]?(?P<digits>\d{{1,2}})(?![\d\w])(?!\ ?(?:{_UNITS}))
    |^\W*?[#№](?P<hash>\d{{1,2}})(?![\d\w])
    |(?:第(?P<han>[{_HAN}]|\d{{1,2}})(?:个|個|条|條|部|支|张|張)|(?P<tail>最[后後]一[个個条條部支张張]))
        (?:视频|視頻|影片|片子|短片|成片|照片|图片|圖片|(?=$|[，。！!,.\s{_VERBS}]|[短长慢快亮暗]一))
    |(?:视频|視頻|影片|片子|動画|ビデオ|フィルム)\ ?(?P<mark>\d{{1,2}})(?!\d|\ ?(?:{_UNITS}))
    |(?P<count>\d{{1,2}})(?:本目|つ目|番目)(?:の(?:動画|ビデオ|フィルム|作品))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:all of them|them all|both of them|each of them|one of them|the other (?:one|film|video)|which one"
    r"|(?:all|both|each|every)(?: of)?(?: the| my| these)?(?: \w+)? (?:films?|videos?|reels?|movies?))\b"
    r"|(?:所有|全部|每)(?:的)?(?:个|個|条|部)?(?:视频|視頻|影片|片子)|其中一[个個条部]|另外?一[个個条部]",
    re.IGNORECASE,
)
_PIN = re.compile(r"#(?P<number>\d{1,2}) \((?P<name>.{0,200}?)\)(?:: (?P<rest>.*)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film of a batch."""

    number: int
    """From 1."""
    name: str
    """Of the file that it is made of."""
    project: int
    latest: int = 0
    """When it was last delivered or spoken of, as a place in the lane; 0 for never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What words are about."""

    film: Film | None
    """None: it has to be asked."""
    text: str
    """The words without the number, as the editor of that one film understands them."""


def aim(text: str, films: Sequence[Film]) -> Aim:
    """The film of a batch that words are for; `films` are all of them, in order, at least one."""
    if pin := _PIN.match(text):
        known = [film for film in films if (film.number, _plain(film.name)) == (int(pin["number"]), pin["name"])]
        return Aim(film=known[0] if known else None, text=pin["rest"] or "")
    named = {_number(hit, len(films)) for hit in _NAMED.finditer(text) if not hit["quoted"]}
    named |= {film.number for film in films if "." in film.name and film.name.lower() in text.lower()}
    if not named and not _SEVERAL.search(text):
        return Aim(film=max(films, key=lambda film: (film.latest, film.number)), text=text)
    wanted = [film for film in films if film.number in named]
    one = wanted[0] if len(wanted) == len(named) == 1 and not _SEVERAL.search(text) else None
    return Aim(film=one, text=_NAMED.sub(_unnumbered, text) if one else text)


def pinned(film: Film, text: str) -> str:
    """Words of a button that are about this film and no other, whatever is delivered before it is pressed."""
    return f"#{film.number} ({_plain(film.name)})" + (f": {text}" if text else "")


def is_pinned(text: str) -> bool:
    """Whether words name their film as such a button does."""
    return _PIN.match(text) is not None


def unpinned(text: str) -> str:
    """What such a button says, without the film."""
    pin = _PIN.match(text)
    return (pin["rest"] or "") if pin else text


def _plain(name: str) -> str:
    return " ".join(name.split())


def _number(hit: re.Match[str], count: int) -> int:
    if hit["tail"] or (hit["word"] or "").lower() == "last":
        return count
    if word := (hit["word"] or "").lower():
        return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])
    digits = hit["digits"] or hit["hash"] or hit["han"] or hit["mark"] or hit["count"]
    return _HAN.index(digits) + 1 if digits in _HAN else int(digits)


def _unnumbered(hit: re.Match[str]) -> str:
    """The same without the number: the editor of one film knows no second one."""
    if hit["quoted"]:
        return hit[0]
    if hit["word"]:
        return "it" if hit["noun"].lower() == "one" else f"the {hit['noun']}"
    if hit["digits"]:
        return "it" if hit["kind"].lower() in {"number", "no."} else hit["kind"]
    return "it" if hit["hash"] else "この動画" if hit["count"] else "这个视频"
