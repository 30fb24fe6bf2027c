"""Spliced films in a browser, and through a demuxer that is not libav's; skipped where neither is installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import av
import numpy as np
import pytest

from bot.studio.film.render import render
from tests.studio.film.recordings import recording, reel

pytestmark = pytest.mark.slow
PAGE = Path(__file__).with_name("player.html")
SIZE = (320, 180)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reel of five stretches with crossfades; twelve splices."""
    folder = tmp_path_factory.mktemp("players")
    source = recording(folder / "match.mp4", 14, size=SIZE)
    body = reel([("a", second * 1000, (second + 1) * 1000) for second in (1, 4, 6, 8, 11)], size=SIZE)
    assert render(body, {"a": source}, folder / "film.mp4", workers=2).copied_ms > 3000
    return folder / "film.mp4"


def decoded(path: Path) -> list[bytes]:
    with av.open(path) as container:
        return [frame.to_ndarray().tobytes() for frame in container.decode(video=0)]


def test_another_demuxer_hands_over_the_same_pictures(tmp_path: Path, film: Path) -> None:
    if shutil.which("gst-launch-1.0") is None or not has_element("avdec_h264"):
        pytest.skip("no GStreamer with libav's decoder")
    run = ["gst-launch-1.0", "-q", "filesrc", f"location={film}", "!", "qtdemux", "!", "h264parse", "!", "avdec_h264"]
    wanted = ["!", "videoconvert", "!", "video/x-raw,format=I420", "!", "filesink", f"location={tmp_path / 'raw'}"]
    subprocess.run([*run, *wanted], check=True, timeout=60)
    raw, size = (tmp_path / "raw").read_bytes(), SIZE[0] * SIZE[1] * 3 // 2
    assert [raw[at : at + size] for at in range(0, len(raw), size)] == decoded(film)


def has_element(name: str) -> bool:
    return subprocess.run(["gst-inspect-1.0", name], capture_output=True, timeout=60, check=False).returncode == 0


@contextmanager
def served(folder: Path, said: Queue[Any]) -> Iterator[str]:
    """The folder over HTTP with byte ranges, and somebody who listens to what a page reports."""

    class Handler(SimpleHTTPRequestHandler):
        def do_POST(self) -> None:
            said.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def do_GET(self) -> None:
            wanted = folder / self.path.lstrip("/")
            if not wanted.is_file():
                return self.send_error(404)
            data = wanted.read_bytes()
            first, last = 0, len(data) - 1
            asked = self.headers.get("Range", "")
            if asked.startswith("bytes="):
                begin, _, end = asked[6:].partition("-")
                first, last = int(begin), int(end or last)
            self.send_response(206 if asked else 200)
            self.send_header("Content-Type", "text/html" if self.path.startswith("/player") else "video/mp4")
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            self.send_header("Content-Length", str(last + 1 - first))
            self.end_headers()
            with suppress(ConnectionError):  # a player asks for all and hangs up when it has enough
                self.wfile.write(data[first : last + 1])
            return None

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def test_a_browser_seeks_to_and_plays_through_every_splice(tmp_path: Path, film: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("no Chromium")
    shutil.copy(PAGE, film.with_name("player.html"))
    said: Queue[Any] = Queue()
    with av.open(film) as container:
        shown = sorted((frame.time, frame.to_ndarray()[: SIZE[1]]) for frame in container.decode(video=0))
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    with (
        served(film.parent, said) as address,
        subprocess.Popen(
            [*command, "--mute-audio", f"--user-data-dir={tmp_path}", f"{address}/player.html"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process,
    ):
        try:
            report = said.get(timeout=120)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
    assert report["error"] is None
    assert report["size"] == list(SIZE)
    assert report["duration"] == pytest.approx(shown[-1][0] + 1 / 30, abs=0.1)
    assert report["played"] > 0, "to the end, with frames on the screen; a busy machine may drop some"
    assert len(report["seen"]) > 30
    for seconds, brightness in report["seen"]:
        near = [picture for at, picture in shown if abs(at - seconds) <= 0.051]
        assert min(abs(strip(picture) - np.array(brightness)).max() for picture in near) < 14, seconds


def strip(picture: np.ndarray) -> np.ndarray:
    """The mean of each of the twelve fields, as the page sees it: from 0 to 255."""
    height, width = picture.shape
    fields = [picture[4 : height // 3 - 4, width * bit // 12 + 4 : width * (bit + 1) // 12 - 4] for bit in range(12)]
    return (np.array([field.mean() for field in fields]) - 16) * 255 / 219
