"""`python -m bench.summaries`: how good the chosen moments are by the published protocols, beside what needs no skill.

Without arguments: on planted recordings of the kinds that nothing was tuned on. `--tvsum TABLE --videos FOLDER` or
`--summe FOLDER --videos FOLDER`: on those, where somebody has them; they are not part of this project.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import annotations, protocols
from bench.annotations import UNIT, Annotated
from bench.planted import MEASURING, TUNING, Style, plant
from bot.studio.recording.choose import choose
from bot.studio.recording.measure import measure
from bot.studio.recording.model import Recording, Wish
from bot.studio.recording.score import interest

_RANDOM = 100
_ROWS = {"ours": "**these moments**", "loudness": "loudness alone", "uniform": "evenly spread", "random": "random"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One method on one recording: F1 (mean and best over annotators), tau and rho (mean over annotators)."""

    mean: float
    best: float
    tau: float
    rho: float


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.summaries")
    parser.add_argument("--tvsum", type=Path)
    parser.add_argument("--summe", type=Path)
    parser.add_argument("--videos", type=Path)
    parser.add_argument("--tuning", action="store_true", help="planted recordings of the kinds that were tuned on")
    parser.add_argument("--recordings", type=int, default=12, help="how many are planted")
    options = parser.parse_args()
    if (options.tvsum or options.summe) and options.videos is None:
        parser.error("--videos is missing")
    if options.tvsum:
        judged = annotations.tvsum(options.tvsum, options.videos)
    elif options.summe:
        judged = annotations.summe(options.summe, options.videos)
    else:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(table(_planted(Path(folder), TUNING if options.tuning else MEASURING, options.recordings)))
        return
    sys.stdout.write(table(judged))


def _planted(folder: Path, style: Style, count: int) -> list[Annotated]:
    return [
        annotations.planted(plant(folder / f"{seed}.mp4", style, seed, seconds=300, events=4))
        for seed in range(100, 100 + count)
    ]


def table(judged: list[Annotated]) -> str:
    """Markdown: every method's means over the recordings."""
    every = [outcomes(one) for one in judged]
    rows = []
    for name, words in _ROWS.items():
        own = [one[name] for one in every]
        chance = [one["random"].mean for one in every]
        over = np.mean([protocols.over_random(a.mean, b) for a, b in zip(own, chance, strict=True)])
        mean, best, tau, rho = (np.mean([getattr(one, part) for one in own]) for part in ("mean", "best", "tau", "rho"))
        rows.append(f"| {words} | {mean:.3f} | {best:.3f} | {over:.0f} | {tau:.3f} | {rho:.3f} |")
    head = "| method | F1 at 15 %, mean over annotators | best annotator | per cent of random | tau | rho |"
    return "\n".join([f"{len(judged)} recordings.\n", head, "| --- | --- | --- | --- | --- | --- |", *rows, ""])


def outcomes(one: Annotated) -> dict[str, Outcome]:
    """All methods on one recording, over the same units of two seconds."""
    recording = measure(one.path)
    units = max(8, round(recording.duration / 1000 / UNIT))
    rng = np.random.default_rng(1)
    found = interest(recording, Wish(length=1)).value
    ours = _per_unit(found, units)
    loud = _per_unit(np.array(recording.signals.loud or np.zeros(found.size), float), units)
    even = np.zeros(units, bool)
    even[np.linspace(0, units - 1, int(protocols.BUDGET * units)).astype(int)] = True
    chances = [rng.random(units) for _ in range(_RANDOM)]
    each = [_outcome(protocols.best_units(chance), chance, one) for chance in chances]
    return {
        "ours": _outcome(_chosen(recording, units), ours, one),
        "loudness": _outcome(protocols.best_units(loud), loud, one),
        "uniform": _outcome(even, even.astype(float), one),
        "random": Outcome(**{part: float(np.mean([getattr(o, part) for o in each])) for part in Outcome.__slots__}),
    }


def _outcome(summary: np.ndarray, scores: np.ndarray, one: Annotated) -> Outcome:
    mean, best = protocols.f1_over(summary, one.references(summary.size))
    said = one.per_unit(summary.size)
    return Outcome(
        mean=mean,
        best=best,
        tau=float(np.mean([protocols.kendall(scores, row) for row in said])),
        rho=float(np.mean([protocols.spearman(scores, row) for row in said])),
    )


def _chosen(recording: Recording, units: int) -> np.ndarray:
    """The units that lie for the most part in the moments of a reel of 15 %."""
    moments = choose({"": recording}, Wish(length=int(protocols.BUDGET * recording.duration)))
    fine = np.zeros(recording.duration // 100 + 1)
    for moment in moments:
        fine[moment.start // 100 : moment.stop // 100] = 1
    return _per_unit(fine, units) >= 0.5


def _per_unit(values: np.ndarray, units: int) -> np.ndarray:
    at = (np.arange(values.size) + 0.5) / values.size * units
    place = np.minimum(at.astype(int), units - 1)
    return np.bincount(place, values, minlength=units) / np.maximum(np.bincount(place, minlength=units), 1)


if __name__ == "__main__":
    main()
