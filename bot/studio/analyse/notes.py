"""What a photo's file says beside its pixels: which clock its time is from, its place, whether a camera made it."""

import re
from dataclasses import dataclass

from PIL import Image

from bot.codec import exif
from bot.codec.photo import Heif
from bot.studio.analyse.measures import TakenBy

_STAMPS: tuple[tuple[TakenBy, int, int], ...] = (("shutter", 0x9003, 0x9011), ("digitised", 0x9004, 0x9012))
_CHANGED = 0x0132
_CAMERA = (0x010F, 0x0110)  # maker and model
_EXPOSURE = (0x829A, 0x829D, 0x8827, 0x920A)
_PLACES = (rb"Iptc4xmpCore:Location", rb"photoshop:City", rb"photoshop:State", rb"photoshop:Country")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """`zone` is in minutes east of UTC."""

    taken_by: TakenBy | None
    zone: int | None
    place: str | None
    camera: bool
    lossless: bool


def notes(photo: Image.Image | Heif) -> Notes:
    """Read the tags of an opened photo."""
    tags = photo.exif if isinstance(photo, Heif) else photo.getexif()
    details = tags.get_ifd(exif.EXIF_IFD)
    when = exif.taken_at(tags)
    offset = when.utcoffset() if when else None
    found = next((name for name, stamp, _ in _STAMPS if details.get(stamp)), "changed" if tags.get(_CHANGED) else None)
    packet = None if isinstance(photo, Heif) else photo.info.get("xmp")
    return Notes(
        taken_by=found if when else None,
        zone=round(offset.total_seconds() / 60) if offset is not None else None,
        place=_place(packet),
        camera=any(tags.get(tag) for tag in _CAMERA) or any(details.get(tag) for tag in _EXPOSURE),
        lossless=not isinstance(photo, Heif) and photo.format in {"PNG", "GIF"},
    )


def _place(packet: object) -> str | None:
    """The nearest name of a place in an XMP packet, where photo programs write what people chose."""
    if not isinstance(packet, bytes):
        return None
    for name in _PLACES:
        found = re.search(name + rb'(?:="([^"<>]{1,200})"|>([^<>]{1,200})<)', packet[:1_000_000])
        if found:
            text = (found[1] or found[2]).decode("utf-8", "replace")
            clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())
            if clean and "&" not in clean:
                return clean[:_LONGEST_NAME]
    return None
