"""The form of a piece: which bars are intro, build, main, outro, so that its last chord lands on the last cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["intro", "build", "main", "break", "outro", "final"]

_BAR = 4  # beats
_PHRASE = 4  # bars
_RING_LEAST, _RING_MOST = 1.0, 6.0  # seconds that the last chord may sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Bars that are played alike: from `beat`, for `beats`; `bar` counts from the piece's start."""

    part: Part
    beat: int
    beats: int
    bar: int


def last_beat(total: float, beat: float, last_cut: float | None) -> int:
    """The beat of the final chord: at the last cut if that leaves the chord time to ring out, else near the end."""
    if last_cut is not None and _RING_LEAST <= total - last_cut <= _RING_MOST:
        return round(last_cut / beat)
    room = int(max(0.0, total - 2.5) / beat)
    return room - room % _BAR if room > 2 * _BAR else room


def sections(last: int) -> list[Section]:
    """Divide the beats before the final chord; what does not fill a bar is a pick-up at the beginning.

    Short pieces have fewer parts; long ones breathe: after every two phrases of main comes half a phrase of break.
    """
    pickup, bars = last % _BAR, last // _BAR
    parts: list[tuple[Part, int]] = []
    if bars >= 6:
        intro, outro = max(1, bars // 7), 1
        intro, build = min(intro, _PHRASE), min(max(1, bars // 5), _PHRASE)
        parts = [("intro", intro), ("build", build), *_main(bars - intro - build - outro), ("outro", outro)]
    elif bars >= 3:
        parts = [("intro", 1), ("main", bars - 2), ("outro", 1)]
    elif bars:
        parts = [("build", bars)]
    placed: list[Section] = []
    beat, bar = 0, 0
    if pickup:
        placed.append(Section(part="intro", beat=0, beats=pickup, bar=0))
        beat = pickup
    for part, length in parts:
        placed.append(Section(part=part, beat=beat, beats=length * _BAR, bar=bar))
        beat, bar = beat + length * _BAR, bar + length
    return [*placed, Section(part="final", beat=last, beats=_BAR, bar=bar)]


def _main(bars: int) -> list[tuple[Part, int]]:
    parts: list[tuple[Part, int]] = []
    while bars > 3 * _PHRASE:
        parts += [("main", 2 * _PHRASE), ("break", _PHRASE // 2)]
        bars -= 2 * _PHRASE + _PHRASE // 2
    return [*parts, ("main", bars)]
