"""Pictures as arrays: planar Y'CbCr 4:2:0 in Rec. 709 limited range, and the few exact operations on planes.

Conventions: an RGB picture is `(height, width, 3)` uint8; a plane is `(height, width)` uint8; sizes are
`(width, height)`. Resizing maps the whole source onto the whole target (pixel edges on pixel edges), so a resize of an
integer region never shifts the picture by a fraction of a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    import av

Array = NDArray[np.uint8]

# The renderer runs one thread per core of its own; OpenCV's pool would only fight with them.
cv2.setNumThreads(0)
# Where OpenCV comes with Intel's primitives, resizing may differ from its own by a level: a third of the time is saved.
cv2.ipp.setUseIPP_NotExact(True)

AREA, LINEAR, CUBIC = cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC

_KR, _KB = 0.2126, 0.0722
_RGB_TO_YUV709 = np.array(
    [
        [_KR, 1 - _KR - _KB, _KB],
        [-_KR / (2 - 2 * _KB), -(1 - _KR - _KB) / (2 - 2 * _KB), 0.5],
        [0.5, -(1 - _KR - _KB) / (2 - 2 * _KR), -_KB / (2 - 2 * _KR)],
    ]
)
_TO_LIMITED = np.diag([219 / 255, 224 / 255, 224 / 255])
_YUV601_TO_RGB = np.array([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])
_FINER = 3  # in so many parts of a level luma's correction is kept, as many as fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Planes:
    """One picture in Y'CbCr 4:2:0, Rec. 709 limited range. `y` has even sides; `u` and `v` have half of them."""

    y: Array
    u: Array
    v: Array

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in luma pixels."""
        return self.y.shape[1], self.y.shape[0]

    @property
    def all(self) -> tuple[Array, Array, Array]:
        """The three planes in order."""
        return self.y, self.u, self.v


def resize(source: Array, size: tuple[int, int], method: int | None = None, out: Array | None = None) -> Array:
    """Resize a plane or an RGB picture; without a `method` area averaging when shrinking and cubic when growing."""
    if method is None:
        method = AREA if size[0] <= source.shape[1] and size[1] <= source.shape[0] else CUBIC
    return cast("Array", cv2.resize(source, size, dst=out, interpolation=method))


def even(value: float) -> int:
    """The nearest even whole number, at least 2."""
    return max(2, 2 * round(value / 2))


def upright(picture: Array, orientation: int) -> Array:
    """Undo an EXIF orientation (1 to 8). The result is a view."""
    turned = {
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.swapaxes(0, 1),
        6: lambda a: a[::-1].swapaxes(0, 1),
        7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
        8: lambda a: a[:, ::-1].swapaxes(0, 1),
    }.get(orientation)
    return turned(picture) if turned else picture


def from_rgb(rgb: Array) -> Planes:
    """Convert full-range sRGB; an odd last row or column is dropped."""
    rgb = np.ascontiguousarray(rgb[: rgb.shape[0] & ~1, : rgb.shape[1] & ~1])
    return _mix(rgb, _TO_LIMITED @ _RGB_TO_YUV709, (0, 0, 0))


def from_jpeg_planes(y: Array, u: Array, v: Array, size: tuple[int, int]) -> Planes:
    """Bring full-range Rec. 601 planes (as in a JPEG, any chroma subsampling) to an even `size` and convert.

    Chroma becomes chroma without luma, so that nothing is ever done at full size but the correction of luma.
    """
    half = (size[0] // 2, size[1] // 2)
    blue, red = resize(u, half), resize(v, half)
    matrix = _TO_LIMITED @ _RGB_TO_YUV709 @ _YUV601_TO_RGB
    tint = _sum(blue, _FINER * matrix[0, 1], red, _FINER * matrix[0, 2], at=128)
    luma = resize(y, size)
    offset = 16 - 128 / _FINER
    return Planes(
        y=cast("Array", cv2.addWeighted(luma, matrix[0, 0], resize(tint, size, LINEAR), 1 / _FINER, offset)),
        u=_sum(blue, matrix[1, 1], red, matrix[1, 2], at=128),
        v=_sum(blue, matrix[2, 1], red, matrix[2, 2], at=128),
    )


def _sum(blue: Array, of_blue: float, red: Array, of_red: float, *, at: int) -> Array:
    """A weighted sum of two chroma planes around their middle of 128, with its own middle `at`."""
    return cast("Array", cv2.addWeighted(blue, of_blue, red, of_red, at - 128 * (of_blue + of_red)))


def _mix(picture: Array, matrix: NDArray[np.float64], zero: Sequence[int]) -> Planes:
    """Apply a 3x3 matrix around `zero` and add the offsets of limited range."""
    offset = np.array([16, 128, 128]) - matrix @ np.asarray(zero)
    mixed = cast("Array", cv2.transform(picture, np.column_stack([matrix, offset])))
    y, u, v = (cast("Any", plane) for plane in cv2.split(mixed))
    half = (picture.shape[1] // 2, picture.shape[0] // 2)
    return Planes(y=y, u=resize(u, half, AREA), v=resize(v, half, AREA))


def to_rgb(planes: Planes) -> Array:
    """Back to full-range sRGB, `(height, width, 3)`; for looking at pictures and for thumbnails."""
    full = [planes.y, resize(planes.u, planes.size, LINEAR), resize(planes.v, planes.size, LINEAR)]
    inverse = np.linalg.inv(_TO_LIMITED @ _RGB_TO_YUV709)
    offset = -inverse @ np.array([16, 128, 128])
    return cast("Array", cv2.transform(cast("Array", cv2.merge(full)), np.column_stack([inverse, offset])))


def plane_view(frame: av.VideoFrame, index: int) -> Array:
    """One 8-bit plane of a libav frame as an array that shares its memory."""
    plane = frame.planes[index]
    rows = np.frombuffer(plane, dtype=np.uint8).reshape(plane.height, plane.line_size)  # type: ignore[call-overload]
    return cast("Array", rows[:, : plane.width])
