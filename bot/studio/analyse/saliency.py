"""Where the eye goes: spectral residual (Hou and Zhang, 2007) over luma and colour, with a leaning to skin tones.

No model: it finds what stands out from its surroundings, not what it is.
"""

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.codec.planes import AREA, Array, resize
from bot.studio.analyse.measures import CELLS, Box

_SIDE = 64
_TAIL = 0.04  # of the weight that may lie outside the box, on each side
_CENTRE = 0.35  # how much less the rim counts than the middle
_SKIN = 0.5


def saliency(lab: Array) -> NDArray[np.float32]:
    """How much the eye goes to each place of an 8-bit L*a*b* picture, `(64, 64)`, 0 to 1."""
    small = resize(lab, (_SIDE, _SIDE), AREA).astype(np.float32)
    total = sum((_residual(small[..., channel]) for channel in range(3)), start=np.zeros((_SIDE, _SIDE), np.float32))
    total = total * (1 + _SKIN * _skin(small))
    at = np.abs(np.linspace(-1, 1, _SIDE, dtype=np.float32))
    away = np.maximum(at[:, None], at[None, :])
    total = total * (1 - np.float32(_CENTRE) * away**2)
    total -= np.quantile(total, 0.3)
    top = float(total.max())
    return np.clip(total / top, 0, 1).astype(np.float32) if top > 0 else np.zeros_like(total)


def _residual(channel: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the spectrum has beside its smooth course, back in the picture, weighted by the channel's own contrast."""
    contrast = float(channel.std())
    if contrast < 1:
        return np.zeros_like(channel)
    spectrum = np.fft.fft2(channel)
    log = np.log(np.abs(spectrum) + 1e-3).astype(np.float32)
    rest = log - cast("Any", cv2.blur(log, (3, 3)))
    back = np.abs(np.fft.ifft2(np.exp(rest + 1j * np.angle(spectrum)))) ** 2
    soft = cast("NDArray[np.float32]", cv2.GaussianBlur(back.astype(np.float32), (0, 0), 2.5))
    return (soft / max(float(soft.max()), 1e-9) * min(contrast, 30)).astype(np.float32)


def _skin(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 to 1: colours between pale and brown skin."""
    light, a, b = (lab[..., channel] for channel in range(3))
    near = ((a - 146) / 10) ** 2 + ((b - 148) / 12) ** 2
    return np.where((light > 60) & (light < 235), np.exp(-near / 2), 0).astype(np.float32)


def box(heat: NDArray[np.float32]) -> Box:
    """The part of the picture that has nearly all of what stands out, in thousandths."""
    strong = np.where(heat > heat.mean() + heat.std(), heat, 0)
    if float(strong.sum()) <= 0:
        return 0, 0, 1000, 1000
    left, right = _span(strong.sum(axis=0))
    top, bottom = _span(strong.sum(axis=1))
    return left, top, right, bottom


def _span(weights: NDArray[np.float32]) -> tuple[int, int]:
    grown = np.cumsum(weights) / weights.sum()
    first, last = int(np.searchsorted(grown, _TAIL)), int(np.searchsorted(grown, 1 - _TAIL))
    return 1000 * first // len(weights), 1000 * min(last + 1, len(weights)) // len(weights)


def digits(heat: NDArray[np.float32]) -> str:
    """The map in 8x8 cells, a hexadecimal digit each."""
    cells = heat.reshape(CELLS, _SIDE // CELLS, CELLS, _SIDE // CELLS).mean(axis=(1, 3))
    scaled = np.rint(15 * cells / max(float(cells.max()), 1e-6)).astype(int)
    return "".join(f"{value:x}" for value in scaled.flatten())
