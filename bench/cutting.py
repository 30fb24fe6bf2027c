"""Two hours to three minutes: ours with crossfades, with hard cuts and drawn whole, beside two other ways of doing it.

`python -m bench.cutting (crossfade|cut|drawn) RECORDING TARGET` makes one reel, from a process that knows nothing yet.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import cutting_peers
from bench.beside import progress
from bench.footage import SECONDS, footage
from bench.measure import Cost, run
from bot.studio.film import render as renderer
from bot.studio.film.copying.source import NotCopied
from bot.studio.recording.choose import choose
from bot.studio.recording.measure import measure
from bot.studio.recording.model import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

REEL = 180_000
_MOMENTS = 15
_TIMES = {"10 min": 2, "1 h": 12, "2 h": 24, "4 h": 48}
_NAMES = {
    "crossfade": "**ours**, crossfades of half a second, pictures copied",
    "cut": "**ours**, hard cuts, pictures copied",
    "drawn": "**ours**, crossfades, every picture encoded",
    "audio": "all sound decoded, the same stretches encoded by ffmpeg (a lower bound for auto-editor's way)",
    "usual": "the same with ffmpeg's own settings (preset medium), extrapolated from a fifth of the stretches",
    "scenes": "PySceneDetect's adaptive detector, the same stretches encoded by ffmpeg, extrapolated",
}
_TEXT = """### A reel of three minutes out of two hours

{moments} moments; 1080p H.264 at 4 Mbit/s with AAC, the file in the page cache. Ours are whole processes: the recording
is measured, moments are chosen, cut, mixed, levelled and written. The other two get the same stretches told, so that
only finding and cutting are compared; the second detects scenes in {stretch} s of the recording, which are scaled to
all of it. They encode as ours does when it must (x264, superfast, crf 21) on two threads, except where it says
otherwise.

| what | wall s | CPU s | peak memory MB | wall, ours with crossfades = 1 | CPU |
| --- | --- | --- | --- | --- | --- |
{rows}

The same with crossfades from recordings of other lengths: {lengths}.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The stretches of a reel, in ms, and how much of its pictures was copied."""

    stretches: tuple[tuple[int, int], ...]
    copied: int


def section(rounds: int, cache: Path) -> str:
    """Measure in turns; Markdown."""
    recording = footage(cache)
    target = cache / "reel.mp4"
    chosen = Chosen(**json.loads(run(_ours("crossfade", recording, target), cache)[1]))
    peers = cutting_peers.Peers(cache=cache, recording=recording, stretches=chosen.stretches)
    turns: dict[str, Callable[[], Cost]] = {
        **{kind: lambda kind=kind: run(_ours(kind, recording, target), cache)[0] for kind in ("crossfade", "cut")},
        "drawn": lambda: run(_ours("drawn", recording, target), cache)[0],
        "audio": peers.by_sound,
        "usual": peers.as_usual,
        "scenes": peers.by_scenes,
    }
    costs: dict[str, list[Cost]] = {name: [] for name in turns}
    for number in range(rounds):
        for name, once in turns.items():
            costs[name].append(once())
            progress(f"cutting, round {number + 1}: {name}: {costs[name][-1].wall:.1f} s")
    lengths = [f"{name} {_length(times, cache, target, rounds)}" for name, times in _TIMES.items()]
    return _TEXT.format(
        moments=len(chosen.stretches),
        stretch=cutting_peers.STRETCH,
        rows="\n".join(_row(name, costs[name], costs["crossfade"]) for name in turns),
        lengths=", ".join(lengths),
    )


def _ours(kind: str, recording: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "bench.cutting", kind, str(recording), str(target)]


def _length(times: int, cache: Path, target: Path, rounds: int) -> str:
    costs = [run(_ours("crossfade", footage(cache, times), target), cache)[0] for _ in range(rounds)]
    return f"{median(cost.wall for cost in costs):.1f} s ({median(cost.cpu for cost in costs):.1f} s of processor)"


def _row(name: str, costs: list[Cost], ours: list[Cost]) -> str:
    walls = [cost.wall for cost in costs]
    pairs = list(zip(costs, ours, strict=True))
    ratios = f"{median(a.wall / b.wall for a, b in pairs):.1f} | {median(a.cpu / b.cpu for a, b in pairs):.1f}"
    figures = f"{median(walls):.1f} [{min(walls):.1f} to {max(walls):.1f}] | {median(cost.cpu for cost in costs):.1f}"
    return f"| {_NAMES[name]} | {figures} | {max(cost.memory for cost in costs):.0f} | {ratios} |"


def main(kind: str, recording: Path, target: Path) -> None:
    """Measure, choose and render once; prints what was chosen."""
    wish = Wish(length=min(REEL, int(SECONDS * 400)), most=_MOMENTS, fewest=_MOMENTS)
    transition = "cut" if kind == "cut" else "crossfade"
    moments = choose({"a": measure(recording)}, wish, overlap=0 if kind == "cut" else 500)
    shots = [
        {
            "d": moment.stop - moment.start,
            "m": {"asset": "a", "kind": "video", "in": moment.start, "transition": transition, "sound": "keep"},
        }
        for moment in moments
    ]
    draft = {"t": [{"tt": 0, "sg": shots}], "m": {"width": 1920, "height": 1080}}
    if kind == "drawn":
        renderer.plan = _nothing_copied
    made = renderer.render(draft, {"a": recording}, target)
    stretches = [(moment.start, moment.stop) for moment in moments]
    sys.stdout.write(json.dumps({"stretches": stretches, "copied": made.copied_ms}))


def _nothing_copied(_: object) -> None:
    raise NotCopied("nothing")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
