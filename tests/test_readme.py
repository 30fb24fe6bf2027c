"""The README's commands are run, and what it shows of their output is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from bot.core.failpoints import POINTS
from bot.core.policy import Policy
from bot.studio.film.model import Transition
from bot.studio.film.music.moods import MOODS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAX_PICTURE = 300_000

pytestmark = [pytest.mark.slow, pytest.mark.uncounted]


def examples() -> list[tuple[str, list[str]]]:
    """Each command of the blocks that are marked to be run, with the lines that must be in its output."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"<!-- run -->\n```console\n(.*?)```", README, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command.split()[1] for command, _ in examples()])
def test_examples_do_what_the_readme_shows(command: str, shown: list[str], tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    for name, strength in (("beach", 90), ("dog", 60), ("sunset", 40)):
        Image.effect_noise((800, 600), strength).convert("RGB").save(tmp_path / f"{name}.jpg")
    kept = {name: os.environ[name] for name in ["PATH"] if name in os.environ}
    environment = kept | {"HOME": str(tmp_path), "LANG": "C.UTF-8", "HIGHLIGHT_POLICY__ALBUM_QUIET": "0.2"}
    run = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert shown
    rest = iter(run.stdout.splitlines())
    for line in shown:
        assert any(said.startswith(line) for said in rest), f"{line!r} does not come in its place:\n{run.stdout}"


def test_the_two_commands_call_what_is_tested() -> None:
    """`make` itself is not run inside the tests that it runs; its recipes are what the README says of them."""
    recipes = dict(
        re.findall(r"^(\w+):.*##.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert recipes["demo"].split() == ["$(BIN)/highlight-bot", "demo", "--out", "highlight.mp4"]
    assert "$(BIN)/pytest" in recipes["test"]
    assert re.search(r"^\$ make demo\n\$ make test$", README, re.MULTILINE)


def test_figures_in_the_table_are_those_of_the_code() -> None:
    assert f"killed at each of {len(POINTS)} points" in README
    assert f"up to {Policy().max_pixels // 1_000_000} megapixels" in README
    assert len(MOODS) == 7, "the README says seven moods"
    assert len(get_args(Transition)) == 13, "the README says twelve transitions and hard cuts"


def test_the_picture_is_small_enough_for_a_front_page() -> None:
    pictures = [ROOT / path for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)]
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < MAX_PICTURE
        with Image.open(picture) as opened:
            opened.verify()
