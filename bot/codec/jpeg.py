"""Photos as upright sRGB JPEGs that keep what the camera wrote: for backends that cannot read the original."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from PIL import Image

from bot.codec import exif
from bot.codec.decoding import decoding
from bot.codec.errors import TooBig, Unreadable
from bot.codec.photo import MAX_PIXELS, Heif, opened
from bot.codec.planes import AREA, resize
from bot.codec.still import read_rgb

if TYPE_CHECKING:
    from pathlib import Path

    from bot.codec.planes import Array

_QUALITIES = (92, 85, 78, 70)
_SMALLEST = 320  # pixels on the longer side; below this a photo is no longer worth showing


def to_jpeg(
    source: Path, target: Path, *, long_side: int | None = None, quality: int = 92, max_pixels: int = MAX_PIXELS
) -> int:
    """Write `source` as an upright sRGB JPEG with its EXIF (orientation 1, no thumbnail). Returns the size in bytes.

    Raises:
        Unreadable: not a photo, damaged or truncated.
        TooManyPixels: the header announces more than `max_pixels`.
    """
    rgb = read_rgb(source, long_side, max_pixels)
    with target.open("wb") as file:
        _write(rgb, file, quality, _kept_exif(source))
    return target.stat().st_size


def fit(source: Path, target: Path, max_bytes: int, *, max_pixels: int = MAX_PIXELS) -> int:
    """Like `to_jpeg`, in at most `max_bytes`: first at lower quality, then at smaller size. Returns the size in bytes.

    Raises:
        Unreadable, TooManyPixels: as `to_jpeg`.
        TooBig: not even a small picture fits.
    """
    rgb = read_rgb(source, None, max_pixels)
    tags = _kept_exif(source)
    while max(rgb.shape[:2]) >= min(_SMALLEST, max(rgb.shape[:2])):
        for quality in _QUALITIES:
            buffer = io.BytesIO()
            _write(rgb, buffer, quality, tags)
            if buffer.tell() <= max_bytes:
                target.write_bytes(buffer.getbuffer())
                return buffer.tell()
        height, width = rgb.shape[:2]
        if max(width, height) * 3 // 4 < _SMALLEST:
            break
        rgb = resize(rgb, (max(1, width * 3 // 4), max(1, height * 3 // 4)), AREA)
    raise TooBig(f"no JPEG of {source.name} fits {max_bytes} bytes")


def _write(rgb: Array, file: IO[bytes], quality: int, tags: bytes) -> None:
    Image.fromarray(rgb).save(file, "JPEG", quality=quality, exif=tags, subsampling=0 if quality > 90 else 2)


def _kept_exif(source: Path) -> bytes:
    """EXIF for the new file. Tags that Pillow cannot write back are not worth failing for."""
    kept = Image.Exif()
    with opened(source, max_pixels=2**40) as photo:
        exif.keep(photo.exif if isinstance(photo, Heif) else photo.getexif(), kept)
    try:
        with decoding():
            tags = kept.tobytes()
    except Unreadable:
        return b""
    return tags if len(tags) < 65_000 else b""
