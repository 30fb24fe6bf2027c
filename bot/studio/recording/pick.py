"""Which windows of the recordings are taken: the strongest first, none over another, not all from one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.recording.model import STEP
from bot.studio.recording.piece import Piece
from bot.studio.recording.spans import common, minus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bot.studio.recording.score import Interest
    from bot.studio.recording.spans import Span

_BEFORE = 5_000  # people react to what they saw: it began so long before the noise
_RISE = 6_000  # how far ahead of its peak a reaction may begin
_SHARE = 0.6  # of a window at most lies before the reaction, for that has to be heard too
_APART = 2_000  # two moments of one recording that are nearer would look like a fault
_SHORTEST = 800
_SPREAD = 0.08  # what being far from all others is worth
_TELLING = 0.12  # a peak below it says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What may be taken of a recording, and what speaks for it; `known` are the windows that are in already."""

    free: Sequence[Span]
    interest: Interest


def picked(materials: Mapping[str, Material], given: Sequence[Piece], *, count: int, length: int) -> list[Piece]:
    """Up to `count` windows of `length` ms beside the `given` ones; every recording has one before any has two."""
    taken = list(given)
    scores = {asset: _open(asset, material, taken) for asset, material in materials.items()}
    spread = sum(score.size for score in scores.values()) * STEP / max(1, count + len(given)) / 2
    while len(taken) - len(given) < count:
        waiting = [asset for asset in materials if all(piece.asset != asset for piece in taken)]
        best = None
        for asset in waiting or materials:
            value = scores[asset] + _SPREAD * _far(
                scores[asset].size, [one for one in taken if one.asset == asset], spread
            )
            step = int(value.argmax()) if value.size else 0
            if value.size and np.isfinite(value[step]) and (best is None or value[step] > best[0]):
                best = float(value[step]), asset, step
        if best is None:
            if not waiting:
                break
            materials = {asset: one for asset, one in materials.items() if asset not in waiting}
            continue
        _, asset, step = best
        piece = _window(asset, materials[asset], step, length, taken)
        if piece is None:
            scores[asset][step] = -np.inf
            continue
        taken.append(piece)
        scores[asset][_steps(piece.start - _APART, piece.stop + _APART)] = -np.inf
    return taken[len(given) :]


def _open(asset: str, material: Material, taken: Sequence[Piece]) -> NDArray[np.float64]:
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


def _far(size: int, taken: Sequence[Piece], spread: float) -> NDArray[np.float64]:
    """0 beside a window that is taken, 1 far from all."""
    at = (np.arange(size) + 0.5) * STEP
    near = np.zeros(size)
    for piece in taken:
        away = np.maximum(0, np.maximum(piece.start - at, at - piece.stop))
        np.maximum(near, np.exp(-away / spread), out=near)
    return 1 - near


def _window(asset: str, material: Material, step: int, length: int, taken: Sequence[Piece]) -> Piece | None:
    """The window around what happens at a step, moved so that it lies in what is free; None where nothing fits."""
    value = material.interest.value
    peak = float(value[step])
    first = step
    while first > 0 and (step - first) * STEP < _RISE and value[first - 1] >= peak / 2 and peak >= _TELLING:
        first -= 1
    ahead = min(_BEFORE, round(length * _SHARE)) if peak >= _TELLING else length // 2
    mine = [(one.start - _APART, one.stop + _APART) for one in taken if one.asset == asset]
    instant = step * STEP, step * STEP + 1
    around = [span for span in minus(material.free, mine) if common([span], [instant])]
    if not around:
        return None
    low, high = around[0]
    if high - low < min(length, _SHORTEST):
        return None
    length = min(length, high - low)
    start = max(low, min(first * STEP - ahead, high - length))
    why = material.interest.why(step) if peak >= _TELLING else "spread"
    (room,) = (span for span in material.free if common([span], [instant]))
    return Piece(asset=asset, start=start, stop=start + length, room=room, why=why, score=peak)
