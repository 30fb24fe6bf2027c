"""Take all measures of a photo. Slow enough and exposed enough to belong in the probing process."""

from pathlib import Path
from typing import cast

import cv2
import numpy as np

from bot.codec.photo import Heif, opened
from bot.codec.planes import Array
from bot.codec.still import read_rgb
from bot.studio.analyse import fingerprint, saliency
from bot.studio.analyse.focus import sharpness
from bot.studio.analyse.measures import Measures
from bot.studio.analyse.notes import notes
from bot.studio.analyse.screens import screen

_SIDE = 1024
_LEAST = 240  # shorter sides of smaller pictures: thumbnails and icons, which nothing can be said about
_GREY = 24  # colours no further from neutral than this are taken for greys in a tinted light


def measure(path: Path, max_pixels: int) -> Measures | None:
    """Decode a photo at about a megapixel and measure it; None when it is too small to judge.

    Raises:
        Unreadable: it cannot be decoded.
        TooManyPixels: it is larger than `max_pixels`.
    """
    with opened(path, max_pixels) as photo:
        told = notes(photo)
        size = photo.file.size if isinstance(photo, Heif) else photo.size
    if min(size) < _LEAST:
        return None
    rgb = read_rgb(path, _SIDE, max_pixels)
    luma = cast("Array", cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
    lab = cast("Array", cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB))
    hashed, structure = fingerprint.hashed(luma)
    heat = saliency.saliency(lab)
    sharp = sharpness(luma)
    return Measures(
        hash=hashed,
        structure=round(structure, 2),
        colours=fingerprint.fields(lab),
        sharpness=None if sharp is None else round(sharp, 3),
        light=round(float(luma.mean()) / 255, 3),
        contrast=round(float(luma.std()) / 255, 3),
        brightest=round(float(np.quantile(luma, 0.995)) / 255, 3),
        tint=_tint(rgb),
        screen=screen(luma, size, camera=told.camera, lossless=told.lossless),
        palette=fingerprint.palette(rgb),
        box=saliency.box(heat),
        heat=saliency.digits(heat),
        taken_by=told.taken_by,
        zone=told.zone,
        place=told.place,
    )


def _tint(rgb: Array) -> tuple[float, float]:
    """How far the nearly neutral pixels lean to blue and to red, in levels of Cb and Cr."""
    tones = cast("Array", cv2.cvtColor(rgb[::4, ::4], cv2.COLOR_RGB2YCrCb)).reshape(-1, 3).astype(np.int16) - 128
    neutral = tones[(np.abs(tones[:, 1:]).max(axis=1) <= _GREY) & (np.abs(tones[:, 0]) < 100)]
    if len(neutral) < len(tones) // 20:
        return 0.0, 0.0
    red, blue = (float(value) for value in neutral[:, 1:].mean(axis=0))
    return round(blue, 1), round(red, 1)
