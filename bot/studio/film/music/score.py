"""The score: from mood, seed and form to notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from bot.studio.film.music.rhythms import strokes

if TYPE_CHECKING:
    from bot.studio.film.music.form import Section
    from bot.studio.film.music.moods import Chord, Mood

Voice = Literal["keys", "pad", "strings", "bass", "lead", "drums"]

_BAR = 4
_MAJOR = (0, 2, 4, 7, 9)  # the melody keeps to the pentatonic, which agrees with every chord in use


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note. `beat` counts from the section's start, `length` is in beats, `loud` 0..1, `pan` -1 (left) to 1.

    `tone` is a MIDI pitch, or a drum's name.
    """

    voice: Voice
    beat: float
    length: float
    tone: int | str
    loud: float
    pan: float = 0.0


class Composer:
    """Writes the sections of one piece. The same mood and seed give the same piece."""

    def __init__(self, mood: Mood, seed: int) -> None:
        self._mood = mood
        self._rng = np.random.default_rng(abs(seed))
        self._tonic = mood.tonic + int(self._rng.integers(-2, 3))
        self._verse = mood.verses[int(self._rng.integers(len(mood.verses)))]
        self._figure = _FIGURES[mood.keys][int(self._rng.integers(len(_FIGURES[mood.keys])))]
        self._motif = self._make_motif()

    def write(self, section: Section) -> list[Note]:
        """All notes of a section, in no particular order."""
        if section.part == "final":
            return self._final()
        notes: list[Note] = []
        for start in range(0, section.beats, _BAR):
            beats = min(_BAR, section.beats - start)
            bar = section.bar + start // _BAR
            last = start + _BAR >= section.beats
            chord = self._chord(section, bar)
            written = self._bar(section, chord, bar, last=last)
            notes += [_moved(note, start) for note in written if note.beat < beats]
        return notes

    def _chord(self, section: Section, bar: int) -> Chord:
        if section.part == "outro":
            return self._mood.chorus[-1]  # the dominant, which wants the final chord
        chords = self._mood.chorus if section.part == "main" else self._verse
        offset = section.bar if section.part == "main" else 0
        return chords[(bar - offset) % len(chords)]

    def _bar(self, section: Section, chord: Chord, bar: int, *, last: bool) -> list[Note]:
        part = section.part
        notes = self._keys(chord, part) + self._pad(chord, part)
        if part != "intro":
            notes += self._bass(chord, part)
        if part in {"main", "break"} or (part == "build" and bar % 2):
            notes += self._lead(chord, bar, part)
        notes += [
            Note(voice="drums", beat=beat, length=1, tone=name, loud=loud, pan=pan)
            for beat, name, loud, pan in strokes(self._mood.rhythm, part, bar - section.bar, last=last)
        ]
        return notes

    def _keys(self, chord: Chord, part: str) -> list[Note]:
        voicing = [self._tonic + note for note in chord.notes]
        notes = []
        for step, index in enumerate(self._figure):
            if index is None:
                continue
            accent = 1.0 if step == 0 else 0.85 if step % 4 == 0 else 0.68
            loud = accent * (0.8 if part in {"intro", "outro"} else 1.0) * float(self._rng.uniform(0.88, 1.06))
            beat = step * _BAR / len(self._figure)
            length = 2.2 if self._mood.keys != "pluck" else 0.9
            pan = (index - 1.5) * 0.16
            notes.append(Note(voice="keys", beat=beat, length=length, tone=voicing[index], loud=loud, pan=pan))
        if self._mood.keys != "pluck":
            notes.append(Note(voice="keys", beat=0, length=4, tone=self._tonic + chord.bass, loud=0.62))
        return notes

    def _pad(self, chord: Chord, part: str) -> list[Note]:
        loud = {"intro": 0.75, "build": 0.85, "break": 1.0, "outro": 0.9}.get(part, 0.8)
        spread = (-0.5, 0.35, -0.2, 0.55)
        tones = [self._tonic + note for note in chord.notes]
        notes = [
            Note(voice="pad", beat=0, length=_BAR, tone=tone, loud=loud, pan=pan)
            for tone, pan in zip(tones, spread, strict=True)
        ]
        if part == "main":
            notes.append(Note(voice="strings", beat=0, length=_BAR, tone=tones[1] + 12, loud=0.55, pan=0.4))
            notes.append(Note(voice="strings", beat=0, length=_BAR, tone=tones[3], loud=0.5, pan=-0.4))
        return notes

    def _bass(self, chord: Chord, part: str) -> list[Note]:
        root = self._tonic + chord.bass - 12
        root += 12 if root < 33 else 0
        if self._mood.rhythm == "heartbeat" or part in {"break", "outro"}:
            pattern: tuple[tuple[float, float, int], ...] = ((0, 3.6, 0),)
        elif self._mood.rhythm == "brushed":
            pattern = ((0, 1.4, 0), (1.5, 0.5, 0), (2, 1.3, 0), (3.5, 0.45, 12 if part == "main" else 0))
        elif part == "main":
            pattern = tuple((half / 2, 0.42, 12 if half % 4 == 3 else 0) for half in range(8))
        else:
            pattern = ((0, 0.9, 0), (1.5, 0.45, 0), (2.5, 0.9, 0), (3.5, 0.4, 0))
        return [
            Note(voice="bass", beat=beat, length=length, tone=root + up, loud=1.0 if beat == 0 else 0.8)
            for beat, length, up in pattern
        ]

    def _make_motif(self) -> list[tuple[float, int]]:
        """Two bars of melody as (beat, step of the scale): a question of few notes that moves mostly by step."""
        rhythms = {
            "brushed": ((0, 1.5, 3), (0.5, 1.5, 2, 3.5), (0, 2.5)),
            "four": ((0, 0.75, 1.5, 2.5), (0, 1.5, 2, 3), (0.5, 1, 2, 3.5)),
            "heartbeat": ((0, 2), (1, 3), (0, 2.5)),
        }[self._mood.rhythm]
        motif, step = [], int(self._rng.integers(2, 5))
        for bar in range(2):
            for beat in rhythms[int(self._rng.integers(len(rhythms)))]:
                motif.append((bar * _BAR + beat, step))
                step = int(np.clip(step + self._rng.choice([-2, -1, -1, 1, 1, 2]), 0, 7))
        return motif

    def _lead(self, chord: Chord, bar: int, part: str) -> list[Note]:
        half = bar % 2 * _BAR
        loud = 1.0 if part == "main" else 0.7
        notes = []
        for beat, step in self._motif:
            if not half <= beat < half + _BAR:
                continue
            if bar % 4 == 3 and beat - half >= 2:
                continue  # the answer ends early, so that the phrase breathes
            tone = self._tonic + 12 + 12 * (step // 5) + _MAJOR[step % 5]
            if beat == half:
                tone = self._nearest(tone, chord)
            varied = loud * float(self._rng.uniform(0.82, 1.0))
            notes.append(Note(voice="lead", beat=beat - half, length=2, tone=tone, loud=varied, pan=0.15))
        return notes

    def _nearest(self, tone: int, chord: Chord) -> int:
        """The chord's own tone nearest to this one."""
        own = [self._tonic + note + 12 * octave for note in chord.notes for octave in (0, 1)]
        return min(own, key=lambda candidate: abs(candidate - tone))

    def _final(self) -> list[Note]:
        tonic = self._tonic
        chord = [tonic + note for note in (0, 7, 12, 14 if self._mood.keys != "pluck" else 16, 19)]
        notes = [
            Note(voice="keys", beat=0.04 * index, length=8, tone=tone, loud=0.95, pan=(index - 2) * 0.15)
            for index, tone in enumerate(chord)
        ]
        notes += [Note(voice="pad", beat=0, length=7, tone=tone, loud=0.9, pan=0.0) for tone in chord[:4]]
        notes.append(Note(voice="bass", beat=0, length=5, tone=tonic - 24 if tonic >= 57 else tonic - 12, loud=0.9))
        notes.append(Note(voice="lead", beat=0.3, length=4, tone=tonic + 24, loud=0.55, pan=0.2))
        if self._mood.rhythm != "heartbeat":
            notes.append(Note(voice="drums", beat=0, length=1, tone="kick", loud=0.8))
            notes.append(Note(voice="drums", beat=0, length=1, tone="crash", loud=0.4))
        return notes


def _moved(note: Note, beats: float) -> Note:
    return Note(
        voice=note.voice, beat=note.beat + beats, length=note.length, tone=note.tone, loud=note.loud, pan=note.pan
    )


_FIGURES: dict[str, tuple[tuple[int | None, ...], ...]] = {
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
}
