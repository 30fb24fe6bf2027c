"""Colours to sRGB: embedded profiles, CMYK, transparency, more than 8 bits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

import numpy as np
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from bot.codec.planes import Array

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_LIGHT, _DARK = (255, 255, 255), (38, 38, 42)


def is_srgb(profile: bytes | None) -> bool:
    """Whether colours with this ICC profile may be shown as they are."""
    if not profile:
        return True
    try:
        return "srgb" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).lower()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return True  # a broken profile says nothing


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert a decoded picture of any Pillow mode to 8-bit RGB in sRGB.

    Transparent pictures are laid on white, or on near-black when what is visible of them is itself nearly white.
    """
    image = _eight_bits(image)
    if image.mode == "P" or (image.mode in {"L", "RGB"} and "transparency" in image.info):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode in {"LA", "PA", "La", "RGBa"}:
        image = image.convert("RGBA")
    if image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        image = image.convert("RGB")
    if image.mode != "L" and not is_srgb(profile):
        image = _through_profile(image, cast("bytes", profile))
    if image.mode == "RGBA":
        return _flattened(image)
    return image if image.mode == "RGB" else image.convert("RGB")


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # the profile is broken or made for another kind of picture: better a slight cast than nothing
    return image if turned is None else turned


def _eight_bits(image: Image.Image) -> Image.Image:
    """Pillow would clip 16-bit and float greys instead of scaling them."""
    if image.mode.startswith("I;16") or image.mode == "I":
        grey = np.asarray(image.convert("I"), dtype=np.int32) >> 8
        return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return image.convert("L") if image.mode in {"1", "F"} else image


def _flattened(image: Image.Image) -> Image.Image:
    alpha = image.getchannel("A")
    seen = np.asarray(alpha.reduce(max(1, min(image.size) // 64)), dtype=np.float32)
    luma = np.asarray(image.convert("RGB").convert("L").reduce(max(1, min(image.size) // 64)), dtype=np.float32)
    nearly_white = seen.sum() > 0 and float((luma * seen).sum() / seen.sum()) > 205
    ground = Image.new("RGB", image.size, _DARK if nearly_white and seen.mean() < 250 else _LIGHT)
    ground.paste(image, mask=alpha)
    return ground


def as_array(image: Image.Image) -> Array:
    """An RGB picture as `(height, width, 3)`."""
    return np.asarray(image, dtype=np.uint8)
