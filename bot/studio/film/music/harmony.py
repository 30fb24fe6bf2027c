"""Chords and scales, in semitones above the tonic."""

from __future__ import annotations

from dataclasses import dataclass

Scale = tuple[int, int, int, int, int]

MAJOR: Scale = (0, 2, 4, 7, 9)
MINOR: Scale = (0, 3, 5, 7, 10)
"""Melodies keep to five tones, which agree with every chord in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chord:
    """One bar's harmony: the bass note and the voicing above it, four tones from low to high."""

    bass: int
    notes: tuple[int, int, int, int]


def _chord(bass: int, *notes: int) -> Chord:
    first, second, third, fourth = notes
    return Chord(bass=bass, notes=(first, second, third, fourth))


Verse = tuple[Chord, ...]

# Major, plain and with added ninths: degrees as upper case, the bass of an inversion after the bar.
_I9, _I = _chord(0, 7, 11, 14, 16), _chord(0, 7, 12, 14, 16)
_V_3, _V = _chord(-1, 7, 11, 14, 19), _chord(-5, 7, 11, 14, 19)
_VI, _VI7 = _chord(-3, 7, 12, 16, 19), _chord(-3, 4, 7, 12, 16)
_IV9, _IV = _chord(-7, 4, 9, 12, 19), _chord(-7, 5, 9, 12, 19)
_II, _III = _chord(-10, 5, 9, 12, 17), _chord(-8, 7, 11, 14, 19)
_I_3, _VSUS = _chord(-8, 7, 12, 14, 16), _chord(-5, 7, 12, 14, 19)

WARM_VERSES = ((_I9, _V_3, _VI, _IV9), (_I9, _III, _IV9, _I_3), (_VI, _IV9, _I, _V_3))
WARM_CHORUS = (_IV, _V, _VI, _I_3, _II, _I_3, _IV, _VSUS)
UPBEAT_VERSES = ((_IV, _I, _V, _VI), (_VI7, _IV, _I, _V), (_I, _VI, _IV, _V))
UPBEAT_CHORUS = (_IV, _V, _VI, _I, _IV, _V, _I_3, _VSUS)
CALM_VERSES = ((_I9, _III, _IV9, _I_3), (_IV9, _I_3, _II, _I9), (_VI, _I9, _IV9, _I9))
CALM_CHORUS = (_IV9, _III, _II, _I9, _VI, _III, _IV9, _VSUS)

# The same with sixths, for what wants to be light.
_I6, _IV6 = _chord(0, 7, 9, 12, 16), _chord(-7, 5, 9, 14, 17)
_V6, _II7 = _chord(-5, 7, 11, 14, 16), _chord(-10, 5, 9, 12, 14)
PLAYFUL_VERSES = ((_I6, _IV6, _I6, _V6), (_I6, _VI7, _II7, _V6), (_IV6, _I6, _IV6, _V6))
PLAYFUL_CHORUS = (_I6, _V6, _VI7, _IV6, _I6, _V6, _IV6, _VSUS)

# Jazz: no roots in the voicings, the bass has them.
_JII9, _JV13 = _chord(-10, 5, 9, 12, 16), _chord(-5, 5, 9, 11, 16)
_JI9, _JVI9 = _chord(0, 4, 7, 11, 14), _chord(-3, 7, 11, 12, 16)
_JIV9, _JIII7 = _chord(-7, 4, 7, 9, 12), _chord(-8, 7, 11, 14, 16)
_JV9SUS = _chord(-5, 5, 9, 12, 14)
LOFI_VERSES = ((_JII9, _JV13, _JI9, _JVI9), (_JIV9, _JIII7, _JII9, _JI9), (_JI9, _JVI9, _JII9, _JV13))
LOFI_CHORUS = (_JIV9, _JIII7, _JVI9, _JI9, _JIV9, _JV13, _JI9, _JV9SUS)

# Minor: degrees as lower case, the flat ones without a sign.
_MI, _MIV, _MV = _chord(0, 7, 12, 15, 19), _chord(-7, 8, 12, 17, 20), _chord(-5, 7, 10, 14, 19)
_MIII, _MVI, _MVII = _chord(-9, 7, 10, 15, 19), _chord(-4, 8, 12, 15, 20), _chord(-2, 5, 10, 14, 17)
_MVSUS, _MI_3 = _chord(-5, 7, 12, 14, 19), _chord(-9, 7, 12, 15, 19)
CINEMATIC_VERSES = ((_MI, _MVI, _MIII, _MVII), (_MI, _MIV, _MVI, _MVSUS), (_MI, _MI_3, _MIV, _MVI))
CINEMATIC_CHORUS = (_MVI, _MVII, _MI, _MIII, _MIV, _MVI, _MVII, _MVSUS)
DRIVE_VERSES = ((_MI, _MVI, _MIII, _MVII), (_MVI, _MVII, _MI, _MV), (_MI, _MIII, _MVII, _MVI))
DRIVE_CHORUS = (_MVI, _MIII, _MVII, _MI, _MVI, _MIII, _MIV, _MVSUS)
