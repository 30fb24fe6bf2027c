"""What people ask of a collection: the commands around an event, and the words behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.event import choice
from bot.core.event.dates import moment

if TYPE_CHECKING:
    from datetime import datetime

TITLE_LENGTH = 60


class Ask(StrEnum):
    """What is asked."""

    START = "start"
    CLOSE = "close"
    KEEP = "keep"
    GO = "go"
    ALL = "all"
    WHO = "who"
    JOIN = "join"
    LEAVE = "leave"
    OPT_OUT = "optout"
    OPT_IN = "optin"
    REMOVE = "remove"
    LEFT = "left"
    NAMES = "names"
    NO_NAMES = "no_names"
    RULES = "rules"
    SHEET = "sheet"
    FLIP = "flip"
    CHOOSE = "choose"
    HOW = "how"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One of them."""

    ask: Ask
    title: str = ""
    until: datetime | None = None
    code: str = ""
    words: str = ""
    """Of RULES: what is to hold. Of CHOOSE and FLIP: what is chosen."""


_WORDS = {
    Ask.START: ("start", "begin", "open", "new", "开始", "開始", "发起", "新建"),
    Ask.CLOSE: ("close", "end", "stop", "finish", "关闭", "關閉", "结束", "結束", "截止"),
    Ask.KEEP: ("keep", "继续", "繼續"),
    Ask.GO: ("go", "make", "film", "出片", "制作", "製作"),
    Ask.ALL: ("all", "everything", "全部"),
    Ask.WHO: ("who", "status", "谁", "誰", "名单", "名單"),
    Ask.NAMES: ("names", "署名"),
    Ask.NO_NAMES: ("nonames", "anonymous", "匿名"),
    Ask.RULES: ("allow", "let", "cap", "limit", "no", "允许", "允許", "上限", "不限"),
    Ask.JOIN: ("join", "link", "加入"),
    Ask.LEAVE: ("leave", "退出"),
    Ask.SHEET: ("sheet", "choose", "pick", "numbers", "挑选", "挑選", "选片", "選片", "样片", "樣片"),
    Ask.FLIP: ("flip",),
}
_ASKS = {word: ask for ask, words in _WORDS.items() for word in words}
_COMMANDS = {
    "who": Ask.WHO,
    "join": Ask.JOIN,
    "link": Ask.JOIN,
    "optout": Ask.OPT_OUT,
    "optin": Ask.OPT_IN,
    "remove": Ask.REMOVE,
    "left": Ask.LEFT,
}
COMMANDS = ("event", *_COMMANDS)
"""The commands that are read here."""

_FIRST = re.compile(r"\s*([a-z]+|[^\W\d_a-z]{1,2})(.*)", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"[\"“”„«「『《]([^\"“”„«»「」『』《》]*)[\"“”»」』》]")
_UNTIL = re.compile(
    r"(?:\buntil\b|\btill\b|直到|截至|截止到?|到)\s*(.+?)\s*(?:为止|為止|止)?\s*$", re.IGNORECASE | re.DOTALL
)
_OFF = re.compile(r"\boff\b|\bno\b|关|關|不", re.IGNORECASE)
_DEEP_LINK = re.compile(r"join[_-]([a-z0-9]+)", re.IGNORECASE)
_CODE = re.compile(r"[^A-Z0-9]")


def read(command: str, text: str, now: datetime) -> Order:
    """What a command with its words asks. Words that nobody understands ask how it is done.

    Without a command the words choose among the numbers of a sheet: nothing else comes here so.
    """
    if not command or (command == "event" and chooses(text)):
        return Order(ask=Ask.CHOOSE, words=text.strip())
    if command != "event":
        ask = _COMMANDS[command]
        return Order(ask=ask, code=_code(text) if ask is Ask.JOIN else "")
    match = _FIRST.match(text)
    ask = _ASKS.get(match[1].lower(), Ask.HOW) if match else Ask.HOW
    if match is None or ask is Ask.HOW:
        return Order(ask=ask)
    if ask is Ask.START:
        title, until = _named(match[2], now)
        return Order(ask=ask, title=title, until=until)
    if ask is Ask.NAMES and _OFF.search(match[2]):
        return Order(ask=Ask.NO_NAMES)
    if ask is Ask.FLIP:
        number = match[2].strip()
        return Order(ask=ask, words=number) if number.isdecimal() else Order(ask=Ask.HOW)
    if ask is Ask.RULES:
        return Order(ask=ask, words=text.strip())
    return Order(ask=ask, code=_code(match[2]) if ask is Ask.JOIN else "")


def chooses(text: str) -> bool:
    """Whether words name numbers of a sheet. "All" alone names none: behind the command it asks for a film."""
    meant = choice.read(text)
    return meant is not None and meant != choice.Choice(everything=True)


def asks_for_film(text: str) -> bool:
    """Whether the words behind `/event` want the film now."""
    match = _FIRST.match(text)
    return match is not None and _ASKS.get(match[1].lower()) in {Ask.GO, Ask.ALL} and not chooses(text)


def wants_everything(command: str, text: str) -> bool:
    """Whether nothing is to be left out any more."""
    match = _FIRST.match(text)
    return command == "event" and not chooses(text) and match is not None and _ASKS.get(match[1].lower()) is Ask.ALL


def join_code(text: str) -> str:
    """The code that a deep link carries behind `/start`, or nothing."""
    match = _DEEP_LINK.fullmatch(text.strip())
    return _code(match[1]) if match else ""


def _named(text: str, now: datetime) -> tuple[str, datetime | None]:
    """A title, in quotation marks or not, and until when."""
    quoted = _TITLE.search(text)
    rest = f"{text[: quoted.start()]} {text[quoted.end() :]}" if quoted else text
    until = None
    if (match := _UNTIL.search(rest)) and (until := moment(match[1], now)):
        rest = rest[: match.start()]
    title = quoted[1] if quoted else rest
    return " ".join(title.split())[:TITLE_LENGTH], until


def _code(text: str) -> str:
    return _CODE.sub("", text.upper())[:12]
