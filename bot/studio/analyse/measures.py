"""The measures of one photo: plain data, as they are stored and as the agent reads them."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

CELLS = 8
"""The heat map has so many cells across and down."""

TakenBy = Literal["shutter", "digitised", "changed"]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in thousandths of the upright photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was measured on the upright photo.

    Attributes:
        hash: perceptual hash, 16 hexadecimal digits; `structure` says how much it means (luma levels, rms).
        colours: mean colours of 4x4 fields in CIE L*a*b*, row by row, 96 hexadecimal digits.
        sharpness: 0 (blurred) to 1 of the sharpest part; None where nothing in the photo has an edge.
        light, contrast: mean and standard deviation of luma, 0 to 1.
        brightest: the luma below which 99.5 % of the photo lie, 0 to 1.
        tint: how far its greys lean to blue and to red, in 8-bit levels of Cb and Cr.
        screen: how much it looks like a picture of a screen, 0 to 1.
        palette: up to four dominant colours as `#rrggbb`, the most frequent first.
        box: what the eye goes to; nearly everything when nothing stands out.
        heat: how much the eye goes to each of 8x8 cells, row by row, a hexadecimal digit each.
        taken_by: which tag the capture time is from; None without one.
        zone: the camera's offset from UTC in minutes, where it wrote one.
        place: the name of the place where the file has one.
    """

    hash: str
    structure: float
    colours: str
    sharpness: float | None
    light: float
    contrast: float
    brightest: float
    tint: tuple[float, float]
    screen: float
    palette: tuple[str, ...]
    box: Box
    heat: str
    taken_by: TakenBy | None = None
    zone: int | None = None
    place: str | None = None


def to_json(measures: Measures) -> dict[str, Any]:
    """For the disk."""
    return asdict(measures)


def from_json(stored: dict[str, Any]) -> Measures:
    """From the disk."""
    lists = {"tint", "palette", "box"}
    return Measures(**cast("Any", {key: tuple(value) if key in lists else value for key, value in stored.items()}))
