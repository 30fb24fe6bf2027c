"""Which windows of the recordings are taken: the strongest first, none over another, not all from one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.recording.extent import TELLING, extent
from bot.studio.recording.model import STEP
from bot.studio.recording.piece import Piece
from bot.studio.recording.spans import common, minus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bot.studio.recording.score import Interest
    from bot.studio.recording.spans import Span

    Values = NDArray[np.float64]

_APART = 2_000  # two moments of one recording that are nearer would look like a fault
_SHORTEST = 800
_ALIKE, _SAME_BITS = 0.06, 10  # what looking like another window costs, and by how many of 63 bits they may differ
_LOOK = 8_000  # ms around a picture that look like it
_AS_STRONG, _OTHER = 0.8, 15_000  # of the strongest; ms between two things that happen
_SPREAD = 0.08  # what being far from all others is worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What may be taken of a recording, what speaks for it, and what it looks like at some instants (ms, hash)."""

    free: Sequence[Span]
    interest: Interest
    looks: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What is to be found: `length` ms in windows of about `usual` ms, at least `fewest` and at most `most` of them."""

    length: int
    usual: int
    fewest: int
    most: int


def picked(materials: Mapping[str, Material], given: Sequence[Piece], budget: Budget) -> list[Piece]:
    """Windows beside the `given` ones, none longer than leaves room for the others that are needed.

    Every recording has one before any has two. What happens has the length that it takes, what nothing is known of the
    usual one.
    """
    taken = list(given)
    scores = {asset: _open(asset, material, taken) for asset, material in materials.items()}
    spread = sum(score.size for score in scores.values()) * STEP / (2 * (budget.length / budget.usual + 1))
    share = max(budget.usual, budget.length // max(1, _equals(scores)))
    left, dry = budget.length, set[str]()
    while (count := len(taken) - len(given)) < budget.most and left >= min(_SHORTEST, budget.usual):
        waiting = [asset for asset in materials if asset not in dry and all(piece.asset != asset for piece in taken)]
        open_now = waiting or [asset for asset in materials if asset not in dry]
        best = _best(scores, {asset: materials[asset] for asset in open_now}, taken, spread, _shown(materials, taken))
        if best is None:
            if not waiting:
                break
            dry.update(waiting)
            continue
        asset, step = best
        others = max(budget.fewest - count, len(waiting), 1)
        piece = _window(asset, materials[asset], step, (budget.usual, min(share, left // others)), taken)
        if piece is None:
            scores[asset][step] = -np.inf
            continue
        taken.append(piece)
        left -= piece.length
        scores[asset][_steps(piece.start - _APART, piece.stop + _APART)] = -np.inf
    return taken[len(given) :]


def _equals(scores: Mapping[str, Values]) -> int:
    """How many things happen that are about as strong as the strongest: none is to be long at the cost of another."""
    top = max((float(score.max(initial=0)) for score in scores.values()), default=0.0)
    count = 0
    for score in scores.values():
        steps = np.flatnonzero(score >= max(_AS_STRONG * top, TELLING))
        count += int((np.diff(steps) * STEP > _OTHER).sum()) + 1 if steps.size else 0
    return count


def _shown(materials: Mapping[str, Material], taken: Sequence[Piece]) -> list[int]:
    """What the pictures look like that are in what is taken."""
    return [
        int(seen, 16) for piece in taken for at, seen in materials[piece.asset].looks if piece.start <= at < piece.stop
    ]


def _best(
    scores: Mapping[str, Values],
    materials: Mapping[str, Material],
    taken: Sequence[Piece],
    spread: float,
    shown: Sequence[int],
) -> tuple[str, int] | None:
    """The step that speaks most for itself, being far from what is taken and looking unlike it counted in."""
    found: list[tuple[float, str, int]] = []
    for asset, material in materials.items():
        own = [piece for piece in taken if piece.asset == asset]
        value = scores[asset] + _SPREAD * _far(scores[asset].size, own, spread)
        for at, seen in material.looks:
            if any((int(seen, 16) ^ other).bit_count() <= _SAME_BITS for other in shown):
                value[_steps(at - _LOOK, at + _LOOK)] -= _ALIKE
        step = int(value.argmax())
        if np.isfinite(value[step]):
            found.append((float(value[step]), asset, step))
    return max(found, key=lambda one: one[0])[1:] if found else None


def _open(asset: str, material: Material, taken: Sequence[Piece]) -> Values:
    """The interest of every step, minus infinity where nothing may be taken."""
    score = np.full(material.interest.value.size, -np.inf)
    for start, stop in material.free:
        part = slice(-(-start // STEP), max(-(-start // STEP), stop // STEP))
        score[part] = material.interest.value[part]
    for piece in taken:
        if piece.asset == asset:
            score[_steps(piece.start - _APART, piece.stop + _APART)] = -np.inf
    return score


def _steps(start: int, stop: int) -> slice:
    return slice(max(0, start // STEP), max(0, -(-stop // STEP)))


def _far(size: int, taken: Sequence[Piece], spread: float) -> Values:
    """0 beside a window that is taken, 1 far from all."""
    at = (np.arange(size) + 0.5) * STEP
    near = np.zeros(size)
    for piece in taken:
        away = np.maximum(0, np.maximum(piece.start - at, at - piece.stop))
        np.maximum(near, np.exp(-away / spread), out=near)
    return 1 - near


def _window(
    asset: str, material: Material, step: int, lengths: tuple[int, int], taken: Sequence[Piece]
) -> Piece | None:
    """The window around what happens at a step, moved so that it lies in what is free; None where nothing fits.

    `lengths` are the usual one and the most that is left.
    """
    mine = [(one.start - _APART, one.stop + _APART) for one in taken if one.asset == asset]
    instant = step * STEP, step * STEP + 1
    around = [span for span in minus(material.free, mine) if common([span], [instant])]
    if not around:
        return None
    low, high = around[0]
    found = extent(material.interest.value, step, *lengths)
    if high - low < min(found.length, _SHORTEST):
        return None
    length = min(found.length, high - low)
    start = max(low, min(found.start, high - length))
    why = material.interest.why(step) if found.telling else "spread"
    (room,) = (span for span in material.free if common([span], [instant]))
    score = float(material.interest.value[step])
    return Piece(asset=asset, start=start, stop=start + length, room=room, why=why, score=score)
