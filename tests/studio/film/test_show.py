"""The contact sheets of the documents are made by the code that makes films."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import numpy as np
from PIL import Image

from bot.codec.planes import Planes
from bot.studio.film.model import Look, Style, Transition
from bot.studio.film.show import look_sheet, title_sheet, transition_sheet

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"


def flat(level: int) -> Planes:
    return Planes(
        y=np.full((180, 320), level, np.uint8),
        u=np.full((90, 160), 128, np.uint8),
        v=np.full((90, 160), 128, np.uint8),
    )


def test_every_transition_has_a_row_from_one_picture_to_the_other() -> None:
    sheet = transition_sheet(flat(60), flat(200))
    kinds = get_args(Transition)
    assert len(kinds) >= 10
    assert sheet.shape[0] == len(kinds) * 150 - 6
    for row in range(len(kinds)):
        middle = sheet[row * 150 + 72]
        assert middle[200].mean() < middle[-40].mean() - 60, kinds[row]
        assert sheet[row * 150 : row * 150 + 144, :150].min() < 100, "its name"


def test_every_style_of_words_is_shown() -> None:
    plain = np.asarray(title_sheet(flat(90), flat(90)))
    assert plain.shape == (3 * 294 - 6, 2 * 518 - 6, 3)
    for number in range(2 * len(get_args(Style))):
        row, column = divmod(number, 2)
        tile = plain[row * 294 : row * 294 + 288, column * 518 : column * 518 + 512]
        assert tile.max() > 220


def test_every_look_has_a_row_of_its_own() -> None:
    red = flat(110)
    red.v[:] = 170
    sheet = look_sheet(red, flat(200)).astype(int)
    rows = [sheet[row * 150 + 72, 200] for row in range(len(get_args(Look)))]
    assert len({tuple(row) for row in rows}) == len(rows)


def test_the_command_writes_what_the_documents_show(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.studio.film.show", str(tmp_path / "sheets")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count(" kB") == 3
    for name in ("transitions.jpg", "titles.jpg", "looks.jpg"):
        made, kept = (Image.open(folder / name) for folder in (tmp_path / "sheets", PICTURES))
        assert (tmp_path / "sheets" / name).stat().st_size <= 300_000
        assert (PICTURES / name).stat().st_size <= 300_000
        assert made.size == kept.size
        assert np.abs(np.asarray(made, np.int16) - np.asarray(kept, np.int16)).mean() < 3, "make them anew"
