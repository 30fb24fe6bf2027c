"""The work itself. Runs in a worker process: plain arguments in, plain answers out, nothing raised on purpose.

Codecs are imported where they are used, in the worker: the bot itself never loads a decoder for a file from outside.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.codec.errors import CodecError, TooManyPixels, Unreadable
from bot.core.media import MediaKind, max_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.codec.probe import Probe
    from bot.codec.sheet import Tile

CODECS = [f"bot.codec.{name}" for name in ("check", "fit", "glance", "jpeg", "movie", "probe", "sheet", "sound")]
"""Modules that workers need."""
_AS_THEY_ARE = {"jpeg": "jpg", "png": "png", "gif": "gif", "webp": "webp"}
_CONTAINERS = {
    "mp4": "mp4",
    "mov": "mov",
    "avi": "avi",
    "webm": "webm",
    "matroska": "mkv",
    "mp3": "mp3",
    "wav": "wav",
    "aac": "aac",
}
_MIME = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A file that backends take."""

    path: str
    extension: str
    mime: str
    kind: str
    converted_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A message key of `media.*` and numbers for it."""

    key: str
    params: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A finished film's measures: pixels, milliseconds, bytes."""

    width: int
    height: int
    duration_ms: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Smaller:
    """A film made to fit: its short side in pixels, 0 where that stayed."""

    lines: int


def prepare(source: str, target: str, *, max_pixels: int, long_side: int) -> Ready | Refused:
    """Look at a file, decode enough of it to trust it, and convert a photo that backends' lists lack to `target`."""
    try:
        return _prepare(Path(source), Path(target), max_pixels, long_side)
    except TooManyPixels as error:
        millions = {"size": error.pixels / 1_000_000, "limit": error.limit / 1_000_000}
        return Refused(key="media.too_many_pixels", params=millions)
    except Unreadable as error:
        key = {"truncated": "media.truncated", "empty": "media.empty"}.get(error.reason, "media.unreadable")
        return Refused(key=key, params={})
    except CodecError:
        return Refused(key="media.unreadable", params={})


def _prepare(source: Path, target: Path, max_pixels: int, long_side: int) -> Ready | Refused:
    from bot.codec import check, jpeg, probe, sound

    facts = probe.probe(source)
    if facts.width * facts.height > max_pixels:
        raise TooManyPixels(facts.width * facts.height, max_pixels)
    kind = MediaKind(facts.kind)
    if source.stat().st_size > (limit := max_bytes(kind)):
        return Refused(key="media.too_large", params={"limit": limit / 1_000_000})
    if kind is MediaKind.PHOTO and facts.container not in _AS_THEY_ARE:
        jpeg.to_jpeg(source, target, long_side=long_side, max_pixels=max_pixels)  # decodes it whole: that is the check
        return Ready(path=str(target), extension="jpg", mime=_MIME["jpg"], kind=kind, converted_from=facts.container)
    check.check(source, max_pixels)
    extension = _AS_THEY_ARE[facts.container] if kind is MediaKind.PHOTO else _extension(facts, source)
    if not extension and kind is MediaKind.AUDIO:  # a voice message in Ogg, say
        heard = target.with_suffix(".m4a")
        sound.to_m4a(source, heard)
        return Ready(path=str(heard), extension="m4a", mime=_MIME["m4a"], kind=kind, converted_from=facts.container)
    if not extension:
        return Refused(key="media.unsupported", params={})
    return Ready(path=str(source), extension=extension, mime=_MIME[extension], kind=kind)


def _extension(facts: Probe, source: Path) -> str:
    """libav names a container by a list of what its demuxer reads; the first bytes tell QuickTime from MP4."""
    names = facts.container.split(",")
    if "mp4" in names:
        with source.open("rb") as file:
            brand = file.read(12)[8:12]
        mp4: Literal["mov", "mp4"] = "mov" if brand == b"qt  " else "mp4"
        return "m4a" if facts.kind == "audio" else mp4
    if "matroska" in names:
        return "webm" if facts.codec in {"vp8", "vp9", "av1"} and facts.kind == "video" else "mkv"
    return next((_CONTAINERS[name] for name in names if name in _CONTAINERS), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look at a file showed. `taken` is naive when the camera wrote no zone."""

    digest: str
    pixels: int
    taken: datetime | None
    likeness: int | None
    tall: bool


def look(source: str, picture: str, *, max_pixels: int) -> Seen | Refused:
    """Look at a file and write a small picture of it."""
    from bot.codec import glance

    path = Path(source)
    try:
        seen = glance.glance(path, Path(picture), max_pixels=max_pixels)
        if path.stat().st_size > (limit := max_bytes(MediaKind(seen.kind))):
            return Refused(key="media.too_large", params={"limit": limit / 1_000_000})
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except CodecError:
        return Refused(key="media.unreadable", params={})
    return Seen(digest=digest, pixels=seen.pixels, taken=seen.taken_at, likeness=seen.likeness, tall=seen.tall)


def sheet(tiles: Sequence[Tile], target: str, latin: str, han: str) -> bool:
    """Draw a contact sheet with two fonts; whether the disk took it."""
    from bot.codec.sheet import draw

    try:
        draw(tiles, Path(target), latin=Path(latin), han=Path(han))
    except OSError:
        return False
    return True


def film(path: str, poster: str, cover: str) -> Film | Refused:
    """Measure a finished film and write its pictures: a small poster and a cover."""
    from bot.codec import movie

    try:
        facts = movie.inspect(Path(path))
        movie.posters(Path(path), thumbnail=Path(poster), cover=Path(cover))
    except CodecError:
        return Refused(key="export.broken", params={})
    return Film(width=facts.width, height=facts.height, duration_ms=facts.duration_ms, size=facts.size)


def fit(path: str, target: str, limit: int) -> Smaller | None:
    """Encode a film anew within so many bytes; None when nothing worth watching fits, or it cannot be decoded."""
    from bot.codec import fit as fitting

    try:
        made = fitting.fit(Path(path), Path(target), limit=limit)
    except CodecError:
        return None
    return Smaller(lines=0 if made.own_size else min(made.width, made.height))
