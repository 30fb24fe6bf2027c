"""What is known of a recording, what somebody wants of it, and the moments that come out. Times are milliseconds.

A *recording* is a clip that is too long to be shown whole (`LONG` or more); its *signals* are measured once, when it
comes in, and are small enough for a row of a database. *Keys* are the instants at which decoding can begin anew
(keyframes of closed groups); a cut that respects them can be copied instead of encoded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LONG = 60_000
"""From this length on a clip is a recording: moments are chosen from it instead of showing its middle."""

STEP = 500
"""One value of every signal covers this long."""

Why = Literal["loud", "crowd", "motion", "quiet", "asked", "spread"]
Taste = Literal["lively", "quiet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """One value from 0 to 255 per `STEP`, robust to gain, codec, group length and resolution; all of one length.

    `loud` is loudness over its local median, `crowd` how much it sounds like many people at once, `motion` the bytes of
    predicted pictures beside their neighbours', `scene` how much the picture changes at once, `speech` whether somebody
    speaks. A signal that a recording does not have (no sound, no index) is ().
    """

    loud: tuple[int, ...] = ()
    crowd: tuple[int, ...] = ()
    motion: tuple[int, ...] = ()
    scene: tuple[int, ...] = ()
    speech: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording as it was found. `keys` ascend; `broken` are stretches that cannot be decoded.

    `pauses` are stretches without speech, known exactly around what may become a moment, and nowhere else in long ones;
    `blank` are those in which nothing is to be seen, as far as that was looked at; `looks` are the perceptual hashes of
    the pictures that were looked at, with their times. `track` is which of its sound tracks was listened to, from 0;
    None without sound.
    """

    duration: int
    signals: Signals
    keys: tuple[int, ...] = ()
    broken: tuple[tuple[int, int], ...] = ()
    pauses: tuple[tuple[int, int], ...] = ()
    blank: tuple[tuple[int, int], ...] = ()
    looks: tuple[tuple[int, str], ...] = ()
    track: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From `start` to `stop` of one recording; of every recording where `asset` is None."""

    start: int
    stop: int
    asset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the reel should be. `length` is the sum of its moments, `most` how many there may be.

    `within` are the only stretches to choose from (anything where it is empty), `must` those that have to be in,
    `never` those that must not; `words` asks for whole sentences: what is said is never cut, and speech counts as a
    moment.
    """

    length: int
    most: int | None = None
    fewest: int | None = None
    within: tuple[Stretch, ...] = ()
    must: tuple[Stretch, ...] = ()
    never: tuple[Stretch, ...] = ()
    taste: Taste = "lively"
    words: bool = False
    in_order: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A chosen stretch, in the order of the reel, and what spoke for it; `score` from 0 to 1."""

    asset: str
    start: int
    stop: int
    why: Why
    score: float
