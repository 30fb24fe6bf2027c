"""How much a photo looks like a screenshot: even areas, hard small edges, the size of a device, no camera."""

import numpy as np

from bot.codec.planes import Array

_BLOCK = 8
_EVEN, _HARD = 5, 90  # luma levels between the darkest and the brightest pixel of a block
_DARK = 48  # at night a camera sees nearly nothing too; only a screen then shows one and the same value

# Longer by shorter side in pixels: phones, tablets, desktops.
_SCREENS = frozenset(
    {(1136, 640), (1334, 750), (1792, 828), (1920, 1080), (2208, 1242), (2340, 1080), (2400, 1080), (2436, 1125)}
    | {(2532, 1170), (2556, 1179), (2622, 1206), (2688, 1242), (2778, 1284), (2796, 1290), (2868, 1320), (3088, 1440)}
    | {(3120, 1440), (3168, 1440), (3200, 1440), (2280, 1080), (2310, 1080), (2160, 1080), (2960, 1440), (1600, 720)}
    | {(1520, 720), (1560, 720), (2408, 1080), (2412, 1080), (2376, 1080), (2388, 1668), (2732, 2048), (2360, 1640)}
    | {(2048, 1536), (2224, 1668), (2266, 1488), (1366, 768), (1440, 900), (1680, 1050), (2560, 1440), (2560, 1600)}
    | {(2880, 1800), (3024, 1964), (3456, 2234), (3840, 2160), (1536, 864), (1280, 800), (3840, 2400), (1600, 900)}
)
_TALL = 1.9  # longer sides over shorter: no camera takes such photos, messengers keep the ratio when they shrink


def screen(luma: Array, size: tuple[int, int], *, camera: bool, lossless: bool) -> float:
    """0 to 1. `size` is that of the file, `camera` whether a camera left its name or exposure in it."""
    if camera:
        return 0.0
    long, short = max(size), min(size)
    device = 1.0 if (long, short) in _SCREENS else 0.6 if _TALL <= long / max(1, short) <= 2.4 else 0.0
    even, hard = _blocks(luma)
    flat = float(np.clip((even - 0.2) / 0.35, 0, 1))
    text = float(np.clip(hard / 0.04, 0, 1))
    return round(0.3 * device + 0.35 * flat + 0.25 * text * flat + 0.1 * lossless, 3)


def _blocks(luma: Array) -> tuple[float, float]:
    """The shares of blocks that are even, and of those that have hard edges and nothing between (letters, icons)."""
    height, width = (side // _BLOCK * _BLOCK for side in luma.shape)
    if not height or not width:
        return 0.0, 0.0
    blocks = luma[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    low, high = blocks.min(axis=(1, 3)).astype(np.int16), blocks.max(axis=(1, 3)).astype(np.int16)
    spread = high - low
    middle = (blocks > (low + spread // 4)[:, None, :, None]) & (blocks < (high - spread // 4)[:, None, :, None])
    between = np.asarray(middle.mean(axis=(1, 3)))
    even = spread <= np.where(high < _DARK, 0, _EVEN)
    return float(even.mean()), float(((spread >= _HARD) & (between < 0.35)).mean())
