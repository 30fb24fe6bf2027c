"""H.264 as it lies in an MP4 (ISO/IEC 14496-15): parameter sets, and what a coded picture is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAIN_PROFILES = (66, 77, 100)
_WITH_CHROMA = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}
_SLICE, _IDR, _SEQUENCE, _PICTURE = 1, 5, 7, 8
_PARTITIONS = {2, 3, 4}
_LAST_ID = 31
_MOST_SEQUENCES, _MOST_PICTURES = 31, 255


class Unusual(ValueError):
    """Not H.264 that can be joined with other H.264; says why in a word: `packaging`, `profile`, `interlaced`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The sequence and picture parameter sets of a stream, as NAL units without length."""

    sequences: tuple[bytes, ...]
    pictures: tuple[bytes, ...]

    @property
    def sequence_ids(self) -> frozenset[int]:
        """Under which numbers the sequence sets go."""
        return frozenset(_Bits(_plain(one[4:])).golomb() for one in self.sequences)

    @property
    def picture_ids(self) -> frozenset[int]:
        """Under which numbers the picture sets go."""
        return frozenset(_Bits(_plain(one[1:])).golomb() for one in self.pictures)

    def apart(self, other: Parameters) -> bool:
        """Whether both can be in one stream: no number is given twice."""
        return not (self.sequence_ids & other.sequence_ids or self.picture_ids & other.picture_ids)


def read(record: bytes) -> Parameters:
    """The parameter sets of an `avcC` record.

    Raises:
        Unusual: no such record, or one for streams that are not plain: 8 bits, 4:2:0, progressive, up to High.
    """
    if len(record) < 7 or record[0] != 1 or record[4] & 3 != 3:
        raise Unusual("packaging")
    sequences, at = _sets(record, 6, record[5] & 31)
    pictures, _ = _sets(record, at + 1, record[at] if at < len(record) else 0)
    if not sequences or not pictures:
        raise Unusual("packaging")
    found = Parameters(sequences=sequences, pictures=pictures)
    for one in sequences:
        _check(one)
    if max(found.sequence_ids | found.picture_ids) > _MOST_PICTURES:
        raise Unusual("packaging")
    return found


def write(parts: Iterable[Parameters]) -> bytes:
    """One `avcC` record for streams whose sets are apart; what is the same in several is written once.

    Profile and level are the highest of all, so that a decoder which fits fits for each.

    Raises:
        Unusual: there are more sets than a record can hold.
    """
    sequences = list(dict.fromkeys(one for part in parts for one in part.sequences))
    pictures = list(dict.fromkeys(one for part in parts for one in part.pictures))
    if len(sequences) > _MOST_SEQUENCES or len(pictures) > _MOST_PICTURES:
        raise Unusual("packaging")
    profile, level = max(one[1] for one in sequences), max(one[3] for one in sequences)
    constraints = 255
    for one in sequences:
        constraints &= one[2] if one[1] == profile else 0
    record = bytes([1, profile, constraints, level, 0xFF, 0xE0 | len(sequences)]) + _listed(sequences)
    record += bytes([len(pictures)]) + _listed(pictures)
    return record + bytes([0xFD, 0xF8, 0xF8, 0]) if profile == _MAIN_PROFILES[-1] else record


def free_id(parts: Iterable[Parameters]) -> int | None:
    """A number that none of the sets has; None when there is none left."""
    taken = set().union(*(part.sequence_ids | part.picture_ids for part in parts))
    return next((one for one in range(_LAST_ID + 1) if one not in taken), None)


def begins_anew(picture: bytes, known: Parameters) -> bool | None:
    """Whether decoding can begin at a picture whatever came before it (IDR); None for one whose bytes are not whole.

    A picture that brings parameter sets which differ from the `known` ones counts as not whole: they would be in force
    for what is spliced behind it.
    """
    at, slices, anew = 0, 0, False
    while at < len(picture):
        size = int.from_bytes(picture[at : at + 4], "big")
        first, end = at + 4, at + 4 + size
        if size < 1 or end > len(picture) or picture[first] & 0x80:
            return None
        kind = picture[first] & 31
        # Neither can be inside a unit: where they are, something was overwritten.
        if picture.find(b"\0\0\0", first, end) >= 0 or picture.find(b"\0\0\1", first, end) >= 0:
            return None
        if kind in _PARTITIONS:
            return None
        if kind in {_SEQUENCE, _PICTURE} and picture[first:end] not in known.sequences + known.pictures:
            return None
        slices += kind in {_SLICE, _IDR}
        anew = anew or kind == _IDR
        at = end
    return anew if slices else None


def _sets(record: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    for _ in range(count):
        size = int.from_bytes(record[at : at + 2], "big")
        one = record[at + 2 : at + 2 + size]
        if size < 4 or len(one) < size:
            raise Unusual("packaging")
        found.append(one)
        at += 2 + size
    return tuple(found), at


def _listed(sets: list[bytes]) -> bytes:
    return b"".join(len(one).to_bytes(2, "big") + one for one in sets)


def _check(sequence: bytes) -> None:
    """Refuse what a plain decoder of High profile could not take, or what has fields."""
    profile, constraints = sequence[1], sequence[2]
    # Baseline without its constraint may reorder slices, which no other profile knows.
    if profile not in _MAIN_PROFILES or (profile == _MAIN_PROFILES[0] and not constraints & 0x40):
        raise Unusual("profile")
    bits = _Bits(_plain(sequence[4:]))
    bits.golomb()
    if profile in _WITH_CHROMA:
        if bits.golomb() != 1 or bits.golomb() or bits.golomb():  # 4:2:0, and 8 bits of luma and chroma
            raise Unusual("profile")
        bits.take(1)
        if bits.take(1):
            _skip_scaling(bits)
    bits.golomb()
    order = bits.golomb()
    if order == 0:
        bits.golomb()
    elif order == 1:
        bits.take(1)
        bits.golomb()
        bits.golomb()
        for _ in range(min(bits.golomb(), 255)):
            bits.golomb()
    bits.golomb()
    bits.take(1)
    bits.golomb()
    bits.golomb()
    if not bits.take(1):
        raise Unusual("interlaced")


def _skip_scaling(bits: _Bits) -> None:
    for number in range(8):
        if not bits.take(1):
            continue
        last = following = 8
        for _ in range(16 if number < 6 else 64):
            if following:
                step = bits.golomb()
                following = (last + ((step + 1) // 2 if step & 1 else -(step // 2))) % 256
            last = following or last


def _plain(unit: bytes) -> bytes:
    """Without the bytes that keep start codes out."""
    return unit.replace(b"\0\0\3", b"\0\0")


class _Bits:
    """Bits from the left; what lies beyond the end is refused."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = 8 * len(data)

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise Unusual("packaging")
        return (self._value >> self._left) & ((1 << count) - 1)

    def golomb(self) -> int:
        """An unsigned Exp-Golomb number."""
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 31:
                raise Unusual("packaging")
        return (1 << zeros) - 1 + self.take(zeros)
