"""Annotations of recordings: TVSum's table, SumMe's MATLAB files, and what was planted.

TVSum (`ydata-tvsum50-anno.tsv`): one line for each annotator of each video, three columns with tabs between them: the
video's id, its category, and importance scores from 1 to 5 with commas between them, one for each frame.

SumMe (`GT/NAME.mat`, MATLAB 5): of it `user_score` is read, a row for each frame and a column for each annotator, above
zero where the frame is in the annotator's summary. MATLAB 7.3 files are HDF5 and are not read.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bench.protocols import best_units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.planted import Planted

UNIT = 2.0
"""Seconds of a unit: what TVSum's annotators gave one score to."""

_TYPES = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8"}
_MATRIX, _COMPRESSED = 14, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A recording and what people said of it: a row of scores per annotator, evenly over its length.

    `summaries` says that scores above zero are an annotator's summary; otherwise the best 15 % of units are.
    """

    path: Path
    scores: np.ndarray
    summaries: bool = False

    def per_unit(self, units: int) -> np.ndarray:
        """Mean scores of each unit, a row per annotator."""
        edges = pairwise(np.linspace(0, self.scores.shape[1], units + 1).astype(int))
        return np.stack([self.scores[:, start : max(stop, start + 1)].mean(axis=1) for start, stop in edges], axis=1)

    def references(self, units: int) -> np.ndarray:
        """What each annotator would take."""
        scores = self.per_unit(units)
        return scores > 0.5 if self.summaries else np.stack([best_units(one) for one in scores])


def tvsum(table: Path, videos: Path) -> list[Annotated]:
    """Every video of the table that is in the folder."""
    rows: dict[str, list[np.ndarray]] = {}
    with table.open(encoding="utf-8") as lines:
        for line in lines:
            name, _, scores = line.rstrip("\n").split("\t")[:3]
            rows.setdefault(name, []).append(np.array([float(one) for one in scores.split(",") if one]))
    found = []
    for name, scores in rows.items():
        length = min(one.size for one in scores)
        cut = np.stack([one[:length] for one in scores])
        found += [Annotated(path=path, scores=cut) for path in sorted(videos.glob(f"{name}.*"))]
    return found


def summe(folder: Path, videos: Path) -> list[Annotated]:
    """Every `.mat` of the folder whose video is in the other."""
    return [
        Annotated(path=path, scores=(user_scores(file.read_bytes()).T > 0).astype(float), summaries=True)
        for file in sorted(folder.glob("*.mat"))
        for path in sorted(videos.glob(f"{file.stem}.*"))
    ]


def user_scores(data: bytes) -> np.ndarray:
    """The matrix `user_score` of a MATLAB 5 file.

    Raises:
        ValueError: it is not one, or has no such matrix.
    """
    if data[:4] == b"\x89HDF" or data[124:128] not in {b"\x00\x01IM", b"\x01\x00MI"}:
        raise ValueError("not a MATLAB 5 file")
    order = "<" if data[126:128] == b"IM" else ">"
    for kind, body in _elements(data[128:], order):
        inner = next(_elements(zlib.decompress(body), order)) if kind == _COMPRESSED else (kind, body)
        parts = list(_elements(inner[1], order)) if inner[0] == _MATRIX else []
        if len(parts) > 3 and parts[2][1].rstrip(b"\x00") == b"user_score":
            rows, columns = np.frombuffer(parts[1][1], f"{order}i4")[:2]
            values = np.frombuffer(parts[3][1], order + _TYPES[parts[3][0]])
            return values.reshape((rows, columns), order="F").astype(float)
    raise ValueError("no user_score in it")


def _elements(data: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack(f"{order}II", data[at : at + 8])
        if kind >> 16:  # a small element: type and size in one word, the value in the next
            kind, size = kind & 0xFFFF, kind >> 16
            yield kind, data[at + 4 : at + 4 + size]
            at += 8
        else:
            yield kind, data[at + 8 : at + 8 + size]
            at += 8 + (size if kind == _COMPRESSED else -(-size // 8) * 8)


def planted(made: Planted, annotators: int = 5) -> Annotated:
    """What imagined annotators say of a planted recording: events 5, what surrounds them 3, distractors 2, else 1."""
    rng = np.random.default_rng(int(made.seconds * 1000))
    at = np.arange(int(made.seconds * 10)) / 10
    rows = []
    for _ in range(annotators):
        row = np.ones(at.size)
        for start, stop in made.distractors:
            row[(at >= start) & (at < stop)] = 2
        for start, stop in made.events:
            a, b = start + rng.normal(0, 1), stop + rng.normal(0, 1)
            row[(at >= a - 4) & (at < b + 4)] = 3
            row[(at >= a) & (at < b)] = 5
        rows.append(row)
    return Annotated(path=made.path, scores=np.stack(rows))
