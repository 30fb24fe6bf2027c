"""Which media are taken, decided from the content. The list is the documented one; HEIC is not on it."""

from dataclasses import dataclass
from typing import Literal

from bot.studio.analyse.measures import Measures
from bot.studio.config import Limits
from bot.studio.errors import FileTooLarge, UnsupportedFile
from bot.studio.film.grid import Grid
from bot.studio.recording.model import Recording

Kind = Literal["photo", "video", "audio"]

TAKEN = "mp4 mov avi webm mkv, jpg png gif webp, mp3 wav m4a aac"

_PHOTOS = frozenset({"jpeg", "mpo", "png", "gif", "webp"})
_CONTAINERS = frozenset({"mov", "mp4", "m4a", "avi", "webm", "matroska", "mp3", "wav", "aac"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at a file told. `taken_at` in seconds since 1970; sizes are upright.

    Only photos have `measures`, only sounds a `grid` of beats, only long clips a `recording`.
    """

    kind: Kind
    container: str
    width: int
    height: int
    duration_ms: int
    fps: float
    taken_at: float | None
    measures: Measures | None = None
    grid: Grid | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """Why a file cannot be used: a machine-readable word; `pixels` when it is too many of them."""

    reason: str
    pixels: int = 0


def judge(seen: Seen | Unusable, *, filename: str, size: int, limits: Limits) -> Seen:
    """`seen` if it may come in. Raises UnsupportedFile or FileTooLarge with a sentence that names the file."""
    if isinstance(seen, Unusable):
        raise _unusable(seen, filename)
    names = _PHOTOS if seen.kind == "photo" else _CONTAINERS
    if not names & set(seen.container.lower().split(",")):
        raise UnsupportedFile(f"{filename}: {seen.container} files are not taken. Send {TAKEN}.")
    limit = limits.image_bytes if seen.kind == "photo" else limits.media_bytes
    if size > limit:
        raise too_large(filename, limit)
    return seen


def too_large(filename: str, limit: int) -> FileTooLarge:
    """The sentence about a file that is over its limit of bytes."""
    return FileTooLarge(f"{filename}: the file is larger than {limit // (1024 * 1024)} MB. Compress or trim it.")


def _unusable(why: Unusable, filename: str) -> UnsupportedFile | FileTooLarge:
    if why.reason == "too-many-pixels":
        return FileTooLarge(
            f"{filename}: the picture has {why.pixels / 1e6:.0f} megapixels; 250 are the limit. Shrink it."
        )
    words = {
        "truncated": "the file ends too early; it was not copied whole",
        "damaged": "the file is damaged and cannot be decoded",
        "empty": "the file is empty",
        "too-small": "the picture is too small to be shown",
        "no-picture": "there is no picture in it",
        "no-sound": "there is no sound in it",
        "unknown-format": f"this is not a media file that is taken. Send {TAKEN}",
        "died": "the file cannot be decoded: the decoder crashed or took too long on it",
    }
    return UnsupportedFile(f"{filename}: {words.get(why.reason, f'the file cannot be read ({why.reason})')}.")
