"""Transitions in which the pictures move."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from bot.codec.planes import Array, Planes

_BLACK = (16, 128, 128)
_ZOOM = 0.28
_DEPTH = 0.35  # how fast pictures move behind the window through which they are seen
_SMEAR = 0.16  # of the picture's width, at the fastest moment


def push(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """The new picture pushes the old one out to the left."""
    _side_by_side(old, new, share, out, follow=1.0)


def slide(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """The new picture slides over the old one, which gives way more slowly and darkens."""
    _side_by_side(old, new, share, out, follow=0.3)


def whip(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """The camera is thrown round: a push so fast that it smears."""
    push(old, new, share, out)
    speed = 4 * share * (1 - share)
    for plane in out.all:
        smear = round(_SMEAR * speed * plane.shape[1]) | 1
        if smear > 1:
            cv2.blur(plane, (smear, 1), dst=plane, borderType=cv2.BORDER_REPLICATE)


def parallax(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A window with the new picture rises over the old one; behind its edge both move more slowly."""
    height = out.y.shape[0]
    edge = 2 * round(height * (1 - share) / 2)
    up, down = 2 * round(height * share * _DEPTH / 2), 2 * round(edge * _DEPTH / 2)
    dim = 1 - 0.35 * share
    for a, b, target, by, black in zip(old.all, new.all, out.all, (1, 2, 2), _BLACK, strict=True):
        if edge:
            rows = min(edge, height - up) // by
            seen = a[up // by : up // by + rows]
            cv2.addWeighted(seen, dim, seen, 0, black * (1 - dim), dst=target[:rows])
            target[rows : edge // by] = target[rows - 1] if rows else black
        target[edge // by :] = b[(edge - down) // by : (height - down) // by]


def zoom(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """Flying forward: the old picture grows away while the new one arrives from slightly too large."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        gone = _enlarged(a, 1 + _ZOOM * share)
        come = _enlarged(b, 1 + _ZOOM * 0.6 * (1 - share))
        cv2.addWeighted(gone, 1 - share, come, share, 0, dst=target)


def _side_by_side(old: Planes, new: Planes, share: float, out: Planes, follow: float) -> None:
    width = out.y.shape[1]
    edge, moved = 2 * round(width * (1 - share) / 2), 2 * round(width * share * follow / 2)
    for a, b, target, by, black in zip(old.all, new.all, out.all, (1, 2, 2), _BLACK, strict=True):
        if edge:
            seen = a[:, moved // by : (moved + edge) // by]
            dim = 1.0 if follow == 1 else 1 - 0.45 * share
            cv2.addWeighted(seen, dim, seen, 0, black * (1 - dim), dst=target[:, : edge // by])
        if edge < width:
            target[:, edge // by :] = b[:, : (width - edge) // by]


def _enlarged(plane: Array, factor: float) -> Array:
    height, width = plane.shape
    matrix = np.array(
        [[factor, 0, (width - 1) / 2 * (1 - factor)], [0, factor, (height - 1) / 2 * (1 - factor)]], dtype=np.float64
    )
    return cast(
        "Array", cv2.warpAffine(plane, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )
