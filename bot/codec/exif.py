"""What a photo says about itself: when it was taken and which way is up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
ORIENTATION = 0x0112
_DATE_TIME = 0x0132
_DATE_TIME_ORIGINAL, _DATE_TIME_DIGITIZED = 0x9003, 0x9004
_OFFSET, _OFFSET_ORIGINAL, _OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012

# What is worth keeping when a photo is stored anew: camera, times, exposure, lens. Thumbnails and maker notes hold
# offsets into the old file and are left behind.
_KEPT_MAIN = frozenset({0x010E, 0x010F, 0x0110, 0x0131, _DATE_TIME, 0x013B, 0x8298})
_KEPT_EXIF = frozenset(
    {_DATE_TIME_ORIGINAL, _DATE_TIME_DIGITIZED, _OFFSET, _OFFSET_ORIGINAL, _OFFSET_DIGITIZED}
    | {0x829A, 0x829D, 0x8827, 0x9201, 0x9202, 0x920A, 0x9290, 0x9291, 0x9292, 0xA405, 0xA433, 0xA434}
)


def orientation(exif: Image.Exif) -> int:
    """The EXIF orientation, 1 when absent or nonsense."""
    value = exif.get(ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken_at(exif: Image.Exif) -> datetime | None:
    """When the shutter was pressed; with an offset from UTC if the camera wrote one, else naive local time."""
    details = exif.get_ifd(EXIF_IFD)
    for tags, stamp, offset in (
        (details, _DATE_TIME_ORIGINAL, _OFFSET_ORIGINAL),
        (details, _DATE_TIME_DIGITIZED, _OFFSET_DIGITIZED),
        (exif, _DATE_TIME, _OFFSET),
    ):
        when = _moment(tags.get(stamp))
        if when is not None:
            return when.replace(tzinfo=_zone(details.get(offset)))
    return None


def keep(exif: Image.Exif, into: Image.Exif) -> None:
    """Copy camera, times, exposure and place into a fresh `Exif`, whose orientation stays 1."""
    _copy(exif, into, _KEPT_MAIN)
    _copy(exif.get_ifd(EXIF_IFD), into.get_ifd(EXIF_IFD), _KEPT_EXIF)
    place = exif.get_ifd(GPS_IFD)
    _copy(place, into.get_ifd(GPS_IFD), frozenset(place))
    into[ORIENTATION] = 1


def _copy(source: Mapping[int, object], target: Image.Exif | dict[int, object], kept: frozenset[int]) -> None:
    for tag in kept:
        value = source.get(tag)
        if value is not None and not (isinstance(value, str | bytes) and len(value) > 1000):
            target[tag] = value


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        when = datetime.strptime(value.strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    return when if when.year > 1900 else None


def _zone(value: object) -> timezone | None:
    if not isinstance(value, str):
        return None
    text = value.strip("\0 ")
    if text == "Z":
        return UTC
    sign, hours, minutes = text[:1], text[1:3], text[4:6]
    if (
        sign not in {"+", "-"}
        or not (hours.isdecimal() and minutes.isdecimal())
        or int(hours) > 14
        or int(minutes) > 59
    ):
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)
