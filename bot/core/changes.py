"""What a person would notice between two states of a timeline.

Which sentence a fact becomes is the catalogue's business: changes are message keys with parameters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.timeline import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.timeline import Timeline, Track

TOLD = 6
"""Changes that are told; the rest is counted."""
NAMED_SHOTS = 3
"""Shots of one kind of change that are named; more are counted."""
_UNNAMED = {"audio": "BGM", "text": "…"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: a key of the catalogue's `change.*` and what fills it."""

    key: str
    params: dict[str, str | float]


def seconds(milliseconds: int) -> str:
    """`10`, `2.5`: seconds with at most one decimal."""
    return f"{milliseconds / 1000:.1f}".removesuffix(".0")


def _lasting(milliseconds: int) -> float:
    """Seconds as a number: the catalogue writes it as its language does."""
    return milliseconds / 1000


def changes(before: Timeline, after: Timeline) -> tuple[Change, ...]:
    """The differences, most important first. Empty exactly when the drafts are equal."""
    if before.fingerprint == after.fingerprint:
        return ()
    if not before.ready and after.ready:
        count = sum(len(track.segments) for track in after.tracks if track.kind == "video")
        return (Change(key="change.created", params={"seconds": _lasting(after.length), "count": count}),)
    if before.ready and not after.ready:
        return (Change(key="change.emptied", params={}),)
    found = [
        *_canvas(before, after),
        *_length(before, after),
        *_shots(before, after),
        *_stretches(before, after, "text"),
        *_stretches(before, after, "audio"),
        *_volume(before, after),
    ]
    if len(found) > TOLD:
        rest = len(found) - TOLD
        return (*found[:TOLD], Change(key="change.more", params={"count": rest}))
    return tuple(found) or (Change(key="change.details", params={}),)


def _canvas(before: Timeline, after: Timeline) -> Iterator[Change]:
    if not after.width or not after.height or (before.width, before.height) == (after.width, after.height):
        return
    size: dict[str, str | float] = {"width": str(after.width), "height": str(after.height)}
    if before.width and before.height:
        old: dict[str, str | float] = {"old_width": str(before.width), "old_height": str(before.height)}
        yield Change(key="change.canvas", params=size | old)
    else:
        yield Change(key="change.canvas_set", params=size)


def _length(before: Timeline, after: Timeline) -> Iterator[Change]:
    if before.length != after.length:
        yield Change(key="change.length", params={"old": _lasting(before.length), "new": _lasting(after.length)})


def _shots(before: Timeline, after: Timeline) -> Iterator[Change]:
    old, new = _segments(before, "video"), _segments(after, "video")
    gone, _ = _parted(old, Counter(shot.label for shot in new))
    come, _ = _parted(new, Counter(shot.label for shot in old))
    named = all(shot.label for shot in (*gone, *come)) and max(len(gone), len(come)) <= NAMED_SHOTS
    if (gone or come) and not named:
        if len(old) != len(new):
            yield Change(key="change.shots", params={"old": len(old), "new": len(new)})
        else:
            yield Change(key="change.shots_exchanged", params={"count": len(come)})
    elif len(gone) == len(come) == 1:
        yield Change(key="change.shot_replaced", params={"old": gone[0].label, "new": come[0].label, **_span(come[0])})
    elif gone or come:
        yield from (Change(key="change.shot_removed", params={"name": shot.label, **_span(shot)}) for shot in gone)
        yield from (Change(key="change.shot_added", params={"name": shot.label, **_span(shot)}) for shot in come)
    elif [shot.label for shot in old] != [shot.label for shot in new]:
        yield Change(key="change.order", params={"old": _list_of(old), "new": _list_of(new)})
    else:
        yield from _retimed(old, new)


def _retimed(old: list[Segment], new: list[Segment]) -> Iterator[Change]:
    pairs = [(was, now) for was, now in zip(old, new, strict=True) if was.end - was.start != now.end - now.start]
    if len(pairs) > NAMED_SHOTS or not all(now.label for _, now in pairs):
        yield Change(key="change.shots_retimed", params={"count": len(pairs)})
        return
    for was, now in pairs:
        lengths = {"old": _lasting(was.end - was.start), "new": _lasting(now.end - now.start)}
        yield Change(key="change.shot_length", params={"name": now.label, **lengths})


def _stretches(before: Timeline, after: Timeline, kind: str) -> Iterator[Change]:
    """Titles or music: replaced, removed, added, or at another time."""
    old, new = _merged(before, kind), _merged(after, kind)
    same = Counter(old) & Counter(new)
    old, new = _unmatched(old, same), _unmatched(new, same)
    gone, stayed = _parted(old, Counter(one.label for one in new))
    come, moved = _parted(new, Counter(one.label for one in old))
    if len(gone) == len(come) == 1:
        names = {"old": gone[0].label or _UNNAMED[kind], "new": come[0].label or _UNNAMED[kind]}
        yield Change(key=f"change.{kind}_replaced", params={**names, **_span(come[0])})
    else:
        for one in gone:
            yield Change(key=f"change.{kind}_removed", params={"name": one.label or _UNNAMED[kind], **_span(one)})
        for one in come:
            yield Change(key=f"change.{kind}_added", params={"name": one.label or _UNNAMED[kind], **_span(one)})
    for was, now in zip(
        *(sorted(side, key=lambda one: (one.label, one.start)) for side in (stayed, moved)), strict=True
    ):
        past = {"old_start": _lasting(was.start), "old_end": _lasting(was.end)}
        yield Change(key=f"change.{kind}_moved", params={"name": now.label or _UNNAMED[kind], **_span(now), **past})


def _volume(before: Timeline, after: Timeline) -> Iterator[Change]:
    old, new = _volumes(before), _volumes(after)
    for name in new:
        if name in old and round(old[name] * 100) != round(new[name] * 100):
            yield Change(
                key="change.audio_volume",
                params={"name": name, "old": round(old[name] * 100), "new": round(new[name] * 100)},
            )


def _volumes(timeline: Timeline) -> dict[str, float]:
    """By name; full where the draft does not say."""
    tracks = [track for track in timeline.tracks if track.kind == "audio" and track.segments]
    return {
        track.segments[0].label or _UNNAMED["audio"]: 1.0 if track.volume is None else track.volume for track in tracks
    }


def _segments(timeline: Timeline, kind: str) -> list[Segment]:
    return [segment for track in timeline.tracks if track.kind == kind for segment in track.segments]


def _merged(timeline: Timeline, kind: str) -> list[Segment]:
    """The stretches of a kind, a loop that follows itself as one."""
    return [stretch for track in timeline.tracks if track.kind == kind for stretch in _joined(track)]


def _joined(track: Track) -> list[Segment]:
    joined: list[Segment] = []
    for segment in track.segments:
        if joined and joined[-1].label == segment.label and joined[-1].end == segment.start:
            joined[-1] = Segment(label=segment.label, start=joined[-1].start, end=segment.end)
        else:
            joined.append(segment)
    return joined


def _parted(segments: list[Segment], labels: Counter[str]) -> tuple[list[Segment], list[Segment]]:
    """The segments whose label is not among these, and the others; each label there answers for one segment."""
    without: list[Segment] = []
    among: list[Segment] = []
    for segment in segments:
        (among if labels[segment.label] > 0 else without).append(segment)
        labels[segment.label] -= 1
    return without, among


def _unmatched(segments: list[Segment], same: Counter[Segment]) -> list[Segment]:
    remaining = same.copy()
    left = []
    for segment in segments:
        if remaining[segment] > 0:
            remaining[segment] -= 1
        else:
            left.append(segment)
    return left


def _span(segment: Segment) -> dict[str, float]:
    return {"start": _lasting(segment.start), "end": _lasting(segment.end)}


def _list_of(shots: list[Segment]) -> str:
    names = [shot.label or "…" for shot in shots[:5]]
    return ", ".join(names) + (" …" if len(shots) > len(names) else "")
