"""The evaluator: known values of its measures, and the files that it reads."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from bench import annotations, protocols
from bench.annotations import Annotated


def test_selections_are_compared_by_f1() -> None:
    one = np.array([1, 1, 0, 0, 0], bool)
    assert protocols.f1(one, one) == 1
    assert protocols.f1(one, ~one) == 0
    assert protocols.f1(one, np.array([0, 1, 1, 1, 0], bool)) == pytest.approx(2 * 1 / 5)
    assert protocols.f1_over(one, np.stack([one, ~one])) == (0.5, 1.0)


def test_rank_correlations_have_their_textbook_values() -> None:
    a = np.array([1.0, 2, 3, 4, 5])
    assert protocols.spearman(a, a**3) == pytest.approx(1)
    assert protocols.kendall(a, -a) == pytest.approx(-1)
    b = np.array([2.0, 1, 4, 3, 5])
    assert protocols.spearman(a, b) == pytest.approx(0.8)
    assert protocols.kendall(a, b) == pytest.approx(0.6)
    ties = np.array([1.0, 1, 2, 2, 3])
    assert protocols.kendall(a, ties) == pytest.approx(8 / np.sqrt(10 * 8))
    assert protocols.kendall(a, np.ones(5)) == protocols.spearman(a, np.ones(5)) == 0


def test_a_summary_takes_fifteen_per_cent() -> None:
    scores = np.arange(100) % 37
    taken = protocols.best_units(scores)
    assert taken.sum() == 15
    assert scores[taken].min() >= scores[~taken].max() - 1
    assert protocols.over_random(0.6, 0.3) == pytest.approx(200)


def test_tvsums_table_is_read(tmp_path: Path) -> None:
    table = tmp_path / "anno.tsv"
    table.write_text("abc\tVT\t1,1,5,5\nabc\tVT\t2,2,4,4,4\nmissing\tVT\t1,2\n")
    (tmp_path / "abc.mp4").touch()
    (found,) = annotations.tvsum(table, tmp_path)
    assert found.path.name == "abc.mp4"
    assert found.scores.tolist() == [[1, 1, 5, 5], [2, 2, 4, 4]]
    assert found.per_unit(2).tolist() == [[1, 5], [2, 4]]


def element(kind: int, data: bytes) -> bytes:
    return struct.pack("<II", kind, len(data)) + data + bytes(-len(data) % 8)


def matlab(name: str, values: np.ndarray, *, compressed: bool) -> bytes:
    """A MATLAB 5 file with one matrix of bytes, as its documentation describes it."""
    small = struct.pack("<HH4s", 1, len(name), name.encode()) if len(name) <= 4 else element(1, name.encode())
    parts = element(6, struct.pack("<II", 6, 0)) + element(5, struct.pack("<ii", *values.shape)) + small
    matrix = element(14, parts + element(2, values.astype(np.uint8).tobytes(order="F")))
    if compressed:
        packed = zlib.compress(matrix)
        matrix = struct.pack("<II", 15, len(packed)) + packed
    return b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM" + matrix


@pytest.mark.parametrize("compressed", [True, False])
def test_summes_files_are_read(compressed: bool, tmp_path: Path) -> None:
    values = np.array([[0, 3], [0, 3], [2, 0], [2, 0]])
    (tmp_path / "Jumps.mat").write_bytes(matlab("user_score", values, compressed=compressed))
    videos = tmp_path / "videos"
    videos.mkdir()
    (videos / "Jumps.webm").touch()
    (found,) = annotations.summe(tmp_path, videos)
    assert found.references(2).tolist() == [[False, True], [True, False]]


def test_other_files_are_refused() -> None:
    with pytest.raises(ValueError, match="no user_score"):
        annotations.user_scores(matlab("gt", np.ones((2, 2)), compressed=False))
    with pytest.raises(ValueError, match="not a MATLAB 5 file"):
        annotations.user_scores(b"\x89HDF\r\n" + bytes(200))


def test_units_follow_the_length_and_not_the_number_of_scores() -> None:
    one = Annotated(path=Path("x"), scores=np.repeat([[1.0, 5.0, 1.0, 1.0]], 3, axis=0))
    assert one.per_unit(8).shape == (3, 8)
    assert one.references(8).sum(axis=1).tolist() == [1, 1, 1]
