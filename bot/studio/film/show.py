"""`python -m bot.studio.film.show FOLDER`: contact sheets of every transition, style of title and look.

Writes `transitions.jpg`, `titles.jpg` and `looks.jpg`, drawn by the code that draws films, on two painted photos.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np
from PIL import Image

from bot.codec.planes import AREA, Planes, from_rgb, resize, to_rgb
from bot.studio.film import crop, framing, lettering, transitions
from bot.studio.film.looks import looked
from bot.studio.film.model import Film, Look, Shot, Sound, Style, Text, Transition
from bot.studio.film.titles import typeset
from bot.studio.samples.canvas import Canvas
from bot.studio.samples.finish import developed
from bot.studio.samples.hills import dunes
from bot.studio.samples.lighthouse import lighthouse

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from bot.codec.planes import Array
    from bot.studio.film.model import Place

_CANVAS = (1280, 720)
_MOMENTS = (0.12, 0.32, 0.5, 0.68, 0.88)
_TILE, _GAP, _MARGIN = (256, 144), 6, 150
_TITLE_TILE = (512, 288)
_MAX_BYTES = 300_000
_PAINTED = (1440, 1080)
_SHOWN_AT = 60  # the frame in which words stand whole

_WORDS: tuple[tuple[Style, str, str, Place], ...] = (
    ("title", "Lisbon", "4–6 May 2024", "usual"),
    ("title", "里斯本的周末", "2024年5月4日至6日", "upper"),
    ("title", "A long weekend by the sea 🌊", "", "lower"),
    ("caption", "Alfama, seven in the morning", "4 May 2024", "usual"),
    ("caption", "海边的灯塔", "2024年5月4日", "right"),
    ("credits", "Ana & Bo\nThank you all", "", "usual"),
)


def main() -> None:
    """Make the sheets in the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bot.studio.film.show", description="Make contact sheets.")
    parser.add_argument("folder", type=Path, help="where to put them; made if missing")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    old, new = (_picture(scene) for scene in (dunes, lighthouse))
    sheets = {
        "transitions": transition_sheet(old, new),
        "titles": title_sheet(old, new),
        "looks": look_sheet(old, new),
    }
    for name, sheet in sheets.items():
        target = folder / f"{name}.jpg"
        _save(sheet, target)
        print(f"{target}: {sheet.shape[1]}x{sheet.shape[0]}, {target.stat().st_size // 1000} kB")


def transition_sheet(old: Planes, new: Planes) -> Array:
    """A row for each transition: its name, and five moments from `old` to `new`. Both are of one size."""
    out = Planes(y=np.empty_like(old.y), u=np.empty_like(old.u), v=np.empty_like(old.v))
    rows: list[Array] = []
    for kind in get_args(Transition):
        tiles = [_label(kind)]
        for share in _MOMENTS:
            transitions.mix(kind, old, new, share, out)
            tiles.append(resize(to_rgb(out), _TILE, AREA))
        rows.append(_joined(tiles, axis=1))
    return _joined(rows, axis=0)


def title_sheet(one: Planes, other: Planes) -> Array:
    """Every style of words in its places, on both pictures in turn."""
    tiles: list[Array] = []
    for number, (style, words, under, place) in enumerate(_WORDS):
        text = Text(words=words, style=style, start=0, duration=4000, under=under, place=place)
        picture = _copied(other if number % 2 == 0 else one)
        for letters in typeset(_film(picture.size, text))[0]:
            letters.draw(_SHOWN_AT, picture)
        tiles.append(resize(to_rgb(picture), _TITLE_TILE, AREA))
    return _joined([_joined(tiles[row : row + 2], axis=1) for row in range(0, len(tiles), 2)], axis=0)


def look_sheet(one: Planes, other: Planes) -> Array:
    """A row for each look: its name, and both pictures with it."""
    rows = [
        _joined(
            [_label(look), *(resize(to_rgb(looked(picture, look)), _TILE, AREA) for picture in (one, other))], axis=1
        )
        for look in get_args(Look)
    ]
    return _joined(rows, axis=0)


def _picture(paint: Callable[[Canvas], None]) -> Planes:
    canvas = Canvas(*_PAINTED, np.random.default_rng(7))
    paint(canvas)
    planes = from_rgb(np.asarray(developed(canvas, *_PAINTED)))
    return framing.scaled(framing.cut(planes, crop.crop_rect(planes.size, _CANVAS)), _CANVAS)


def _copied(picture: Planes) -> Planes:
    return Planes(y=picture.y.copy(), u=picture.u.copy(), v=picture.v.copy())


def _film(size: tuple[int, int], text: Text) -> Film:
    shot = Shot(asset="a", kind="photo", duration=5000, start=0, motion="still", transition="cut", overlap=0)
    sound = Sound(mood=None, asset=None, seed=0, volume=1.0)
    return Film(title="", width=size[0], height=size[1], shots=(shot,), texts=(text,), sound=sound)


def _label(words: str) -> Array:
    """Dark words on white, as high as a tile."""
    letters: NDArray[np.float32] = lettering.draw([words], "text", 24, 1.2, centred=False)
    tile = np.full((_TILE[1], _MARGIN, 3), 255, np.uint8)
    top = (_TILE[1] - letters.shape[0]) // 2
    part = letters[:, :_MARGIN, None]
    tile[top : top + part.shape[0], : part.shape[1]] = (255 - 215 * part).round().astype(np.uint8)
    return tile


def _joined(tiles: list[Array], axis: int) -> Array:
    """Side by side or one below the other, with white between."""
    gap = [(0, 0), (0, 0), (0, 0)]
    gap[axis] = (0, _GAP)
    padded = [np.pad(tile, gap, constant_values=255) for tile in tiles[:-1]]
    return np.concatenate([*padded, tiles[-1]], axis=axis)


def _save(sheet: Array, target: Path) -> None:
    """As good as the size allows."""
    image = Image.fromarray(sheet)
    for quality in (88, 82, 76, 70, 60):
        image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
        if target.stat().st_size <= _MAX_BYTES:
            return


if __name__ == "__main__":
    main()
