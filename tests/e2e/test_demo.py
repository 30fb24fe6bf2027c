"""The bot as a user runs it: the command in a process of its own, the embedded backend in another."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import av
import pytest
from PIL import Image

pytestmark = [pytest.mark.slow, pytest.mark.uncounted]

SMALL = ["--say", "make a 6-second highlight reel, no title"]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment with nothing set but the data directory."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"HIGHLIGHT_DATA_DIR": str(tmp_path / "data"), "HIGHLIGHT_POLICY__ALBUM_QUIET": "0.2"}


@pytest.fixture
def photos(tmp_path: Path) -> list[str]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, colour in enumerate([(200, 80, 60), (60, 160, 90), (70, 90, 200)]):
        picture = Image.effect_noise((1600, 1200), 60).convert("RGB")
        Image.blend(picture, Image.new("RGB", picture.size, colour), 0.6).save(folder / f"holiday{number}.jpg")
    return [str(path) for path in sorted(folder.iterdir())]


def demo(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", "demo", *arguments]


def film_facts(path: Path) -> tuple[int, int, float, int]:
    with av.open(str(path)) as container:
        frames = sum(1 for _ in container.decode(video=0))
        stream = container.streams.video[0]
        return stream.width, stream.height, float(stream.average_rate or 0), frames


def test_photos_become_a_film_that_plays(home: dict[str, str], photos: list[str], tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    run = subprocess.run(
        demo(*photos, *SMALL, "--say", "credits", "--out", str(out)),
        env=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    width, height, rate, frames = film_facts(out)
    assert (width, height, rate) == (1920, 1080, 30.0)
    assert 5.5 * 30 <= frames <= 6.5 * 30
    assert "Rendering" in run.stdout
    assert "Credits:" in run.stdout
    assert run.stderr == ""


def test_a_kill_in_the_middle_of_the_export_delivers_the_same_render_once(
    home: dict[str, str], photos: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "film.mp4"
    command = demo(*photos, "--say", "make a 12-second highlight reel", "--out", str(out))
    with subprocess.Popen(command, env=home, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        for line in first.stdout:
            if "Rendering" in line:
                break
        os.kill(first.pid, signal.SIGKILL)
    assert not out.exists()
    second = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stdout + second.stderr
    assert second.stdout.count("🎞") == 1
    assert "You   make" in second.stdout  # the console shows the line again; the bot does not act on it twice
    assert film_facts(out)[3] > 11 * 30
    requests = _studio_log(home)
    assert requests["renders"] == 1
    assert requests["runs"] == 1


def _studio_log(home: dict[str, str]) -> dict[str, int]:
    """What the studio itself has on record."""
    with closing(sqlite3.connect(Path(home["HIGHLIGHT_DATA_DIR"]) / "studio" / "studio.db")) as database:
        return {table: database.execute(f"select count(*) from {table}").fetchone()[0] for table in ("runs", "renders")}


def test_help_helps(home: dict[str, str]) -> None:
    run = subprocess.run([sys.executable, "-m", "bot", "--help"], env=home, capture_output=True, text=True, check=True)
    assert "demo" in run.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HIGHLIGHT_POLICY__ALBUM_QIET", "1", "HIGHLIGHT_POLICY__ALBUM_QIET is no known setting"),
        ("HIGHLIGHT_POLICY__ALBUM_QUIET", "soon", "HIGHLIGHT_POLICY__ALBUM_QUIET must be a number"),
        ("HIGHLIGHT_BACKEND", "moon", "BACKEND"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(home: dict[str, str], name: str, value: str, said: str) -> None:
    command = [sys.executable, "-m", "bot", "demo"]
    run = subprocess.run(command, env=home | {name: value}, capture_output=True, text=True, check=False)
    assert run.returncode == 78
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_two_bots_do_not_share_a_folder(home: dict[str, str], photos: list[str], tmp_path: Path) -> None:
    with subprocess.Popen(
        demo(*photos, *SMALL, "--out", str(tmp_path / "a.mp4")), env=home, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()  # it speaks, so it holds the folder
        second = subprocess.run(
            demo(*photos, "--out", str(tmp_path / "b.mp4")), env=home, capture_output=True, text=True, check=False
        )
        first.kill()
    assert second.returncode == 78
    assert "Another highlight-bot is using" in second.stderr


def test_a_missing_file_is_named(home: dict[str, str]) -> None:
    run = subprocess.run(demo("nowhere.jpg"), env=home, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "nowhere.jpg" in run.stderr


def test_the_journal_is_json(home: dict[str, str], tmp_path: Path) -> None:
    from adapters.console.journal import Journal

    first = Journal.of(tmp_path, ["a"])
    first.answered = 1
    first.save()
    again = Journal.of(tmp_path, ["a"])
    assert (again.run, again.answered, again.resumed) == (first.run, 1, True)
    assert json.loads(first.file.read_text())["answered"] == 1
    again.finish()
    assert not Journal.of(tmp_path, ["a"]).resumed
