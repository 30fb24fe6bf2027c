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


def page(ours: list[Cost], limit: list[Cost], peer: list[Cost], peer_frames: int, sizes: tuple[int, int]) -> str:
    """Markdown: medians, spreads and ratios, and what was measured on what."""
    own, bound, other = middle(ours), middle(limit), middle(peer)
    whole = Cost(wall=other.wall / peer_frames * FRAMES, cpu=other.cpu / peer_frames * FRAMES, memory=other.memory)
    settings = " ".join(f"{key} {value}" for key, value in X264_OPTIONS.items())
    return f"""# Benchmarks

Written by `make bench`; run it again rather than trusting these. Absolute times belong to the machine below and to what
else it was doing; the ratios are of runs that took turns. Medians of {len(ours)} rounds, [lowest to highest].

The film: ten photos of 12 megapixels, {SECONDS} s, 1920x1080, 30 fps, {FRAMES} frames, pan and zoom, crossfades, synthesised
music, AAC, faststart. The photos are synthetic with grain, which costs the encoder more than most real ones.

| what | wall s | CPU s | CPU ms/frame | peak memory MB | wall, ours = 1 | CPU, ours = 1 |
| --- | --- | --- | --- | --- | --- | --- |
| **this renderer**, whole process | {_spread(ours)} | {own.cpu:.1f} | {1000 * own.cpu / FRAMES:.1f} | {own.memory:.0f} | 1 | 1 |
| x264 alone on the same frames (encoding only) | {_spread(limit)} | {bound.cpu:.1f} | {1000 * bound.cpu / FRAMES:.1f} | | \
{bound.wall / own.wall:.2f} | {bound.cpu / own.cpu:.2f} |
| MoviePy 2.2.1 as users write it, scaled to {FRAMES} frames | {whole.wall:.0f} | {whole.cpu:.0f} | \
{1000 * other.cpu / peer_frames:.0f} | {other.memory:.0f} | {whole.wall / own.wall:.1f} | {whole.cpu / own.cpu:.1f} |

* This renderer takes **{own.wall / bound.wall:.2f}x** the wall time of x264 alone, decoding, drawing, music, muxing and the start
  of the process included, and makes {FRAMES / own.wall:.0f} frames a second ({SECONDS / own.wall:.1f} times real time).
* MoviePy ran {peer_frames} frames of the same kind of timeline ([{min(c.wall for c in peer):.1f} to {max(c.wall for c in peer):.1f}] s) and
  is scaled per frame. It decodes in full, resizes with Pillow frame by frame and encodes at its own default preset, which
  is dearer than ours; it has no music to make here. This compares what people get, not encoder with encoder.
* Sizes: ours {sizes[0] / 1e6:.1f} MB, x264 alone {sizes[1] / 1e6:.1f} MB of video.
* x264: {settings}. No claim about picture quality is made on this page.

Machine: {_processor()}, {len(os.sched_getaffinity(0))} usable cores, {platform.system()}, Python {platform.python_version()}.
Versions: av {av.__version__} (libavcodec {".".join(map(str, av.library_versions["libavcodec"]))}), opencv {cv2.__version__}, \
numpy {np.__version__}, pillow {PIL.__version__}. Peer: {", ".join(PACKAGES)}.
"""


def _spread(costs: list[Cost]) -> str:
    walls = [cost.wall for cost in costs]
    return f"{middle(costs).wall:.1f} [{min(walls):.1f} to {max(walls):.1f}]"


def _processor() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.machine()
