"""What the drums play, bar by bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.studio.film.music.form import Part
    from bot.studio.film.music.moods import Rhythm

Stroke = tuple[float, str, float, float]
"""Beat in the bar, drum, loudness 0..1, pan -1..1."""


def strokes(rhythm: Rhythm, part: Part, bar: int, *, last: bool) -> list[Stroke]:
    """One bar of drums; `bar` counts within the part, `last` says that the part ends with it."""
    played = _PLAYERS[rhythm](part, last=last)
    if part == "main" and bar == 0 and rhythm != "heartbeat":
        played.append((0, "crash", 0.32, 0.25))
    if part == "build" and last and rhythm != "heartbeat":
        played.append((4 - _SWELL_BEATS[rhythm], "swell", 0.3, -0.2))
    return played


_SWELL_BEATS: dict[Rhythm, float] = {"brushed": 3.07, "four": 3.87}  # two seconds at the mood's tempo


def _brushed(part: Part, *, last: bool) -> list[Stroke]:
    shaker: list[Stroke] = [(step / 2, "shaker", 0.34 if step % 2 else 0.22, 0.3) for step in range(8)]
    if part == "build":
        return [*shaker, (0, "kick", 0.6, 0), (2, "rim", 0.4, -0.2)]
    if part == "main":
        beat: list[Stroke] = [(0, "kick", 0.85, 0), (1.5, "kick", 0.45, 0), (2.5, "kick", 0.6, 0)]
        beat += [(1, "snare", 0.42, 0), (3, "snare", 0.46, 0)]
        beat += [(step / 2, "hat", 0.3 if step % 2 == 0 else 0.18, -0.25) for step in range(8)]
        fill: list[Stroke] = [(3.5, "snare", 0.28, 0.1), (3.75, "snare", 0.34, 0.1)] if last else []
        return beat + shaker + fill
    if part == "break":
        return [*shaker, (0, "kick", 0.5, 0)]
    return [(0, "kick", 0.5, 0), (2, "rim", 0.25, -0.2)] if part == "outro" else []


def _four(part: Part, *, last: bool) -> list[Stroke]:
    kick: list[Stroke] = [(float(beat), "kick", 0.92, 0) for beat in range(4)]
    if part == "intro":
        return [(float(step), "rim", 0.2, 0.3) for step in range(4)]
    if part == "build":
        claps: list[Stroke] = [(1, "clap", 0.32, 0), (3, "clap", 0.36, 0)]
        roll: list[Stroke] = [(2 + step / 4, "snare", 0.14 + 0.04 * step, 0) for step in range(8)] if last else []
        return [(0, "kick", 0.8, 0), (2, "kick", 0.75, 0), *claps, *_sixteenths(0.16), *roll]
    if part == "main":
        beat: list[Stroke] = [*kick, (1, "clap", 0.5, 0), (3, "clap", 0.54, 0)]
        beat += [(step + 0.5, "open", 0.26, -0.2) for step in range(4)]
        fill: list[Stroke] = (
            [(3.25, "snare", 0.3, 0), (3.5, "snare", 0.36, 0), (3.75, "snare", 0.42, 0)] if last else []
        )
        return beat + _sixteenths(0.2) + fill
    if part == "break":
        return _sixteenths(0.16)
    return [(0, "kick", 0.8, 0), (2, "clap", 0.4, 0)]


def _sixteenths(loud: float) -> list[Stroke]:
    return [(step / 4, "shaker", loud * (1.25 if step % 4 == 2 else 0.7), 0.35) for step in range(16)]


def _heartbeat(part: Part, *, last: bool) -> list[Stroke]:
    if part in {"main", "break"}:
        pulse: list[Stroke] = [(0, "heart", 0.7, 0), (0.75, "heart", 0.4, 0)]
        return (
            pulse
            + [(step + 0.5, "shaker", 0.16, 0.4) for step in range(4)]
            + ([(3.5, "rim", 0.12, -0.3)] if last else [])
        )
    return []


_PLAYERS = {"brushed": _brushed, "four": _four, "heartbeat": _heartbeat}
