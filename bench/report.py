"""The figures as a page."""

import os
import platform
from pathlib import Path

import av
import cv2
import numpy as np
import PIL

from bench.measure import Cost, middle
from bench.peer import PACKAGES
from bench.timeline import FRAMES, SECONDS
from bot.codec.encode import X264_OPTIONS

_PAGE = """# Benchmarks

Written by `make bench`; run it again rather than trusting these. Absolute times belong to the machine below and to
what else it was doing; the ratios are of runs that took turns. Medians of {rounds} rounds, [lowest to highest].

The film: ten photos of 12 megapixels, {seconds} s, 1920x1080, 30 fps, {frames} frames, pan and zoom, crossfades,
synthesised music, AAC, faststart. The photos are synthetic with grain, which costs the encoder more than most real
ones.

| what | wall s | CPU s | CPU ms/frame | peak memory MB | wall, ours = 1 | CPU, ours = 1 |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

* This renderer takes **{over_wall:.2f}x** the wall time and **{over_cpu:.2f}x** the CPU time of x264 alone; decoding,
  drawing, music, muxing and the start of the process are included. It makes {rate:.0f} frames a second.
* MoviePy ran {peer_frames} frames of the same kind of timeline ({peer_spread} s) and is scaled per frame. It resizes
  every frame with Pillow and encodes at its own default preset, dearer than ours; it has no music to make here. This
  compares what people get, not encoder with encoder.
* Sizes: ours {own_size:.1f} MB, x264 alone {bound_size:.1f} MB of video.
* x264: `{settings}`. No claim about picture quality is made on this page.

Machine: {processor}, {cores} usable cores, {system}, Python {python}. Load average before the first run: {load:.1f}; on
a quiet machine it is near 0, and above it the wall times are too long and only the CPU times can be compared.
Versions: av {av} (libavcodec {libavcodec}), opencv {opencv}, numpy {numpy}, pillow {pillow}. Peer: {packages}.
"""


def page(
    ours: list[Cost],
    again: list[Cost],
    limit: list[Cost],
    peer: list[Cost],
    *,
    peer_frames: int,
    sizes: tuple[int, int],
    load: float,
) -> str:
    """Markdown: medians, spreads and ratios. `again` is ours after one edit.

    Sizes are ours and the limit's, in bytes; `load` is the load average.
    """
    own, bound, other = middle(ours), middle(limit), middle(peer)
    whole = Cost(wall=other.wall / peer_frames * FRAMES, cpu=other.cpu / peer_frames * FRAMES, memory=other.memory)
    rows = [
        _row("**this renderer**, whole process", _spread(ours), own, own),
        _row("the same after one photo's motion was changed", _spread(again), middle(again), own),
        _row("x264 alone on the same frames (encoding only)", _spread(limit), bound, own),
        _row(f"MoviePy 2.2.1 as users write it, scaled to {FRAMES} frames", f"{whole.wall:.0f}", whole, own),
    ]
    return _PAGE.format(
        rounds=len(ours),
        seconds=SECONDS,
        frames=FRAMES,
        rows="\n".join(rows),
        over_wall=own.wall / bound.wall,
        over_cpu=own.cpu / bound.cpu,
        rate=FRAMES / own.wall,
        peer_frames=peer_frames,
        peer_spread=_spread(peer),
        own_size=sizes[0] / 1e6,
        bound_size=sizes[1] / 1e6,
        settings=" ".join(f"{key} {value}" for key, value in X264_OPTIONS.items()),
        processor=_processor(),
        load=load,
        cores=len(os.sched_getaffinity(0)),
        system=platform.system(),
        python=platform.python_version(),
        av=av.__version__,
        libavcodec=".".join(map(str, av.library_versions["libavcodec"])),
        opencv=cv2.__version__,
        numpy=np.__version__,
        pillow=PIL.__version__,
        packages=", ".join(PACKAGES),
    )


def _row(name: str, wall: str, cost: Cost, own: Cost) -> str:
    memory = f"{cost.memory:.0f}" if cost.memory else ""
    figures = [name, wall, f"{cost.cpu:.1f}", f"{1000 * cost.cpu / FRAMES:.1f}", memory]
    return f"| {' | '.join([*figures, f'{cost.wall / own.wall:.2f}', f'{cost.cpu / own.cpu:.2f}'])} |"


def _spread(costs: list[Cost]) -> str:
    walls = [cost.wall for cost in costs]
    return f"{middle(costs).wall:.1f} [{min(walls):.1f} to {max(walls):.1f}]"


def _processor() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.machine()
