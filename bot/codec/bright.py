"""Photos of more light than sRGB has, HEIC in PQ or HLG with Rec. 2020 primaries: toned as films of the kind are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
import cv2
import numpy as np
import pillow_heif

from bot.codec.hdr import TRANSFERS, toning
from bot.codec.planes import AREA

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.codec.hdr import Transfer
    from bot.codec.planes import Array

_REC2020 = 9
_BAND = 128  # rows that are toned at once, so that memory does not grow with the picture


def transfer_of(file: pillow_heif.HeifFile) -> Transfer | None:
    """How the light of a HEIC file is coded, where that is not as in any other photo."""
    coded = file.info.get("nclx_profile")
    if not coded or coded["color_primaries"] != _REC2020:
        return None
    return TRANSFERS.get(coded["transfer_characteristics"])


def read_bright(path: Path, transfer: Transfer, size: tuple[int, int]) -> Array:
    """The picture upright at `size`, in sRGB, `(height, width, 3)`. May raise what libheif and libav raise."""
    file = pillow_heif.open_heif(path, convert_hdr_to_8bit=False)
    whole = np.asarray(file)[:, :, :3]
    deep = whole if whole.dtype == np.uint16 else whole.astype(np.uint16) * 257
    shrunk = deep if (deep.shape[1], deep.shape[0]) == size else cv2.resize(deep, size, interpolation=AREA)
    return _toned(cast("NDArray[np.uint16]", shrunk), transfer)


def _toned(picture: NDArray[np.uint16], transfer: Transfer) -> Array:
    height, width = picture.shape[:2]
    out = np.empty((height, width, 3), np.uint8)
    graph = av.filter.Graph()
    time = Fraction(1, 25)
    with toning(graph, transfer) as tone:
        graph.link_nodes(
            graph.add_buffer(width=width, height=_BAND, format=av.VideoFormat("rgb48le"), time_base=time),
            tone,
            graph.add("format", "rgb24"),
            graph.add("buffersink"),
        )
        graph.configure()
    for top in range(0, height, _BAND):
        band = picture[top : top + _BAND]
        missing = _BAND - band.shape[0]
        frame = av.VideoFrame.from_ndarray(np.pad(band, ((0, missing), (0, 0), (0, 0)), mode="edge"), format="rgb48le")
        frame.pts, frame.time_base = top, time
        graph.push(frame)
        shown = cast("av.VideoFrame", graph.pull())
        out[top : top + _BAND] = shown.to_ndarray(format="rgb24")[: band.shape[0]]
    return out
