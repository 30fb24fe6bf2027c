"""What distinguishes the moods: tempo, key, chords and who plays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.studio.film.music import harmony

if TYPE_CHECKING:
    from bot.studio.film.music.harmony import Scale, Verse
    from bot.studio.film.music.instruments import Bass, Keys, Lead

Rhythm = Literal["brushed", "four", "heartbeat", "taiko", "drive", "boombap", "island"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """A kind of music.

    `tonic` is a MIDI pitch; `keys`, `lead`, `bass` and `rhythm` name instruments and patterns; levels are in dB.
    `swing` is where the second half of a beat begins, 0.5 for straight; `final` the last chord's tones above the tonic.
    `top` is the highest frequency that is left at full strength, in Hz.
    """

    bpm: float
    tonic: int
    scale: Scale
    verses: tuple[Verse, ...]
    chorus: Verse
    final: tuple[int, ...]
    keys: Keys
    lead: Lead
    bass: Bass
    rhythm: Rhythm
    keys_db: float
    pad_db: float
    bass_db: float
    drums_db: float
    lead_db: float
    duck_db: float
    reverb_s: float
    brightness: float
    swing: float = 0.5
    top: float | None = None

    @property
    def beat(self) -> float:
        """Length of a beat in seconds."""
        return 60 / self.bpm


_OPEN = (0, 7, 12, 14, 19)

MOODS: dict[str, Mood] = {
    "warm": Mood(
        bpm=92,
        tonic=62,
        scale=harmony.MAJOR,
        verses=harmony.WARM_VERSES,
        chorus=harmony.WARM_CHORUS,
        final=_OPEN,
        keys="piano",
        lead="bell",
        bass="electric_bass",
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
        scale=harmony.MAJOR,
        verses=harmony.UPBEAT_VERSES,
        chorus=harmony.UPBEAT_CHORUS,
        final=(0, 7, 12, 16, 19),
        keys="pluck",
        lead="bell",
        bass="electric_bass",
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
        scale=harmony.MAJOR,
        verses=harmony.CALM_VERSES,
        chorus=harmony.CALM_CHORUS,
        final=_OPEN,
        keys="rhodes",
        lead="bell",
        bass="electric_bass",
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
    "cinematic": Mood(
        bpm=84,
        tonic=62,
        scale=harmony.MINOR,
        verses=harmony.CINEMATIC_VERSES,
        chorus=harmony.CINEMATIC_CHORUS,
        final=(0, 7, 12, 15, 19),
        keys="spiccato",
        lead="horn",
        bass="double_basses",
        rhythm="taiko",
        keys_db=-8,
        pad_db=-11,
        bass_db=-12,
        drums_db=-8,
        lead_db=-14,
        duck_db=1,
        reverb_s=3.2,
        brightness=0.7,
    ),
    "drive": Mood(
        bpm=126,
        tonic=57,
        scale=harmony.MINOR,
        verses=harmony.DRIVE_VERSES,
        chorus=harmony.DRIVE_CHORUS,
        final=(0, 7, 12, 15, 19),
        keys="synth",
        lead="saw_lead",
        bass="synth_bass",
        rhythm="drive",
        keys_db=-16,
        pad_db=-17,
        bass_db=-10,
        drums_db=-8,
        lead_db=-20,
        duck_db=8,
        reverb_s=1.8,
        brightness=0.8,
    ),
    "lofi": Mood(
        bpm=80,
        tonic=63,
        scale=harmony.MAJOR,
        verses=harmony.LOFI_VERSES,
        chorus=harmony.LOFI_CHORUS,
        final=(0, 4, 7, 11, 14),
        keys="rhodes",
        lead="vibes",
        bass="electric_bass",
        rhythm="boombap",
        keys_db=-11,
        pad_db=-24,
        bass_db=-13,
        drums_db=-6,
        lead_db=-17,
        duck_db=3,
        reverb_s=1.2,
        brightness=0.2,
        swing=0.61,
        top=5500,
    ),
    "playful": Mood(
        bpm=106,
        tonic=60,
        scale=harmony.MAJOR,
        verses=harmony.PLAYFUL_VERSES,
        chorus=harmony.PLAYFUL_CHORUS,
        final=(0, 7, 12, 16, 21),
        keys="marimba",
        lead="whistle",
        bass="electric_bass",
        rhythm="island",
        keys_db=-12,
        pad_db=-24,
        bass_db=-13,
        drums_db=-9,
        lead_db=-16,
        duck_db=1.5,
        reverb_s=1.1,
        brightness=0.7,
        swing=0.54,
    ),
}
"""Every mood that a draft may name."""


def beats(mood: str) -> float:
    """Milliseconds from beat to beat; the first beat of a film's music is at 0."""
    return MOODS[mood].beat * 1000
