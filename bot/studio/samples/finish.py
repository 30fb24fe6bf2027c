"""From canvas to photo: vignette, enlargement and film grain; then the file with its EXIF."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from bot.studio.samples.canvas import Canvas

_GRAIN = 512  # pixels a side of the grain that is repeated at random offsets
_CAMERA = "Sample"
_MAKE, _MODEL, _ORIENTATION, _SOFTWARE, _DATE = 0x010F, 0x0110, 0x0112, 0x0131, 0x0132
_EXIF_IFD, _TAKEN, _DIGITISED, _OFFSET, _OFFSET_TAKEN = 0x8769, 0x9003, 0x9004, 0x9010, 0x9011


def developed(canvas: Canvas, width: int, height: int) -> Image.Image:
    """The painted scene as a photo of the given size in pixels."""
    canvas.bloom()
    across = (canvas.x / np.float32(canvas.aspect) - np.float32(0.5)) ** 2
    corner = across + (canvas.y - np.float32(0.5)) ** 2
    canvas.shade(1 - np.float32(0.34) * np.maximum(0, corner - np.float32(0.10)))
    photo = canvas.pixels().resize((width, height), Image.Resampling.BICUBIC)
    return _grained(photo, canvas.rng)


def _grained(photo: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Fine luminance noise at full size: it hides the enlargement and any trace of bands."""
    tile = np.rint(rng.standard_normal((_GRAIN, _GRAIN), dtype=np.float32) * np.float32(2.4)).astype(np.int16)
    pixels = np.array(photo)
    for top in range(0, pixels.shape[0], _GRAIN):
        for left in range(0, pixels.shape[1], _GRAIN):
            patch = pixels[top : top + _GRAIN, left : left + _GRAIN]
            down, across = rng.integers(0, _GRAIN, 2)
            grain = np.roll(tile, (down, across), axis=(0, 1))[: patch.shape[0], : patch.shape[1], None]
            patch[...] = np.clip(patch + grain, 0, 255)
    return Image.fromarray(pixels)


def save(photo: Image.Image, path: Path, taken: datetime, *, turned: bool = False) -> None:
    """Write the photo in the format that the suffix names (.jpg, .webp, .heic).

    `taken` is an aware local time. `turned` stores the picture the way a phone held upright does: pixels on their
    side and EXIF orientation 6.
    """
    if turned:
        photo = photo.transpose(Image.Transpose.ROTATE_90)
    exif = _exif(taken, 6 if turned else 1)
    if path.suffix == ".heic":
        pillow_heif.from_pillow(photo).save(path, quality=70, exif=exif, enc_params={"preset": "ultrafast"})
    elif path.suffix == ".webp":
        photo.save(path, "WEBP", quality=88, method=1, exif=exif)
    else:
        photo.save(path, "JPEG", quality=90, exif=exif)


def _exif(taken: datetime, orientation: int) -> bytes:
    exif = Image.Exif()
    stamp, offset = taken.strftime("%Y:%m:%d %H:%M:%S"), taken.strftime("%z")
    offset = f"{offset[:3]}:{offset[3:]}"
    exif[_MAKE], exif[_MODEL], exif[_SOFTWARE] = _CAMERA, "Sample photo", "highlight-bot"
    exif[_ORIENTATION], exif[_DATE] = orientation, stamp
    detail = exif.get_ifd(_EXIF_IFD)
    detail[_TAKEN] = detail[_DIGITISED] = stamp
    detail[_OFFSET] = detail[_OFFSET_TAKEN] = offset
    return exif.tobytes()
