"""Choosing by the numbers of the contact sheet: "drop 3, 7, start with 5" in plain words, English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST = 999
"""The highest number that words may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is to be different. Numbers are those of the sheet."""

    drop: frozenset[int] = frozenset()
    back: frozenset[int] = frozenset()
    """What was dropped is wanted again."""
    only: frozenset[int] = frozenset()
    """Everything else is dropped."""
    first: tuple[int, ...] = ()
    """What the film begins with, in this order."""
    flip: frozenset[int] = frozenset()
    """What is in is dropped, what was dropped is wanted again."""
    everything: bool = False
    """Nothing is dropped any more, and duplicates are wanted too."""


class _Verb(Enum):
    DROP = auto()
    BACK = auto()
    ONLY = auto()
    FIRST = auto()
    ALL = auto()


_SAID = {
    _Verb.DROP: (
        "drop remove delete skip exclude without except but_not cut omit leave_out take_out leave_off kick_out "
        "not_in get_rid_of 去掉 删掉 刪掉 去除 删除 刪除 拿掉 移除 剔除 除去 不要 不用 扔掉 别用 別用 删去 刪去"
    ),
    _Verb.BACK: (
        "bring_back add_back put_back take_back use_again undrop restore include "
        "加回 放回 恢复 恢復 找回 加回来 加回來 放回来 放回來 还是要 還是要"
    ),
    _Verb.ONLY: (
        "keep_only only_keep only_use use_only keep_just just_keep just_use only keep just "
        "只要 只留 只留下 只保留 只用 保留 留下 只放"
    ),
    _Verb.FIRST: (
        "start_with begin_with open_with start_from begin_from starting_with beginning_with first go_first lead_with "
        "in_front at_the_start at_the_beginning up_front 先放 开头用 開頭用 打头 打頭 开头 開頭 开始 開始 开场 開場 "
        "最前面 最前 放第一 放在最前面 放在最前 放最前面 放最前 放在开头 放在開頭 放在前面 排第一 先是"
    ),
    _Verb.ALL: (
        "use_all use_everything use_them_all use_all_of_them keep_all keep_everything keep_them_all "
        "all_of_them everything all 全部 全都要 全要 都要 全部都要 全部都用 全部使用 全用 都用 全都用 所有 全部保留 "
        "都留 都留着 全留"
    ),
}
_FILLER = (
    "please pls and then also but with the a of to number numbers no nr photo photos picture pictures pic pics clip "
    "clips image images video videos shot shots ones one it film begin start us let's ok okay now "
    "请 請 第 张 張 号 號 个 個 和 与 與 跟 图 圖 照片 图片 圖片 片段 视频 視頻 影片 然后 然後 再 放 "
    "用 那 这 這 些 吧 了 在 来 來 并 並 还有 還有 及 为 為 段 条 條 的 就 先"
)
_ANEW = "put move let 把 将 將 从 從 以"
"""What comes next does not belong to the verb before it."""
_TO = "to until through thru 到 至"
_VERBS = {word.replace("_", " "): verb for verb, words in _SAID.items() for word in words.split()}
_FILLERS = frozenset(_FILLER.split())
_RANGE, _CLAUSE = "to", "anew"
_HAN = "零一二三四五六七八九"


def _any(words: Iterable[str]) -> str:
    """The longest first; Latin words end where a word ends, Chinese ones anywhere."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![a-z'])" if word.isascii() else "") for word in ordered)


_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}两兩]?十[{_HAN}]?|[{_HAN}两兩](?=[张張号號个個段条條、，,到至和与與跟]|$))"
    rf"|(?P<verb>{_any(_VERBS)})"
    r"|(?P<number>\d+)"
    rf"|(?P<to>{_any(_TO.split())}|[-–—~～]|\.\.+)"
    rf"|(?P<anew>{_any(_ANEW.split())})"
    rf"|(?P<filler>{_any(_FILLERS)})"
    r"|(?P<mark>[\s,，、;；.。:：!！#&+/]+)"
)


def read(text: str) -> Choice | None:
    """What words choose; None unless all of them are about that and every verb has what it needs."""
    tokens = _tokens(text.lower().replace("’", "'"))
    return None if tokens is None else _meant(_ranges(tokens))


def chosen(
    numbers: Mapping[int, int], dropped: frozenset[int], lead: Sequence[int], choice: Choice
) -> tuple[frozenset[int], tuple[int, ...], tuple[int, ...]]:
    """Which files are dropped after a choice, which begin the film, and which numbers nobody has.

    `numbers` maps those of the sheet to files; the rest is ids of files.
    """

    def files(named: Iterable[int]) -> frozenset[int]:
        return frozenset(numbers[number] for number in named if number in numbers)

    named = choice.drop | choice.back | choice.only | choice.flip | frozenset(choice.first)
    unknown = tuple(sorted(named - numbers.keys()))
    out = frozenset() if choice.everything else dropped
    if only := files(choice.only):
        out = frozenset(numbers.values()) - only
    out = ((out | files(choice.drop)) - files(choice.back)) ^ files(choice.flip)
    first = tuple(dict.fromkeys(numbers[number] for number in choice.first if number in numbers))
    out -= frozenset(first)
    return out, tuple(file for file in first or lead if file not in out), unknown


Token = int | _Verb | str
"""A number, a verb, the sign of a range, or of a new clause."""
Part = range | _Verb | str | None
"""Numbers, a verb, a new clause; None for a range that makes no sense."""


def _tokens(text: str) -> list[Token] | None:
    """What counts of the words; None when there is a word that no choice needs."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["verb"]:
            found.append(_VERBS[match["verb"]])
        elif match["number"] or match["han"]:
            number = int(match["number"]) if match["number"] else _counted(match["han"])
            if not 0 < number <= MOST:
                return None
            found.append(number)
        elif match["to"] or match["anew"]:
            found.append(_RANGE if match["to"] else _CLAUSE)
    return found


def _counted(han: str) -> int:
    """A Chinese number below a hundred."""
    han = han.replace("两", "二").replace("兩", "二")
    tens, ten, ones = han.partition("十")
    if not ten:
        return _HAN.index(han)
    return (_HAN.index(tens) if tens else 1) * 10 + (_HAN.index(ones) if ones else 0)


def _ranges(tokens: Sequence[Token]) -> Iterator[Part]:
    """Numbers as ranges."""
    at = 0
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1 : at + 3]
        if isinstance(token, int) and len(after) == 2 and after[0] == _RANGE and isinstance(last := after[1], int):
            yield range(token, last + 1) if token <= last else None
            at += 3
        elif isinstance(token, int):
            yield range(token, token + 1)
            at += 1
        else:
            yield None if token == _RANGE else token
            at += 1


def _meant(parts: Iterable[Part]) -> Choice | None:
    """Numbers belong to the verb before them; those before the first verb to that one ("5 first", "把5放最前面")."""
    named: dict[_Verb, list[int]] = {}
    verb: _Verb | None = None
    waiting: list[int] = []
    for part in parts:
        if isinstance(part, range):
            (waiting if verb is None else named[verb]).extend(part)
        elif isinstance(part, _Verb):
            named.setdefault(part, []).extend(waiting)
            verb = None if waiting or part is _Verb.ALL else part
            waiting = []
        elif part == _CLAUSE and not waiting:
            verb = None
        else:
            return None
    whole = not waiting and all(bool(numbers) is not (verb is _Verb.ALL) for verb, numbers in named.items())
    return _choice(named) if named and whole else None


def _choice(named: Mapping[_Verb, Sequence[int]]) -> Choice | None:
    drop, only = frozenset(named.get(_Verb.DROP, ())), frozenset(named.get(_Verb.ONLY, ()))
    if only and (drop or _Verb.ALL in named):
        return None
    return Choice(
        drop=drop,
        back=frozenset(named.get(_Verb.BACK, ())),
        only=only,
        first=tuple(dict.fromkeys(named.get(_Verb.FIRST, ()))),
        everything=_Verb.ALL in named,
    )
