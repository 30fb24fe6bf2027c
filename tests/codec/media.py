"""Small real media files, made on the fly."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pillow_heif
from PIL import Image, ImageCms

# A picture whose corners tell which way is up: red, green, blue and yellow, clockwise from the upper left.
CORNERS = {
    "upper-left": (220, 40, 40),
    "upper-right": (40, 180, 60),
    "lower-right": (50, 70, 210),
    "lower-left": (225, 205, 50),
}


def corner_picture(width: int = 160, height: int = 120) -> Image.Image:
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = CORNERS["upper-left"]
    picture[: height // 2, width // 2 :] = CORNERS["upper-right"]
    picture[height // 2 :, width // 2 :] = CORNERS["lower-right"]
    picture[height // 2 :, : width // 2] = CORNERS["lower-left"]
    return Image.fromarray(picture)


def assert_upright(picture: np.ndarray, tolerance: int = 24) -> None:
    height, width = picture.shape[:2]
    places = {
        "upper-left": (height // 4, width // 4),
        "upper-right": (height // 4, 3 * width // 4),
        "lower-right": (3 * height // 4, 3 * width // 4),
        "lower-left": (3 * height // 4, width // 4),
    }
    for name, (y, x) in places.items():
        difference = np.abs(picture[y, x].astype(int) - np.array(CORNERS[name])).max()
        assert difference <= tolerance, (name, picture[y, x], CORNERS[name])


# What a camera held in each way stores: the transform that the viewer's undoing of the tag reverses.
_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def oriented_jpeg(path: Path, orientation: int, size: tuple[int, int] = (160, 120), **options: object) -> Path:
    picture = corner_picture(*size)
    transform = _STORED[orientation]
    stored = picture if transform is None else picture.transpose(transform)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = "Maker", "Model"
    details = exif.get_ifd(0x8769)
    details[0x9003], details[0x9011] = "2024:05:04 18:30:15", "+02:00"
    exif.get_ifd(0x8825)[1] = "N"
    stored.save(path, "JPEG", quality=95, exif=exif, **options)
    return path


def heic(path: Path, picture: Image.Image, **options: object) -> Path:
    pillow_heif.from_pillow(picture).save(path, quality=90, **options)
    return path


def smooth_photo(path: Path, size: tuple[int, int], seed: int = 1, quality: int = 92) -> Path:
    """A photo-like picture: large soft shapes with fine texture."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(30, 225, (6, 8, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    fine = rng.normal(0, 5, (size[1], size[0], 1))
    Image.fromarray(np.clip(np.asarray(coarse) + fine, 0, 255).astype(np.uint8)).save(path, "JPEG", quality=quality)
    return path


def display_p3_profile() -> bytes:
    """An RGB profile whose primaries are wider than sRGB's: Adobe-like red, written as a matrix profile by hand."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag, xyz in (
        (b"rXYZ", (0.51512, 0.24120, -0.00105)),
        (b"gXYZ", (0.29198, 0.69225, 0.04189)),
        (b"bXYZ", (0.15710, 0.06657, 0.78407)),
    ):
        entry = next(
            at for at in range(132, 132 + 12 * int.from_bytes(srgb[128:132], "big"), 12) if srgb[at : at + 4] == tag
        )
        offset = int.from_bytes(srgb[entry + 4 : entry + 8], "big")
        for index, value in enumerate(xyz):
            at = offset + 8 + 4 * index
            srgb[at : at + 4] = round(value * 65536).to_bytes(4, "big", signed=True)
    return bytes(srgb).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def clip(
    path: Path,
    seconds: float = 2.0,
    size: tuple[int, int] = (160, 120),
    fps: int = 25,
    *,
    sound: bool = True,
    **options: str,
) -> Path:
    """A clip whose grey level rises evenly from 40 to 200, with a tone."""
    frames = round(seconds * fps)
    with av.open(path, "w", options=options) as container:
        video = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "g": "12"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo") if sound else None
        for number in range(frames):
            picture = np.full((size[1], size[0], 3), 40 + 160 * number // max(1, frames - 1), np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None:
            tone(container, audio, seconds)
    return path


_TURNS = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def turned_clip(path: Path, clockwise: int, size: tuple[int, int] = (160, 120)) -> Path:
    """A clip of the corner picture as a phone stores it: turned, with a matrix that says how to turn it back."""
    stored = corner_picture(*size).rotate(clockwise, expand=True)
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "10"})
        video.width, video.height, video.pix_fmt = *stored.size, "yuv420p"
        for number in range(60):
            frame = av.VideoFrame.from_image(stored)
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 4 + 20 + 16
    a, b, c, d = (value * 65536 for value in _TURNS[clockwise])
    for index, value in enumerate((a, b, 0, c, d, 0)):
        data[at + 4 * index : at + 4 * index + 4] = value.to_bytes(4, "big", signed=True)
    path.write_bytes(data)
    return path


def tone(container: av.container.OutputContainer, stream: av.AudioStream, seconds: float, hertz: float = 440) -> None:
    at = np.arange(int(seconds * 48_000)) / 48_000
    wave = (0.3 * np.sin(2 * np.pi * hertz * at)).astype(np.float32)
    for start in range(0, wave.size, 1024):
        frame = av.AudioFrame.from_ndarray(np.stack([wave[start : start + 1024]] * 2), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = 48_000, start
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def song(path: Path, seconds: float = 2.0) -> Path:
    with av.open(path, "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="stereo")
        tone(container, stream, seconds)
    return path


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.load()
        return image.copy()


def truncated(path: Path, share: float = 0.5) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
