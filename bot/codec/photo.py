"""Open a photo without decoding it: the format from the content, the size from the header."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pillow_heif
from PIL import Image

from bot.codec import exif
from bot.codec.decoding import decoding
from bot.codec.errors import TooManyPixels, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PIXELS = 250_000_000
"""Pictures above this are refused unless the caller says otherwise."""

# Pillow's own limit warns at 89 megapixels and refuses 179; ours is checked right after the header is read.
Image.MAX_IMAGE_PIXELS = None

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP")
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heif:
    """An opened HEIC or HEIF file. libheif applies rotation and mirroring itself; sizes are upright."""

    file: pillow_heif.HeifFile
    exif: Image.Exif


def brand(head: bytes) -> bytes | None:
    """The major brand of an ISO base media file, given its first 12 bytes or more."""
    return head[8:12] if head[4:8] == b"ftyp" else None


def read_head(path: Path) -> bytes:
    """The first 64 bytes; raises `Unreadable` for a missing or empty file."""
    with decoding():
        with path.open("rb") as file:
            head = file.read(64)
        if not head:
            raise Unreadable("empty")
        return head


def is_photo(head: bytes) -> bool:
    """Whether these first bytes belong to a still picture that can be read here."""
    starts = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return webp or head.startswith(starts) or brand(head) in _HEIF_BRANDS | {b"avif"}


@contextmanager
def opened(path: Path, max_pixels: int = MAX_PIXELS) -> Iterator[Image.Image | Heif]:
    """Open a photo lazily and check its size.

    Raises:
        Unreadable: no still picture, or a header that makes no sense; also for what goes wrong inside the block.
        TooManyPixels: more than `max_pixels`.
    """
    head = read_head(path)
    if not is_photo(head):
        raise Unreadable("unknown-format")
    with decoding():
        if brand(head) in _HEIF_BRANDS:
            file = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
            _check_size(file.size, max_pixels)
            tags = Image.Exif()
            tags.load(file.info.get("exif") or b"")
            yield Heif(file=file, exif=tags)
            return
        with Image.open(path, formats=_FORMATS) as image:
            _check_size(image.size, max_pixels)
            yield image


def stored_orientation(photo: Image.Image | Heif) -> int:
    """The EXIF orientation that still has to be undone after decoding; Pillow reports AVIF's own rotation there too."""
    return 1 if isinstance(photo, Heif) else exif.orientation(photo.getexif())


def _check_size(size: tuple[int, int], limit: int) -> None:
    pixels = size[0] * size[1]
    if min(size) < 1:
        raise Unreadable("no-picture")
    if pixels > limit:
        raise TooManyPixels(pixels, limit)
