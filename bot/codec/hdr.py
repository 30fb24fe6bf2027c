"""Films of more light than Rec. 709 has, HLG (ARIB STD-B67) and PQ (SMPTE ST 2084), toned down to it.

The way is that of ITU-R BT.2390: light in nits; its roll-off towards a peak of 203 nits (the reference white of
BT.2408), applied to the brightest of the three primaries so that hues stay; Rec. 2020 primaries to Rec. 709; sRGB's
curve, as photos have it. All of it is one table, which libav looks up.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, ColorTrc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Light = NDArray[np.float64]

Transfer = Literal["hlg", "pq"]

_BT709, _LIMITED = Colorspace.ITU709, ColorRange.MPEG
_UNTOLD = 2  # as H.264 numbers matrices
_WHITE_NITS = 203.0
_PEAK_NITS = 1000.0  # what phones master for, and HLG's nominal peak
_POINTS = 33
_PQ_M1, _PQ_M2 = 2610 / 16384, 2523 / 32
_PQ_C1, _PQ_C2, _PQ_C3 = 3424 / 4096, 2413 / 128, 2392 / 128
_HLG_A, _HLG_B, _HLG_C = 0.17883277, 0.28466892, 0.55991073
_LUMA_2020 = np.array([0.2627, 0.6780, 0.0593])
_2020_TO_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
TRANSFERS: dict[int, Transfer] = {ColorTrc.ARIB_STD_B67: "hlg", ColorTrc.SMPTE2084: "pq"}


def nits(code: Light, transfer: Transfer) -> Light:
    """Light on a display of 1000 nits, of R'G'B' in Rec. 2020 from 0 to 1, `(..., 3)`."""
    if transfer == "pq":
        root = code ** (1 / _PQ_M2)
        light: Light = 10_000 * (np.maximum(root - _PQ_C1, 0) / (_PQ_C2 - _PQ_C3 * root)) ** (1 / _PQ_M1)
        return np.minimum(light, _PEAK_NITS)
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - _HLG_C) / _HLG_A) + _HLG_B) / 12)
    luma = (scene @ _LUMA_2020)[..., None]
    shown: Light = _PEAK_NITS * np.maximum(luma, 1e-9) ** 0.2 * scene
    return shown


def toned(light: Light) -> Light:
    """sRGB from 0 to 1 of light in nits with Rec. 2020 primaries."""
    brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    linear = light / brightest * _rolled_off(brightest) / _WHITE_NITS @ _2020_TO_709.T
    linear = np.clip(linear, 0, 1)
    curved: Light = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return curved


def _rolled_off(light: Light) -> Light:
    """The curve of BT.2390: as it is below its knee, then ever flatter, 203 nits at the peak."""
    top = _as_pq(np.array(_PEAK_NITS))
    most = float(_as_pq(np.array(_WHITE_NITS)) / top)
    knee = 1.5 * most - 0.5
    level = np.minimum(_as_pq(light) / top, 1)
    t = np.maximum(level - knee, 0) / (1 - knee)
    bent = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * most
    return nits(np.where(level < knee, level, bent) * top, "pq")


def _as_pq(light: Light) -> Light:
    power = (light / 10_000) ** _PQ_M1
    code: Light = ((_PQ_C1 + _PQ_C2 * power) / (1 + _PQ_C3 * power)) ** _PQ_M2
    return code


@cache
def _table(transfer: Transfer) -> str:
    """The whole way as a file of the .cube format."""
    steps = np.linspace(0, 1, _POINTS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")  # red changes fastest
    colours = toned(nits(np.stack([red, green, blue], axis=-1).reshape(-1, 3), transfer))
    return f"LUT_3D_SIZE {_POINTS}\n" + "\n".join(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in colours)


@contextmanager
def toning(graph: av.filter.Graph, transfer: Transfer) -> Iterator[av.filter.context.FilterContext]:
    """The filter of a graph that tones full-range R'G'B' in Rec. 2020 to sRGB, until it is configured."""
    with TemporaryDirectory() as folder:  # read when the filter is made, and not wanted any more after that
        cube = Path(folder) / "tone.cube"
        cube.write_text(_table(transfer), encoding="ascii")
        yield graph.add("lut3d", f"file='{cube}':interp=tetrahedral")


class Rec709:
    """Brings decoded frames to Rec. 709 in limited range, 8 bits 4:2:0, toned where they need it. For one thread."""

    def __init__(self) -> None:
        self._graph: av.filter.Graph | None = None
        self._made_for: tuple[object, ...] = ()

    def of(self, frame: av.VideoFrame) -> av.VideoFrame:
        """The frame converted, not turned. May raise what libav raises."""
        transfer = TRANSFERS.get(frame.color_trc)
        if transfer is None:
            # What is not told is Rec. 709 in high definition, as players take it; libav would take it for Rec. 601.
            untold = frame.colorspace == _UNTOLD and (frame.width >= 1280 or frame.height > 576)
            return frame.reformat(
                format="yuv420p",
                src_colorspace=_BT709 if untold else None,
                dst_colorspace=_BT709,
                dst_color_range=_LIMITED,
            )
        kind = (transfer, frame.width, frame.height, frame.format.name)
        if self._graph is None or self._made_for != kind:
            self._graph, self._made_for = _graph(frame, transfer), kind
        self._graph.push(frame)
        result = self._graph.pull()
        assert isinstance(result, av.VideoFrame)
        return result


def _graph(frame: av.VideoFrame, transfer: Transfer) -> av.filter.Graph:
    graph = av.filter.Graph()
    with toning(graph, transfer) as tone:
        graph.link_nodes(
            graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base),
            graph.add("scale", "in_color_matrix=bt2020:out_range=pc"),
            graph.add("format", "gbrp10le"),
            tone,
            graph.add("scale", "out_color_matrix=bt709:out_range=tv"),
            graph.add("format", "yuv420p"),
            graph.add("buffersink"),
        )
        graph.configure()
    return graph
