"""Other ways to a reel, by tools that many use: ffmpeg, and PySceneDetect in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench import peer
from bench.measure import Cost, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PACKAGES = ("scenedetect==0.7.2", "opencv-python-headless==5.0.0.93", "numpy==2.4.6")
STRETCH = 60
SHARE = 5  # of how many stretches one is encoded where all would take too long
_AS_OURS = ["-preset", "superfast", "-crf", "21", "-threads", "2", "-x264-params", "b-adapt=0:scenecut=0:subme=2"]


@dataclass(slots=True, kw_only=True)
class Peers:
    """What both are given: the recording, and the stretches (ms) that the reel is made of."""

    cache: Path
    recording: Path
    stretches: tuple[tuple[int, int], ...]
    _ffmpeg: str = field(init=False)
    _scenedetect: Path = field(init=False)
    _stretch: Path = field(init=False)
    _seconds: float = field(init=False)

    def __post_init__(self) -> None:
        peer.environment(self.cache)
        self._ffmpeg = peer.ffmpeg(self.cache)
        self._scenedetect = _environment(self.cache)
        self._stretch = self.cache / "stretch.mp4"
        cut = [self._ffmpeg, "-y", "-v", "error", "-ss", "100", "-t", str(STRETCH), "-i", str(self.recording)]
        subprocess.run([*cut, "-c", "copy", str(self._stretch)], check=True)
        self._seconds = self.recording.stat().st_size / (self.cache / "footage-unit.mp4").stat().st_size * 300

    def by_sound(self) -> Cost:
        """All of the sound decoded to 8 kHz, then the stretches encoded as we encode."""
        return _sum(self.by_listening(), self._encoding(self.stretches, _AS_OURS), 1)

    def by_listening(self) -> Cost:
        """All of the sound decoded to 8 kHz."""
        listen = [self._ffmpeg, "-v", "error", "-i", str(self.recording), "-vn", "-ac", "1", "-ar", "8000"]
        return run([*listen, "-f", "s16le", "-y", str(self.cache / "heard.raw")], self.cache)[0]

    def as_usual(self) -> Cost:
        """The same with ffmpeg's own settings; every fifth stretch is encoded and scaled to all."""
        listen = self.by_listening()
        few = self.stretches[::SHARE]
        lengths = [sum(stop - start for start, stop in part) for part in (self.stretches, few)]
        encoded = self._encoding(few, [])
        return _sum(encoded, listen, lengths[0] / lengths[1])

    def by_scenes(self) -> Cost:
        """Scenes detected in a stretch and scaled to the whole, then the stretches encoded."""
        command = [str(self._scenedetect), "-q", "-i", str(self._stretch), "detect-adaptive"]
        return _sum(run(command, self.cache)[0], self._encoding(self.stretches, _AS_OURS), self._seconds / STRETCH)

    def _encoding(self, stretches: Sequence[tuple[int, int]], settings: list[str]) -> Cost:
        inputs, joined = [], ""
        for number, (start, stop) in enumerate(stretches):
            inputs += ["-ss", f"{start / 1000}", "-t", f"{(stop - start) / 1000}", "-i", str(self.recording)]
            joined += f"[{number}:v][{number}:a]"
        graph = f"{joined}concat=n={len(stretches)}:v=1:a=1"
        target = str(self.cache / "peers-reel.mp4")
        command = [self._ffmpeg, "-y", "-v", "error", *inputs, "-filter_complex", graph, *settings, target]
        return run(command, self.cache)[0]


def _sum(finding: Cost, encoding: Cost, times: float) -> Cost:
    return Cost(
        wall=finding.wall * times + encoding.wall,
        cpu=finding.cpu * times + encoding.cpu,
        memory=max(finding.memory, encoding.memory),
    )


def _environment(cache: Path) -> Path:
    """The command of PySceneDetect; about a minute when its environment is built."""
    home = cache / "scenedetect"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run([str(home / "bin" / "pip"), "install", "--quiet", *PACKAGES], check=True)
        (home / "ready").touch()
    return home / "bin" / "scenedetect"
