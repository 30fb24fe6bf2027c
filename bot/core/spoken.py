"""A film in a few plain sentences, for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.timeline import Timeline

WORDS_MOST = 5


def spoken(timeline: Timeline) -> list[tuple[str, dict[str, str | float]]]:
    """Sentences of the catalogue with what fills them: shape, length, shots, title, words on screen, sound."""
    told: list[tuple[str, dict[str, str | float]]] = []
    if timeline.length:
        told.append(("spoken.length", {"count": round(timeline.length / 1000, 1)}))
    if timeline.width and timeline.height:
        told.append((_shape(timeline.width, timeline.height), {}))
    if shots := sum(len(track.segments) for track in timeline.tracks if track.kind == "video"):
        told.append(("spoken.shots", {"count": shots}))
    if timeline.title:
        told.append(("spoken.title", {"title": timeline.title}))
    texts = (track.segments for track in timeline.tracks if track.kind == "text")
    words = dict.fromkeys(segment.label for segments in texts for segment in segments if segment.label)
    words.pop(timeline.title, None)
    if words:
        told.append(("spoken.words", {"words": " / ".join(list(words)[:WORDS_MOST])}))
    if any(track.kind == "audio" and track.segments and track.volume != 0 for track in timeline.tracks):
        told.append(("spoken.sound", {}))
    return told


def _shape(width: int, height: int) -> str:
    if width == height:
        return "spoken.square"
    return "spoken.wide" if width > height else "spoken.tall"
