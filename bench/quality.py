"""How near a film's frames are to the photo itself: each beside a supersampled picture of the path it should show.

The reference is the whole photo, warped by cubic interpolation at twice the size and averaged down: luma only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import av
import cv2
import numpy as np

from bench import moviepy_peer, zoompan
from bot.codec.planes import Array, plane_view
from bot.codec.still import read_planes
from bot.studio.film import crop, motion
from bot.studio.film.model import parse
from bot.studio.film.timeline import lay_out

_CANVAS = (1920, 1080)
_SAMPLED = range(12, 56, 4)  # the first photo alone is seen in these frames of every film
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
Box = tuple[float, float, float, float]
"""Left, top, right, bottom of what is seen, as shares of the photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Mean SSIM of luma (1 is equal), and by how many pixels rms the picture is off its path, even speed apart."""

    ssim: float
    jitter: float


def ours(film: Path, photo: Path, draft: dict) -> Likeness:
    """Our film: the path of the first shot as it was planned."""
    span = lay_out(parse(draft))[0]
    path = motion.plan(span.shot.motion, span.length, _CANVAS)
    picture = read_planes(photo, 10**5)
    left, top, width, height = crop.crop_rect(picture.size, _CANVAS, span.shot.focus)
    wide, high = picture.size

    def box(frame: int) -> Box:
        (x0, x1), (y0, y1) = path.at(frame)
        across, down = width / path.x.units, height / path.y.units
        return (
            (left + x0 * across) / wide,
            (top + y0 * down) / high,
            (left + x1 * across) / wide,
            (top + y1 * down) / high,
        )

    return _compared(film, picture.y, box)


def peers(film: Path, photo: Path, zoom: Callable[[int], float]) -> Likeness:
    """A film that zooms on the middle by `zoom(frame)`, the photo's width filling the picture at 1."""
    luma = _rec601(photo)
    high = luma.shape[1] * _CANVAS[1] / _CANVAS[0] / luma.shape[0]

    def box(frame: int) -> Box:
        across, down = 1 / zoom(frame), high / zoom(frame)
        return (1 - across) / 2, (1 - down) / 2, (1 + across) / 2, (1 + down) / 2

    return _compared(film, luma, box)


def of_zoompan(frame: int) -> float:
    """The enlargement that its expression asks for."""
    return 1 + zoompan.ZOOM * frame / (zoompan.FRAMES - 1)


def of_moviepy(frame: int) -> float:
    """The enlargement that its function asks for."""
    return 1 + moviepy_peer.PER_SECOND * frame / 30


def _compared(film: Path, luma: Array, box: Callable[[int], Box]) -> Likeness:
    likeness, offsets = [], []
    window = cv2.createHanningWindow(_CANVAS, cv2.CV_32F)
    for number, seen in _frames(film):
        wanted = _seen(luma, box(number))
        likeness.append(_ssim(seen, wanted))
        offset, _ = cv2.phaseCorrelate(wanted.astype(np.float32), seen.astype(np.float32), window)
        offsets.append(offset)
    path = np.array(offsets)
    at = np.arange(len(path))
    even = np.stack([np.polyval(np.polyfit(at, path[:, axis], 1), at) for axis in (0, 1)], axis=1)
    return Likeness(ssim=fmean(likeness), jitter=float(np.sqrt(((path - even) ** 2).sum(axis=1).mean())))


def _frames(film: Path):
    with av.open(str(film)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in _SAMPLED:
                yield number, plane_view(frame, 0).copy()
            if number >= _SAMPLED.stop:
                return


def _seen(luma: Array, box: Box) -> Array:
    height, width = luma.shape
    left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    size = (2 * _CANVAS[0], 2 * _CANVAS[1])
    across, down = (right - left) / size[0], (bottom - top) / size[1]
    matrix = np.array([[across, 0, left + across / 2 - 0.5], [0, down, top + down / 2 - 0.5]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    large = cv2.warpAffine(luma, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(large, _CANVAS, interpolation=cv2.INTER_AREA)


def _ssim(one: Array, other: Array) -> float:
    a, b = one.astype(np.float32), other.astype(np.float32)

    def near(values: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    mean_a, mean_b = near(a), near(b)
    var_a, var_b, both = near(a * a) - mean_a**2, near(b * b) - mean_b**2, near(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + _C1) * (2 * both + _C2)
    return float((top / ((mean_a**2 + mean_b**2 + _C1) * (var_a + var_b + _C2))).mean())


def _rec601(photo: Path) -> Array:
    """The photo's own luma in limited range, which is what the peers show."""
    with av.open(str(photo)) as container:
        frame = next(container.decode(video=0))
        return cv2.addWeighted(plane_view(frame, 0), 219 / 255, plane_view(frame, 0), 0, 16)
