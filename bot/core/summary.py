"""Timelines in words: the documented one-line form, and what changed between two of them.

Which sentence a fact becomes is the catalogue's business: changes are message keys with parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.timeline import Timeline, Track

LISTED_TRACKS = 12
LISTED_SEGMENTS = 6

_NAMES = {"video": "Video", "audio": "BGM", "text": "Title"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: a key of the catalogue's `change.*` and what fills it."""

    key: str
    params: dict[str, str | float]


def summarise(timeline: Timeline) -> str:
    """The documented form, in English and unescaped.

    `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`
    """
    count = len(timeline.tracks) + timeline.more_tracks
    head = f"Timeline ({count} {'track' if count == 1 else 'tracks'}):"
    lines = [f"{number}. {_track(track)}" for number, track in enumerate(timeline.tracks[:LISTED_TRACKS], 1)]
    hidden = count - len(lines)
    return " ".join([head, *lines, *([f"… {hidden} more"] if hidden else [])])


def seconds(milliseconds: int) -> str:
    """`10`, `2.5`: seconds with at most one decimal."""
    return f"{milliseconds / 1000:.1f}".removesuffix(".0")


def changes(before: Timeline, after: Timeline) -> tuple[Change, ...]:
    """What a person would notice between two states, most important first."""
    found: list[Change] = []
    if not before.ready and after.ready:
        return (Change(key="change.created", params={"seconds": seconds(after.length), "count": _shots(after)}),)
    if (before.width, before.height) != (after.width, after.height) and after.width and after.height:
        found.append(Change(key="change.canvas", params={"width": after.width, "height": after.height}))
    if before.length != after.length:
        found.append(Change(key="change.length", params={"old": seconds(before.length), "new": seconds(after.length)}))
    if _shots(before) != _shots(after):
        found.append(Change(key="change.shots", params={"old": _shots(before), "new": _shots(after)}))
    elif _labels(before, "video") != _labels(after, "video"):
        found.append(Change(key="change.order", params={}))
    found.extend(_named(before, after, "text"))
    found.extend(_named(before, after, "audio"))
    if not found and before.fingerprint != after.fingerprint:
        found.append(Change(key="change.details", params={}))
    return tuple(found)


def _named(before: Timeline, after: Timeline, kind: str) -> list[Change]:
    old, new = _labels(before, kind), _labels(after, kind)
    gone = [label for label in old if label not in new]
    come = [label for label in new if label not in old]
    if len(gone) == len(come) == 1:
        return [Change(key=f"change.{kind}_replaced", params={"old": gone[0], "new": come[0]})]
    return [Change(key=f"change.{kind}_removed", params={"name": label}) for label in gone] + [
        Change(key=f"change.{kind}_added", params={"name": label}) for label in come
    ]


def _labels(timeline: Timeline, kind: str) -> list[str]:
    return [
        segment.label for track in timeline.tracks if track.kind == kind for segment in track.segments if segment.label
    ]


def _shots(timeline: Timeline) -> int:
    return sum(len(track.segments) for track in timeline.tracks if track.kind == "video")


def _track(track: Track) -> str:
    name = _NAMES.get(track.kind) or ("Track" if track.number is None else f"Track type {track.number}")
    volume = "" if track.volume is None else f", {round(track.volume * 100)}%"
    if not track.segments:
        return f"{name}: empty"
    labels = list(dict.fromkeys(segment.label for segment in track.segments if segment.label))
    if len(labels) <= 1:
        first, last = track.segments[0], track.segments[-1]
        return f"{name}: {_quoted(track, labels[0]) if labels else 'untitled'} ({_span(first.start, last.end)}{volume})"
    shown = [
        f"{_quoted(track, segment.label or 'untitled')} ({_span(segment.start, segment.end)}{volume})"
        for segment in track.segments[:LISTED_SEGMENTS]
    ]
    hidden = len(track.segments) - len(shown)
    return f"{name}: " + ", ".join([*shown, *([f"… {hidden} more"] if hidden else [])])


def _quoted(track: Track, label: str) -> str:
    return f'"{label.replace(chr(34), chr(39))}"' if track.kind == "text" else label


def _span(start: int, end: int) -> str:
    return f"{seconds(start)}-{seconds(end)}s"
