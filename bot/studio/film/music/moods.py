"""What distinguishes the moods: tempo, key, chords and who plays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rhythm = Literal["brushed", "four", "heartbeat"]
Keys = Literal["piano", "pluck", "rhodes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chord:
    """One bar's harmony in semitones above the tonic: the bass note and the voicing above it."""

    bass: int
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """A kind of music. `tonic` is a MIDI pitch; `keys`, `rhythm` name instruments and patterns; levels are in dB."""

    bpm: float
    tonic: int
    verses: tuple[tuple[Chord, ...], ...]
    chorus: tuple[Chord, ...]
    keys: Keys
    rhythm: Rhythm
    keys_db: float
    pad_db: float
    bass_db: float
    drums_db: float
    lead_db: float
    duck_db: float
    reverb_s: float
    brightness: float

    @property
    def beat(self) -> float:
        """Length of a beat in seconds."""
        return 60 / self.bpm


def _chord(bass: int, *notes: int) -> Chord:
    return Chord(bass=bass, notes=notes)


_I9, _I = _chord(0, 7, 11, 14, 16), _chord(0, 7, 12, 14, 16)
_V_3, _V = _chord(-1, 7, 11, 14, 19), _chord(-5, 7, 11, 14, 19)
_VI, _VI7 = _chord(-3, 7, 12, 16, 19), _chord(-3, 4, 7, 12, 16)
_IV9, _IV = _chord(-7, 4, 9, 12, 19), _chord(-7, 5, 9, 12, 19)
_II, _III = _chord(-10, 5, 9, 12, 17), _chord(-8, 7, 11, 14, 19)
_I_3, _VSUS = _chord(-8, 7, 12, 14, 16), _chord(-5, 7, 12, 14, 19)

MOODS: dict[str, Mood] = {
    "warm": Mood(
        bpm=92,
        tonic=62,
        verses=((_I9, _V_3, _VI, _IV9), (_I9, _III, _IV9, _I_3), (_VI, _IV9, _I, _V_3)),
        chorus=(_IV, _V, _VI, _I_3, _II, _I_3, _IV, _VSUS),
        keys="piano",
        rhythm="brushed",
        keys_db=-9,
        pad_db=-17,
        bass_db=-13,
        drums_db=-13,
        lead_db=-18,
        duck_db=1.5,
        reverb_s=2.2,
        brightness=0.5,
    ),
    "upbeat": Mood(
        bpm=116,
        tonic=60,
        verses=((_IV, _I, _V, _VI), (_VI7, _IV, _I, _V), (_I, _VI, _IV, _V)),
        chorus=(_IV, _V, _VI, _I, _IV, _V, _I_3, _VSUS),
        keys="pluck",
        rhythm="four",
        keys_db=-11,
        pad_db=-18,
        bass_db=-12,
        drums_db=-9,
        lead_db=-17,
        duck_db=5,
        reverb_s=1.5,
        brightness=0.9,
    ),
    "calm": Mood(
        bpm=72,
        tonic=65,
        verses=((_I9, _III, _IV9, _I_3), (_IV9, _I_3, _II, _I9), (_VI, _I9, _IV9, _I9)),
        chorus=(_IV9, _III, _II, _I9, _VI, _III, _IV9, _VSUS),
        keys="rhodes",
        rhythm="heartbeat",
        keys_db=-10,
        pad_db=-14,
        bass_db=-15,
        drums_db=-19,
        lead_db=-19,
        duck_db=0.5,
        reverb_s=3.4,
        brightness=0.3,
    ),
}
"""Every mood that a draft may name."""


def beats(mood: str) -> float:
    """Milliseconds from beat to beat; the first beat of a film's music is at 0."""
    return MOODS[mood].beat * 1000
