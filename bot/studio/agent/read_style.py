"""Music, volume, the clips' own sound, transitions, temper."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import Operation, SetClipSound, SetMusic, SetPace, SetTransition, SetVolume
from bot.studio.agent.text import Message

if TYPE_CHECKING:
    from bot.studio.agent.recipe import ClipSound

_MUSIC = table("music")
_OTHER_MUSIC = table("music_other")["all"]
_CLIP_SOUND = table("clip_sound")
_ONLY_OWN = table("only_own_sound")["all"]
_VOLUME = table("volume")
_TEMPER = table("temper")
_PLAIN = table("transition")
_NAMED = table("transition_named")
_SOME_TRANSITIONS = table("transition_some")["all"]

_SHARE = r"(\d{1,3})\s*(?:%|per ?cent)"
_PERCENT = re.compile(
    rf"(?:volume|音量)[^.;!?\d]{{0,15}}{_SHARE}|{_SHARE}[^.;!?]{{0,12}}(?:volume|音量)|(?:music|音乐)[^.;!?\d]{{0,10}}{_SHARE}"
)
_TRANSITION = re.compile(r"\btransitions?\b|转场|过渡|切换")
_CLAUSE = re.compile(r"[,.;!?\n]|(?<![a-z])and(?![a-z])")
_NEAR = 25
_STEP, _LITTLE, _MUCH = 0.3, 0.15, 0.45
_SLIGHTLY = re.compile(r"(?<![a-z])(?:a (?:bit|little|touch|tad)|slightly|somewhat)(?![a-z])|稍微|稍|略")
_MUCH_MORE = re.compile(r"(?<![a-z])(?:much|a lot|way|far)(?![a-z])|很多|得多|大幅")


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about sound, transitions and temper."""
    yield from _clip_sound(message)
    transition = _transition(message)
    temper, volume = [*_temper(message)], [*_volume(message)]
    yield from (*temper, *volume)
    for music in () if temper else _music(message):
        # "music louder" is no wish for music where there is none.
        if not (volume and music.mood == "some" and not music.other):
            yield music
    if transition:
        yield transition


def _temper(message: Message) -> Iterator[Operation]:
    if message.take(_TEMPER["calm"]):
        yield from (SetPace(pace="calm"), SetMusic(mood="calm"))
    elif message.take(_TEMPER["quick"]):
        yield from (SetPace(pace="quick"), SetMusic(mood="upbeat"))


def _volume(message: Message) -> Iterator[Operation]:
    if match := message.take(_PERCENT):
        yield SetVolume(value=min(100, int(next(group for group in match.groups() if group))) / 100)
    elif message.take(_VOLUME["half"]):
        yield SetVolume(value=0.5)
    else:
        for name, sign in (("down", -1), ("up", 1)):
            if match := message.take(_VOLUME[name]):
                yield SetVolume(step=sign * _step(message.folded, match))
                return


def _step(text: str, match: re.Match[str]) -> float:
    """How much by the words before it and in it; half as much again or half of it."""
    before = _CLAUSE.split(text[max(0, match.start() - _NEAR) : match.start()])[-1]
    after = _CLAUSE.split(text[match.end() : match.end() + _NEAR])[0]
    words = f"{before}{match[0]}{after}"
    return _LITTLE if _SLIGHTLY.search(words) else _MUCH if _MUCH_MORE.search(words) else _STEP


def _music(message: Message) -> Iterator[SetMusic]:
    """The first row that matches; the table's order is by how much a word says."""
    other = _OTHER_MUSIC.search(message.folded) is not None
    yield from [SetMusic(mood=mood, other=other) for mood, pattern in _MUSIC.items() if message.take(pattern)][:1]


def _clip_sound(message: Message) -> Iterator[Operation]:
    if message.take(_ONLY_OWN):
        yield from (SetClipSound(sound="keep"), SetMusic(mood="none"))
        return
    for sound, pattern in _CLIP_SOUND.items():
        if message.take(pattern):
            yield SetClipSound(sound=cast("ClipSound", sound))
            return


def _transition(message: Message) -> Operation | None:
    for style, pattern in _PLAIN.items():
        if message.take(pattern):
            return SetTransition(style=style)
    if match := _TRANSITION.search(message.folded):
        # Only the words next to "transition" name its style: "zoom" far away is about something else.
        start = max(0, match.start() - _NEAR)
        near = message.folded[start : match.end() + _NEAR]
        for style, pattern in _NAMED.items():
            if found := pattern.search(near):
                message.blank(start + found.start(), start + found.end())
                message.blank(*match.span())
                return SetTransition(style=style)
    return SetTransition(style="some") if message.take(_SOME_TRANSITIONS) else None
