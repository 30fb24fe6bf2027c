"""The pictures of the README, from a film that the demo made: `python docs/make_pictures.py highlight.mp4`.

Writes docs/pictures/demo.jpg: frames of the film at even distances, in the order of reading.
"""

from __future__ import annotations

import sys
from pathlib import Path

import av
from PIL import Image

COLUMNS, ROWS = 5, 2
WIDTH, GAP = 360, 6
FIRST_SECOND = 1.4
"""When the title stands whole."""
MAX_BYTES = 300_000
PICTURES = Path(__file__).parent / "pictures"


def frames(film: Path, count: int) -> list[Image.Image]:
    """`count` frames, the first with the title, the last just before the closing fade."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        seconds = float(container.duration or 0) / 1_000_000
        step = (seconds - 2 * FIRST_SECOND) / (count - 1)
        wanted = [FIRST_SECOND + step * number for number in range(count)]
        found: list[Image.Image] = []
        for frame in container.decode(stream):
            if len(found) < count and (frame.time or 0.0) >= wanted[len(found)]:
                found.append(frame.to_image())
    return found


def contact_sheet(pictures: list[Image.Image]) -> Image.Image:
    """The pictures side by side on white, all of one size."""
    height = round(WIDTH * pictures[0].height / pictures[0].width)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) - GAP, ROWS * (height + GAP) - GAP), "white")
    for number, picture in enumerate(pictures):
        row, column = divmod(number, COLUMNS)
        small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (column * (WIDTH + GAP), row * (height + GAP)))
    return sheet


def main(film: Path) -> None:
    """Make the sheet as good as its size allows."""
    target = PICTURES / "demo.jpg"
    target.parent.mkdir(exist_ok=True)
    sheet = contact_sheet(frames(film, COLUMNS * ROWS))
    for quality in (88, 82, 76, 70, 60):
        sheet.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
        if target.stat().st_size <= MAX_BYTES:
            break
    print(f"{target.name}: {sheet.width}x{sheet.height}, {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
