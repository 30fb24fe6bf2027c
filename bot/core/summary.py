"""A timeline in words: the documented one-line form."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.core.changes import Change, changes, seconds

if TYPE_CHECKING:
    from bot.core.timeline import Timeline, Track

__all__ = ["Change", "changes", "seconds", "summarise"]

LISTED_TRACKS = 12
LISTED_SEGMENTS = 6
LENGTH_LIMIT = 4_000
"""UTF-16 units, the unit in which platforms count; a message may have 4,096."""

_NAMES = {"video": "Video", "audio": "BGM", "text": "Title"}
_FORGERY = re.compile(
    r"(\d+)\s*[.．。)]\s*(video|bgm|title|audio|text|music|track(?:\s+type\s+\d+)?|timeline)\s*[:：]"
    r"|(timeline)\s*[(（]([^)）]*)[)）]\s*[:：]",
    re.IGNORECASE,
)
"""What a label must not contain, since that is how entries of this form begin."""


def summarise(timeline: Timeline) -> str:
    """The documented form, in English and unescaped: one line, shorter than a message may be.

    `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`
    """
    count = len(timeline.tracks) + timeline.more_tracks
    line = f"Timeline ({count} {'track' if count == 1 else 'tracks'}):"
    listed = 0
    for track in timeline.tracks[:LISTED_TRACKS]:
        longer = f"{line} {listed + 1}. {_track(track)}"
        if len(longer.encode("utf-16-le")) // 2 > LENGTH_LIMIT:
            break
        line = longer
        listed += 1
    if listed < count:
        return f"{line} … {count - listed} more"
    return line if count else f"{line} empty"


def _track(track: Track) -> str:
    name = _NAMES.get(track.kind) or ("Track" if track.number is None else f"Track type {track.number}")
    volume = "" if track.volume is None else f", {round(track.volume * 100)}%"
    if not track.segments:
        return f"{name}: empty"
    labels = list(dict.fromkeys(segment.label for segment in track.segments))
    if len(labels) == 1:
        start, end = track.segments[0].start, track.end
        return f"{name}: {_shown(track, labels[0])} ({_span(start, end)}{volume})"
    shown = [
        f"{_shown(track, segment.label)} ({_span(segment.start, segment.end)}{volume})"
        for segment in track.segments[:LISTED_SEGMENTS]
    ]
    hidden = len(track.segments) - len(shown)
    return f"{name}: " + ", ".join([*shown, *([f"… {hidden} more"] if hidden else [])])


def _shown(track: Track, label: str) -> str:
    """A label that cannot pass for an entry of the list."""
    if not label:
        return "untitled"
    plain = unicodedata.normalize("NFKC", label)  # full-width letters read like others
    harmless = _FORGERY.sub(lambda hit: " ".join(part for part in hit.groups() if part), plain)
    harmless = label if harmless == plain else harmless
    quoted = track.kind == "text" or harmless != label
    return f'"{harmless.replace(chr(34), chr(39))}"' if quoted else harmless


def _span(start: int, end: int) -> str:
    return f"{seconds(start)}-{seconds(end)}s"
