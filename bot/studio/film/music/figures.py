"""How chords are broken up, and what the bass and the melody do in a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.studio.film.music.instruments import Keys
    from bot.studio.film.music.moods import Rhythm

Step = int | tuple[int, ...] | None
"""One step of a bar: a tone of the voicing by number, several at once, or a rest."""

FIGURES: dict[Keys, tuple[tuple[Step, ...], ...]] = {
    "piano": (
        (0, 2, 1, 3, 2, 1, 3, 2),
        (0, 1, 2, 3, 2, 3, 1, 2),
        (0, 2, 3, 2, 1, 2, 3, None),
    ),
    "pluck": (
        (0, None, 2, 1, None, 3, 2, 1, 0, None, 2, 3, None, 1, 2, 3),
        (0, 2, 3, None, 2, 3, None, 2, 1, 2, 3, None, 2, 3, 2, None),
        (0, None, 1, 2, 3, None, 2, None, 0, None, 1, 2, 3, None, 2, 1),
    ),
    "rhodes": (
        (0, None, 1, None, 2, None, 3, None),
        (0, None, None, 2, 1, None, 3, None),
        (0, 1, 2, 3, None, None, 2, None),
    ),
    "spiccato": (
        (0, 1, 0, 2, 0, 1, 0, 2, 0, 1, 0, 3, 0, 2, 0, 1),
        (0, None, 1, 1, 2, None, 1, 1, 0, None, 1, 1, 3, None, 2, 1),
        (0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 2, 0, 3, 2, 1),
    ),
    "synth": (
        (0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3),
        (0, 2, 1, 3, 0, 2, 1, 3, 0, 2, 1, 3, 0, 2, 3, 1),
        (0, None, 3, 2, None, 1, 3, None, 0, None, 3, 2, None, 1, 2, 3),
    ),
    "marimba": (
        (0, None, 2, None, 1, None, 3, 2, None, 1, None, 3, 2, None, 1, None),
        ((0, 2), None, None, (1, 3), None, None, (0, 2), None, (1, 3), None, None, (0, 2), None, 3, 2, 1),
        (0, 2, None, 3, None, 2, 1, None, 0, 2, None, 3, None, 2, 3, None),
    ),
}
COMPING: tuple[tuple[Step, ...], ...] = (
    ((0, 1, 2, 3), None, None, (1, 2, 3), None, None, (1, 2), None),
    ((0, 1), (2, 3), None, None, (0, 1, 2, 3), None, None, 3),
    (None, (0, 1, 2, 3), None, None, (0, 1, 2), None, 3, 2),
)
"""Chords at once, for the grooves that are comped."""

NOTE_BEATS: dict[Keys, float] = {
    "piano": 2.2,
    "pluck": 0.9,
    "rhodes": 2.2,
    "spiccato": 0.5,
    "synth": 0.6,
    "marimba": 1.5,
}
"""How long a note of a figure sounds."""

BassLine = tuple[tuple[float, float, int], ...]
"""Beat, length in beats, semitones above the root."""

_HELD: BassLine = ((0, 3.6, 0),)
_MAIN: dict[Rhythm, BassLine] = {
    "brushed": ((0, 1.4, 0), (1.5, 0.5, 0), (2, 1.3, 0), (3.5, 0.45, 12)),
    "four": tuple((half / 2, 0.42, 12 if half % 4 == 3 else 0) for half in range(8)),
    "heartbeat": _HELD,
    "taiko": ((0, 1.9, 0), (2, 0.9, 0), (3, 0.9, 0)),
    "drive": tuple((step / 4, 0.22, 12 if step % 8 == 6 else 0) for step in range(16) if step % 4),
    "boombap": ((0, 1.2, 0), (1.5, 0.45, 7), (2.5, 0.9, 0), (3.5, 0.4, 12)),
    "island": ((0, 0.6, 0), (1.5, 0.4, 7), (2, 0.6, 0), (3, 0.35, 7), (3.5, 0.35, 12)),
}
_ELSE: dict[Rhythm, BassLine] = {
    "brushed": ((0, 1.4, 0), (1.5, 0.5, 0), (2, 1.3, 0), (3.5, 0.45, 0)),
    "four": ((0, 0.9, 0), (1.5, 0.45, 0), (2.5, 0.9, 0), (3.5, 0.4, 0)),
    "heartbeat": _HELD,
    "taiko": _HELD,
    "drive": tuple((half / 2, 0.4, 0) for half in range(8)),
    "boombap": ((0, 1.9, 0), (2.5, 1.2, 0)),
    "island": ((0, 0.8, 0), (2, 0.6, 0), (3.5, 0.35, 7)),
}


def bass_line(rhythm: Rhythm, part: str) -> BassLine:
    """What the bass plays in a bar of this part."""
    if part in {"break", "outro"}:
        return _HELD
    return (_MAIN if part == "main" else _ELSE)[rhythm]


MELODIES: dict[Rhythm, tuple[tuple[float, ...], ...]] = {
    "brushed": ((0, 1.5, 3), (0.5, 1.5, 2, 3.5), (0, 2.5)),
    "four": ((0, 0.75, 1.5, 2.5), (0, 1.5, 2, 3), (0.5, 1, 2, 3.5)),
    "heartbeat": ((0, 2), (1, 3), (0, 2.5)),
    "taiko": ((0, 3), (0, 2), (0, 1.5, 2)),
    "drive": ((0, 0.75, 1.5, 3), (0, 1.5, 2.5, 3.5), (0.5, 1.5, 2)),
    "boombap": ((0.5, 1, 2.5), (0, 1.5, 2, 3.5), (1, 1.5, 3)),
    "island": ((0, 0.5, 1.5, 2, 3), (0, 0.75, 1.5, 2.5), (0.5, 1, 1.5, 3)),
}
"""When the notes of a bar of melody begin."""
