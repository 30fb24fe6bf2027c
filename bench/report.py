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
from bench.quality import Likeness
from bench.timeline import FRAMES, SECONDS
from bot.codec.encode import X264_OPTIONS

_NAMES = {
    "ours": "**this renderer**, whole process",
    "again": "the same after one photo's motion was changed",
    "many": "the same with twenty photos",
    "limit": "x264 alone on the same frames (encoding only)",
    "best": "ffmpeg zoompan at its best",
    "usual": "ffmpeg zoompan as usual",
    "moviepy": "MoviePy 2.2.1 as users write it",
}
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
  drawing, music, muxing and the start of the process are included. It makes {rate:.0f} frames a second. x264 alone
  without any of it would be {most:.0f} times as fast as MoviePy here: no renderer with these settings can be faster.
* The peers made shorter films of the same kind, without music, and are scaled per frame:
{spreads}.
  zoompan in its best form has one picture as input of each filter and our encoder's settings; in its usual form the
  picture is looped, enlarged to 8000 pixels and encoded at `superfast`. MoviePy resizes every frame with Pillow and
  encodes at its own default preset, dearer than ours. This compares what people get, not encoder with encoder.
* Sizes: ours {own_size:.1f} MB, x264 alone {bound_size:.1f} MB of video.
* x264: `{settings}`.

How good the pictures are: decoded frames of the first photo beside a supersampled picture of the path that each film
should show (cubic at twice the size, averaged; luma). Jitter is how far the picture is off that path, even drift apart.

| film | SSIM | jitter, px rms |
| --- | --- | --- |
{likeness}

Machine: {processor}, {cores} usable cores, {system}, Python {python}. Load average before the first run: {load:.1f}; on
a quiet machine it is near 0, and above it the wall times are too long and only the CPU times can be compared.
Versions: av {av} (libavcodec {libavcodec}), opencv {opencv}, numpy {numpy}, pillow {pillow}. Peer: {packages}.
"""


def page(
    costs: dict[str, list[Cost]],
    likeness: dict[str, Likeness],
    *,
    peer_frames: dict[str, int],
    sizes: tuple[int, int],
    load: float,
) -> str:
    """Markdown: medians, spreads and ratios of all that is in `_NAMES`; peers made so many frames and are scaled.

    Sizes are ours and the limit's, in bytes; `load` is the load average.
    """
    own, bound = middle(costs["ours"]), middle(costs["limit"])
    rows, whole = [], {}
    for name, words in _NAMES.items():
        cost, spread = middle(costs[name]), _spread(costs[name])
        if name in peer_frames:
            scale = FRAMES / peer_frames[name]
            cost = Cost(wall=cost.wall * scale, cpu=cost.cpu * scale, memory=cost.memory)
            spread = f"{cost.wall:.0f}"
        whole[name] = cost
        rows.append(_row(words, spread, cost, own))
    return _PAGE.format(
        rounds=len(costs["ours"]),
        seconds=SECONDS,
        frames=FRAMES,
        rows="\n".join(rows),
        over_wall=own.wall / bound.wall,
        over_cpu=own.cpu / bound.cpu,
        rate=FRAMES / own.wall,
        most=whole["moviepy"].wall / bound.wall,
        spreads=",\n".join(f"  {_NAMES[name]} {peer_frames[name]} in {_spread(costs[name])} s" for name in peer_frames),
        likeness="\n".join(
            f"| {_NAMES[name]} | {seen.ssim:.4f} | {seen.jitter:.3f} |" for name, seen in likeness.items()
        ),
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
