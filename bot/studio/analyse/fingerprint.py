"""By which photos are known again: a hash of their large shapes, and where which colours are."""

from typing import Any, cast

import cv2
import numpy as np

from bot.codec.planes import AREA, Array, resize

_SIDE, _KEPT = 32, 8
_FIELDS = 4


def hashed(luma: Array) -> tuple[str, float]:
    """The perceptual hash (which of the 63 lowest frequencies lie above their median), and their rms in luma levels."""
    small = resize(luma, (_SIDE, _SIDE), AREA).astype(np.float32)
    low = cast("Any", cv2.dct(small))[:_KEPT, :_KEPT].flatten()[1:]
    bits = low > np.median(low)
    value = int("".join("1" if bit else "0" for bit in bits), 2)
    return f"{value:016x}", float(np.sqrt((low**2).sum()) / _SIDE)


def fields(lab: Array) -> str:
    """Mean colours of 4x4 fields of an 8-bit L*a*b* picture, as hexadecimal digits."""
    return resize(lab, (_FIELDS, _FIELDS), AREA).tobytes().hex()


def palette(rgb: Array, count: int = 4) -> tuple[str, ...]:
    """The most frequent colours, similar ones taken together."""
    small = resize(rgb, (48, 48), AREA).reshape(-1, 3)
    bins = (small >> 6).astype(np.int32) @ np.array([16, 4, 1], np.int32)
    common = np.argsort(np.bincount(bins, minlength=64), kind="stable")[::-1][:count]
    means = [small[bins == one].mean(axis=0) for one in common if (bins == one).sum() >= len(small) // 50]
    return tuple("#" + "".join(f"{round(float(value)):02x}" for value in mean) for mean in means)
