"""Who may do what in a group, and how often: chosen by its admins, the same on every platform."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Deed(StrEnum):
    """What can be reserved."""

    START = "start"
    SPEND = "spend"
    STOP = "stop"


class Who(StrEnum):
    """For whom."""

    EVERYONE = "everyone"
    REQUESTER = "requester"
    """Who began the collection, or asked for the film in question; admins too."""
    ADMINS = "admins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A chat's choices."""

    start: Who = Who.EVERYONE
    spend: Who = Who.EVERYONE
    stop: Who = Who.EVERYONE
    cap: int = 0
    """Most films and changes in a day (UTC); 0 for no limit."""

    def of(self, deed: Deed) -> Who:
        """Who may do it."""
        return {Deed.START: self.start, Deed.SPEND: self.spend, Deed.STOP: self.stop}[deed]


_WHO = {
    Who.EVERYONE: ("everyone", "everybody", "all", "所有人", "大家"),
    Who.REQUESTER: ("requester", "starter", "发起人", "發起人"),
    Who.ADMINS: ("admins", "admin", "管理员", "管理員"),
}
_DEEDS = {
    Deed.START: ("start", "开始", "開始"),
    Deed.SPEND: ("spend", "make", "制作", "製作"),
    Deed.STOP: ("stop", "停止"),
}
_CAP = re.compile(r"(?:cap|limit|上限)\D{0,12}(\d{1,3})|(?:no|without) (?:cap|limit)|(不限)", re.IGNORECASE)


def changed(rules: Rules, words: str) -> Rules | None:
    """The rules after words such as "spend admins" or "cap 3"; None when they change nothing that is known."""
    if match := _CAP.search(words):
        return replace(rules, cap=int(match[1] or 0))
    said = frozenset(words.lower().split())
    deed = next((deed for deed, names in _DEEDS.items() if said.intersection(names)), None)
    who = next((who for who, names in _WHO.items() if said.intersection(names)), None)
    if deed is None or who is None:
        return None
    if deed is Deed.START:
        return replace(rules, start=who)
    return replace(rules, spend=who) if deed is Deed.SPEND else replace(rules, stop=who)


def may(who: Who, *, person: str, requester: str, admin: bool) -> bool:
    """Whether a person may. Before anybody asked for anything there is no requester: then only admins may."""
    if who is Who.EVERYONE or admin:
        return True
    return who is Who.REQUESTER and person == requester != ""
