"""The score: from mood, seed and form to notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from bot.studio.film.music.figures import COMPING, FIGURES, MELODIES, NOTE_BEATS, bass_line
from bot.studio.film.music.rhythms import SOFT, strokes

if TYPE_CHECKING:
    from bot.studio.film.music.form import Section
    from bot.studio.film.music.harmony import Chord, Verse
    from bot.studio.film.music.moods import Mood

Voice = Literal["keys", "pad", "strings", "bass", "lead", "drums"]

_BAR = 4
_SHORT = frozenset({"pluck", "spiccato", "synth", "marimba"})  # these have no low note held beneath them
_DYNAMICS = {"intro": 0.7, "build": 0.85, "outro": 0.8}
_LAST_STROKES = {"heartbeat": None, "boombap": "thump", "taiko": "taiko"}


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
        # Not drawn but counted, so that neighbouring seeds never have the same chords.
        self._verse = mood.verses[seed % len(mood.verses)]
        self._chorus = _turned(mood.chorus, mood.verses[(seed + 1) % len(mood.verses)], seed)
        figures = COMPING if mood.rhythm == "boombap" else FIGURES[mood.keys]
        self._figure = figures[int(self._rng.integers(len(figures)))]
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
            notes += [replace(note, beat=note.beat + start) for note in written if note.beat < beats]
        return notes

    def _chord(self, section: Section, bar: int) -> Chord:
        if section.part == "outro":
            return self._mood.chorus[-1]  # the dominant, which wants the final chord
        chords = self._chorus if section.part == "main" else self._verse
        offset = section.bar if section.part == "main" else 0
        return chords[(bar - offset) % len(chords)]

    def _bar(self, section: Section, chord: Chord, bar: int, *, last: bool) -> list[Note]:
        part, mood = section.part, self._mood
        notes = self._keys(chord, part) + self._pad(chord, part)
        if part != "intro":
            notes += self._bass(chord, part)
        if part in {"main", "break"} or (part == "build" and bar % 2):
            notes += self._lead(chord, bar, part)
        notes += [
            Note(voice="drums", beat=beat, length=1, tone=name, loud=loud, pan=pan)
            for beat, name, loud, pan in strokes(mood.rhythm, part, bar - section.bar, last=last, beat=mood.beat)
        ]
        return notes

    def _keys(self, chord: Chord, part: str) -> list[Note]:
        keys = self._mood.keys
        voicing = [self._tonic + note for note in chord.notes]
        notes = []
        for step, played in enumerate(self._figure):
            if played is None:
                continue
            accent = 1.0 if step == 0 else 0.85 if step % 4 == 0 else 0.68
            loud = accent * _DYNAMICS.get(part, 1.0) * float(self._rng.uniform(0.88, 1.06))
            beat, length = step * _BAR / len(self._figure), NOTE_BEATS[keys]
            tones = (played,) if isinstance(played, int) else played
            for index in tones:
                pan, share = (index - 1.5) * 0.16, loud / len(tones) ** 0.5
                notes.append(Note(voice="keys", beat=beat, length=length, tone=voicing[index], loud=share, pan=pan))
        if keys not in _SHORT:
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
        return [
            Note(voice="bass", beat=beat, length=length, tone=root + up, loud=1.0 if beat == 0 else 0.8)
            for beat, length, up in bass_line(self._mood.rhythm, part)
        ]

    def _make_motif(self) -> list[tuple[float, int]]:
        """Two bars of melody as (beat, step of the scale): a question of few notes that moves mostly by step."""
        rhythms = MELODIES[self._mood.rhythm]
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
            tone = self._tonic + 12 + 12 * (step // 5) + self._mood.scale[step % 5]
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
        chord = [tonic + note for note in self._mood.final]
        notes = [
            Note(voice="keys", beat=0.04 * index, length=8, tone=tone, loud=0.95, pan=(index - 2) * 0.15)
            for index, tone in enumerate(chord)
        ]
        notes += [Note(voice="pad", beat=0, length=7, tone=tone, loud=0.9, pan=0.0) for tone in chord[:4]]
        notes.append(Note(voice="bass", beat=0, length=5, tone=tonic - 24 if tonic >= 57 else tonic - 12, loud=0.9))
        notes.append(Note(voice="lead", beat=0.3, length=4, tone=tonic + 24, loud=0.55, pan=0.2))
        if stroke := _LAST_STROKES.get(self._mood.rhythm, "kick"):
            notes.append(Note(voice="drums", beat=0, length=1, tone=stroke, loud=0.8))
        if self._mood.rhythm not in SOFT:
            notes.append(Note(voice="drums", beat=0, length=1, tone="crash", loud=0.4))
        return notes


def _turned(chorus: Verse, verse: Verse, seed: int) -> Verse:
    """The chorus, or its halves the other way round, or another verse with one of the halves."""
    half = len(chorus) // 2
    orders = (chorus, chorus[half:] + chorus[:half], verse + chorus[half:], verse + chorus[:half])
    return orders[seed % len(orders)]
