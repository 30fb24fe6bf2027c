"""Read any photo upright, in sRGB, 8 bits a channel, at the size that is needed.

Memory: a JPEG is decoded at a half, quarter or eighth where that is enough; a HEIC grid tile by tile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
from PIL import Image

from bot.codec import colour
from bot.codec.bright import read_bright, transfer_of
from bot.codec.decoding import decoding
from bot.codec.heif import read_grid
from bot.codec.photo import MAX_PIXELS, Heif, opened, stored_orientation
from bot.codec.planes import Array, Planes, even, from_jpeg_planes, from_rgb, plane_view, resize, to_rgb, upright

if TYPE_CHECKING:
    from pathlib import Path

_FAST_PIXELS = 60_000_000  # above this a reduced decode costs less memory than full planes
_MOST_SHRUNK = 8
_JPEG_LAYOUTS = frozenset({"yuvj420p", "yuvj422p", "yuvj444p"})


def read_rgb(path: Path, long_side: int | None = None, max_pixels: int = MAX_PIXELS) -> Array:
    """Decode a photo to `(height, width, 3)` upright sRGB, shrunk so that its longer side is at most `long_side`.

    The first frame of an animation, the base picture of an ultra-HDR or multi-picture file.

    Raises:
        Unreadable: not a photo, damaged or truncated.
        TooManyPixels: the header announces more than `max_pixels`; nothing was decoded.
    """
    with opened(path, max_pixels) as photo:
        size = _fitted(photo.file.size if isinstance(photo, Heif) else photo.size, long_side)
        if isinstance(photo, Heif):
            if transfer := transfer_of(photo.file):
                return read_bright(path, transfer, size)
            if long_side is not None and _is_plain_heif(photo):
                planes = read_grid(path, long_side)
                if planes is not None:
                    image = Image.fromarray(resize(to_rgb(planes), size))
                    return colour.as_array(colour.to_srgb(image, photo.file.info.get("icc_profile")))
            return _read_heif(photo, size)
        orientation = stored_orientation(photo)
        return np.ascontiguousarray(upright(_read_pillow(photo, size), orientation))


def read_planes(path: Path, long_side: int, max_pixels: int = MAX_PIXELS) -> Planes:
    """Decode a photo for the renderer: upright, Rec. 709 limited, the longer side about `long_side` or as it is.

    An ordinary JPEG goes from its own planes to ours without ever becoming RGB, which halves the time.

    Raises:
        Unreadable: not a photo, damaged or truncated.
        TooManyPixels: the header announces more than `max_pixels`; nothing was decoded.
    """
    with opened(path, max_pixels) as photo:
        if isinstance(photo, Image.Image) and _is_plain_jpeg(photo):
            orientation = stored_orientation(photo)
            planes = _read_jpeg_planes(path, photo.size, _fitted(photo.size, long_side))
            if planes is not None:
                y, u, v = (np.ascontiguousarray(upright(plane, orientation)) for plane in planes.all)
                return Planes(y=y, u=u, v=v)
        if isinstance(photo, Heif) and _is_plain_heif(photo) and colour.is_srgb(photo.file.info.get("icc_profile")):
            planes = read_grid(path, long_side)
            if planes is not None:
                return planes
    rgb = read_rgb(path, long_side, max_pixels)
    height, width = rgb.shape[:2]
    return from_rgb(rgb if min(width, height) > 1 else resize(rgb, (max(2, width), max(2, height))))


def _fitted(size: tuple[int, int], long_side: int | None) -> tuple[int, int]:
    scale = 1.0 if long_side is None else min(1.0, long_side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _is_plain_jpeg(photo: Image.Image) -> bool:
    fast = photo.format in {"JPEG", "MPO"} and photo.mode == "RGB" and photo.width * photo.height <= _FAST_PIXELS
    return (
        fast
        and min(photo.size) >= 2
        and photo.info.get("adobe_transform") != 0
        and colour.is_srgb(photo.info.get("icc_profile"))
    )


def _is_plain_heif(photo: Heif) -> bool:
    coded = photo.file.info.get("nclx_profile") or {"matrix_coefficients": 6, "full_range_flag": 1}
    return (
        photo.file.mode == "RGB"
        and transfer_of(photo.file) is None
        and coded["matrix_coefficients"] in {2, 5, 6}
        and bool(coded["full_range_flag"])
    )


def _read_jpeg_planes(path: Path, stored: tuple[int, int], size: tuple[int, int]) -> Planes | None:
    """Planes straight from libav, or None when the general way must try (or must name the damage).

    Decoded at 1/1, 1/2, 1/4 or 1/8, whichever is no smaller than `size`: sharper than means of pixels, and small.
    """
    decoder = av.CodecContext.create("mjpeg", "r")
    decoder.thread_count = 1
    shrink = min(_MOST_SHRUNK, max(stored) // max(size)).bit_length() - 1
    decoder.options = {"err_detect": "crccheck+bitstream+buffer+explode", "lowres": str(shrink)}
    data = path.read_bytes()
    if b"\xff\xd9" not in data[-65536:]:
        return None
    try:
        frames = decoder.decode(av.Packet(data))
    except (av.error.FFmpegError, ValueError):
        return None
    if not frames or frames[0].format.name not in _JPEG_LAYOUTS:
        return None
    with decoding():
        y, u, v = (plane_view(frames[0], index) for index in range(3))
        return from_jpeg_planes(y, u, v, (even(size[0]), even(size[1])))


def _read_heif(photo: Heif, size: tuple[int, int]) -> Array:
    whole = np.asarray(photo.file)
    if whole.ndim == 3 and whole.shape[2] == 3:
        whole = resize(whole, size)  # the large buffer is shrunk where libheif left it, without a second copy
    mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[whole.shape[2] if whole.ndim == 3 else 1]
    image = Image.fromarray(whole, mode) if mode != "L" else Image.fromarray(whole.reshape(whole.shape[:2]))
    shrunk = resize(colour.as_array(colour.to_srgb(image, photo.file.info.get("icc_profile"))), size)
    return np.ascontiguousarray(shrunk)


def _read_pillow(photo: Image.Image, size: tuple[int, int]) -> Array:
    profile = photo.info.get("icc_profile")
    photo.draft("RGB", size)  # JPEG only: the smallest of 1/1, 1/2, 1/4, 1/8 that is no smaller than this
    photo.load()
    factor = min(photo.width // size[0], photo.height // size[1])
    image: Image.Image = photo
    if factor > 1 and photo.mode in {"RGB", "CMYK", "L", "RGBA"}:
        image = photo.reduce(factor)
    return resize(colour.as_array(colour.to_srgb(image, profile)), size)
