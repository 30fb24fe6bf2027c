"""Titles, captions and credits: their typography, their shade, and how they come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film import glyphs, lettering
from bot.studio.film.overlay import Layer, Veil, clipped, ink, scrim
from bot.studio.film.timeline import frame_at
from bot.studio.film.transitions import ease

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.codec.planes import Planes
    from bot.studio.film.model import Film, Text

_COME, _GO = 16, 12  # frames
_MIDDLES = {"upper": 0.27, "lower": 0.73}  # of the canvas's height
_RISE = 0.018  # of the canvas's shorter side


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """Set words: shown in `first <= frame < last`, with a shade that stays put and letters that rise into place."""

    first: int
    last: int
    rise: float
    shade: tuple[Veil | Layer, ...]
    letters: Layer

    def draw(self, frame: float, out: Planes) -> None:
        """Lay the words over a film frame, if they are on screen in it."""
        if not self.first <= frame < self.last:
            return
        length = self.last - self.first
        come, go = min(_COME, max(1, length // 3)), min(_GO, max(1, length // 3))
        arrived = ease(min(1.0, (frame - self.first + 1) / come))
        left = ease(min(1.0, (self.last - frame) / go))
        for shade in self.shade:
            shade.draw(out, arrived * left)
        self.letters.draw(out, arrived * left, lower=self.rise * (1 - arrived))


def typeset(film: Film) -> tuple[tuple[Lettering, ...], tuple[dict[str, str], ...]]:
    """Set all texts of a film, and name what no font can draw: `{"reason": "glyphs", "text": ...}` per text."""
    set_texts: list[Lettering] = []
    notes: list[dict[str, str]] = []
    for text in film.texts:
        lost = glyphs.missing(text.words + text.under)
        if lost:
            notes.append({"reason": "glyphs", "text": lost})
        first = frame_at(text.start)
        last = min(frame_at(text.start + text.duration), frame_at(film.duration))
        layers = _SETTERS[text.style](text, (film.width, film.height))
        if layers is not None and first < last:
            shade, letters = layers
            rise = min(film.width, film.height) * _RISE
            set_texts.append(Lettering(first=first, last=last, rise=rise, shade=shade, letters=letters))
    return tuple(set_texts), tuple(notes)


def _title(text: Text, canvas: tuple[int, int]) -> tuple[tuple[Veil | Layer, ...], Layer] | None:
    """Large and centred, with a fine rule below and a smaller line under that."""
    width, height = canvas
    short = min(canvas)
    size, lines = _fitted(text.words, "display", short, (0.125, 0.1, 0.082, 0.068, 0.056), width * 0.8, most=2)
    if not lines:
        return None
    letters = lettering.draw(lines, "display", size, 1.18, centred=True)
    rule = _rule(round(short * 0.085), max(2, short // 360))
    letters = _stacked(letters, rule, round(size * 0.16))
    letters = _with_under(letters, text.under, max(round(size * 0.4), short // 30), width * 0.8, centred=True)
    middle = round(height * _MIDDLES.get(text.place, 0.5))
    x, y = (width - letters.shape[1]) // 2, middle - letters.shape[0] // 2
    cloud = _ellipse((letters.shape[1] + 5 * size, letters.shape[0] + 4 * size), 0.3)
    at = ((width - cloud.shape[1]) // 2, middle - cloud.shape[0] // 2)
    return (Veil(cover=0.14), clipped(scrim(*at, cloud), canvas)), clipped(ink(x, y, letters, 0.36, size / 7), canvas)


def _caption(text: Text, canvas: tuple[int, int]) -> tuple[tuple[Veil | Layer, ...], Layer] | None:
    """In the lower third, beside a fine upright rule; on tall canvases higher, where apps put nothing of their own.

    Where the right side is free and the left is not, on the right.
    """
    width, height = canvas
    short = min(canvas)
    size, lines = _fitted(text.words, "text", short, (0.05, 0.044, 0.038), width * 0.74, most=2)
    if not lines:
        return None
    letters = lettering.draw(lines, "text", size, 1.3, centred=False)
    letters = _with_under(letters, text.under, round(size * 0.68), width * 0.74, centred=False)
    bar = max(3, short // 240)
    gap = round(size * 0.28)
    letters = np.pad(letters, ((0, 0), (bar + gap, 0)))
    margin = size // 4
    letters[margin + round(size * 0.2) : letters.shape[0] - margin, :bar] = 1
    side = round(width * 0.062)
    x = width - side - letters.shape[1] if text.place == "right" else side
    y = round(height * (0.8 if height > width else 0.9)) - letters.shape[0]
    top = max(0, y - round(short * 0.12))
    depth = np.linspace(0, 1, height - top, dtype=np.float32)
    fall = 0.62 * ((3 - 2 * depth) * depth**2)[:, None] ** 0.8
    shade = np.repeat(fall.astype(np.float32), width, axis=1)
    return (clipped(scrim(0, top, shade), canvas),), clipped(ink(x, y, letters, 0.45, size / 7), canvas)


def _credits(text: Text, canvas: tuple[int, int]) -> tuple[tuple[Veil | Layer, ...], Layer] | None:
    """The end card: everything dims, lines in the middle under a fine rule."""
    width, height = canvas
    short = min(canvas)
    size, lines = _fitted(text.words, "text", short, (0.054, 0.047, 0.04, 0.034, 0.028), width * 0.78, most=9)
    if not lines:
        return None
    letters = lettering.draw(lines, "text", size, 1.55, centred=True)
    letters = _stacked(_rule(round(short * 0.085), max(2, short // 360)), letters, round(size * 0.5))
    x, y = (width - letters.shape[1]) // 2, (height - letters.shape[0]) // 2
    return (Veil(cover=0.58),), clipped(ink(x, y, letters, 0.35, size / 7), canvas)


def _with_under(
    letters: NDArray[np.float32], words: str, size: int, room: float, *, centred: bool
) -> NDArray[np.float32]:
    """The letters with a smaller line below them."""
    lines = lettering.break_lines(_drawable(words, "text"), "text", size, room)[:2]
    if not lines:
        return letters
    small = lettering.draw(lines, "text", size, 1.3, centred=centred) * np.float32(0.92)
    if not centred:
        # Both keep a quarter of their own size around them; the lines are to begin at one edge.
        small = np.pad(small, ((0, 0), (max(0, round(size / 0.68) // 4 - size // 4), 0)))
    return _stacked(letters, small, round(size * (0.1 if centred else -0.45)), centred=centred)


_SETTERS = {"title": _title, "caption": _caption, "credits": _credits}


def _fitted(
    words: str, face: glyphs.Face, short: int, shares: tuple[float, ...], room: float, most: int
) -> tuple[int, list[str]]:
    """The largest of the sizes (shares of the canvas's shorter side) at which the words take at most `most` lines.

    Up to two sizes less are accepted if lines then end where a reader would pause.
    """
    drawable = _drawable(words, face)
    sizes = [max(8, round(short * share)) for share in shares]
    tries = [(size, lettering.break_lines(drawable, face, size, room)) for size in sizes]
    fitting = [(size, lines) for size, lines in tries if len(lines) <= most]
    if not fitting:
        size, lines = tries[-1]
        return size, lines[: most + 2]
    return next((one for one in fitting[:3] if lettering.breaks_naturally(one[1])), fitting[0])


def _drawable(words: str, face: glyphs.Face) -> str:
    return "".join(c for c in glyphs.normal(words) if c.isspace() or glyphs.face_of(c, face))


def _rule(length: int, thickness: int) -> NDArray[np.float32]:
    """A fine horizontal rule that fades towards its ends."""
    ends = np.clip(np.minimum(np.arange(length), np.arange(length)[::-1]) / (length * 0.2), 0, 1)
    return np.repeat((0.9 * ends).astype(np.float32)[None, :], thickness, axis=0)


def _stacked(
    upper: NDArray[np.float32], lower: NDArray[np.float32], gap: int, *, centred: bool = True
) -> NDArray[np.float32]:
    """One above the other, both centred or both at the left; where a negative gap lets them overlap, both are seen."""
    across = max(upper.shape[1], lower.shape[1])
    both = np.zeros((upper.shape[0] + gap + lower.shape[0], across), np.float32)
    for part, top in ((upper, 0), (lower, upper.shape[0] + gap)):
        left = (across - part.shape[1]) // 2 if centred else 0
        place = both[top : top + part.shape[0], left : left + part.shape[1]]
        np.maximum(place, part, out=place)
    return both


def _ellipse(size: tuple[int, int], depth: float) -> NDArray[np.float32]:
    """A soft dark cloud, `depth` in the middle and nothing at its edge."""
    x = np.linspace(-1, 1, size[0], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, size[1], dtype=np.float32)[:, None]
    near = np.clip(1 - np.hypot(x, y), 0, 1)
    cloud: NDArray[np.float32] = np.float32(depth) * (near * near * (3 - 2 * near)) ** np.float32(0.7)
    return cloud.astype(np.float32)
