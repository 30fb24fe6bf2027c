"""HEIC tile by tile: a phone's photo, or a 200-megapixel one, without ever holding it whole.

libheif decodes a grid into one picture and converts that to RGB: four and a half bytes a pixel at its peak. Here libav
decodes one tile after the other and each is shrunk into its place at once. Only plain files are taken (8 bits, 4:2:0,
one codec configuration, no crop); for everything else the caller goes the general way. Colours stay
in the file's space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import av
import numpy as np

from bot.codec import heif_boxes
from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.codec.planes import LINEAR, Array, Planes, from_jpeg_planes, plane_view, resize, upright

if TYPE_CHECKING:
    from pathlib import Path

    from av.video.codeccontext import VideoCodecContext

    from bot.codec.heif_boxes import Grid

_FULL_RANGE = 2
_BT601 = frozenset({2, 5, 6})  # unspecified means the same here as in libheif


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mosaic:
    """The picture as it comes together, in the layout of the file: luma and two quarter-size chroma planes."""

    planes: tuple[Array, Array, Array]
    size: tuple[int, int]


def read_grid(path: Path, long_side: int) -> Planes | None:
    """Decode a HEIC picture upright at about `long_side`, or None if it is not a plain one.

    Raises:
        Unreadable: a tile is missing or damaged.
    """
    with decoding():
        grid = heif_boxes.read(path)
    if grid is None:
        return None
    with decoding(), av.open(path) as container:
        mosaic = _assemble(container, grid, min(1.0, long_side / max(grid.width, grid.height)))
    if mosaic is None:
        return None
    y, u, v = mosaic.planes
    planes = from_jpeg_planes(y, u, v, mosaic.size)
    y, u, v = (np.ascontiguousarray(upright(plane, grid.orientation)) for plane in planes.all)
    return Planes(y=y, u=u, v=v)


def _assemble(container: av.container.InputContainer, grid: Grid, scale: float) -> _Mosaic | None:
    streams = {stream.id: stream for stream in container.streams.video}
    if any(tile not in streams for tile in grid.tiles):
        return None
    first = streams[grid.tiles[0]]
    setups = {bytes(streams[tile].codec_context.extradata or b"") for tile in grid.tiles}
    if len(setups) != 1 or first.codec_context.pix_fmt not in {"yuv420p", "yuvj420p"}:
        return None
    place = {tile: index for index, tile in enumerate(grid.tiles)}
    wide, high = first.codec_context.width, first.codec_context.height
    across, down = _edges(grid.width, wide, grid.columns, scale), _edges(grid.height, high, grid.rows, scale)
    size = (across[-1], down[-1])
    half = (size[1] // 2, size[0] // 2)
    planes = (np.zeros(size[::-1], np.uint8), np.zeros(half, np.uint8), np.zeros(half, np.uint8))
    decoder = cast("VideoCodecContext", av.CodecContext.create(first.codec_context.name, "r"))
    decoder.extradata = first.codec_context.extradata
    decoder.thread_count = 1
    drawn = 0
    for packet in container.demux([streams[tile] for tile in grid.tiles]):
        if packet.size == 0:
            continue
        index = place[packet.stream.id]
        for frame in [*decoder.decode(av.Packet(bytes(packet))), *decoder.decode(None)]:
            if frame.color_range != _FULL_RANGE or frame.colorspace not in _BT601:
                return None
            row, column = divmod(index, grid.columns)
            box = (across[column], down[row], across[column + 1], down[row + 1])
            seen = (min(wide, grid.width - column * wide), min(high, grid.height - row * high))
            _place(frame, box, seen, planes)
            drawn += 1
        decoder.flush_buffers()
    if drawn != len(grid.tiles):
        raise Unreadable("truncated")
    return _Mosaic(planes=planes, size=size)


def _edges(whole: int, tile: int, count: int, scale: float) -> list[int]:
    """Where the tiles begin and end in the shrunk picture: even, so that chroma fits."""
    return [max(2 * (at > 0), 2 * round(min(at * tile, whole) * scale / 2)) for at in range(count + 1)]


def _place(
    frame: av.VideoFrame, box: tuple[int, int, int, int], seen: tuple[int, int], planes: tuple[Array, ...]
) -> None:
    """Shrink the visible part of a tile into its box."""
    left, top, right, bottom = box
    for index, target in enumerate(planes):
        by = 2 if index else 1
        spot = target[top // by : bottom // by, left // by : right // by]
        tile = plane_view(frame, index)[: -(-seen[1] // by), : -(-seen[0] // by)]
        if spot.size:
            spot[:] = resize(tile, (spot.shape[1], spot.shape[0]), None if index == 0 else LINEAR)
