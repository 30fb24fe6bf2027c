"""The limit: x264 alone, on exactly our frames, with our settings and as many threads. Only the encoding is timed.

`python -m bench.limit FOLDER` draws all frames into a file first (about 2.8 GB, removed afterwards).
"""

import json
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from bench.photos import make_photos
from bench.timeline import FRAMES, assets, draft
from bot.codec.encode import video_encoder
from bot.codec.planes import plane_view
from bot.studio.film.chunks import draw_chunk
from bot.studio.film.model import FPS, parse
from bot.studio.film.stage import Studio
from bot.studio.film.timeline import Chunk, divide, lay_out

_BYTES = 1920 * 1080 * 3 // 2


def main(folder: Path) -> None:
    """Draw, then time the encoders, and print one JSON line."""
    film = parse(draft())
    spans = lay_out(film)
    studio = Studio(film=film, spans=spans, texts=(), assets=assets(make_photos(folder)), advance=lambda _: None)
    chunks = divide(spans)
    workers = len(os.sched_getaffinity(0))
    with tempfile.NamedTemporaryFile(dir=folder) as file, ThreadPoolExecutor(workers) as pool:
        store = np.memmap(file.name, np.uint8, "w+", shape=(FRAMES, _BYTES))
        list(pool.map(lambda chunk: _draw(studio, chunk, store), chunks))
        wall, cpu = time.perf_counter(), time.process_time()
        sizes = list(pool.map(lambda chunk: _encode(chunk, store), chunks))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    sys.stdout.write(json.dumps({"wall": wall, "cpu": cpu, "size": sum(sizes)}) + "\n")


def _draw(studio: Studio, chunk: Chunk, store: np.ndarray) -> None:
    for frame in draw_chunk(studio, chunk):
        at = 0
        for index in range(3):
            plane = plane_view(frame, index)
            store[frame.pts, at : at + plane.size] = plane.reshape(-1)
            at += plane.size


def _encode(chunk: Chunk, store: np.ndarray) -> int:
    encoder = video_encoder(1920, 1080, FPS)
    size = 0
    frame = av.VideoFrame(1920, 1080, "yuv420p")
    for number in range(chunk.start, chunk.stop):
        at = 0
        for index in range(3):
            plane = plane_view(frame, index)
            plane[:] = store[number, at : at + plane.size].reshape(plane.shape)
            at += plane.size
        frame.time_base, frame.pts = Fraction(1, FPS), number
        size += sum(packet.size for packet in encoder.encode(frame))
    return size + sum(packet.size for packet in encoder.encode(None))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
