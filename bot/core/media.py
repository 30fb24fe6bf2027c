"""Media as the conversation knows them: references before download, kinds, formats and limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1_000_000
"""Limits are stated in the seeds as "200MB"; a decimal megabyte is the reading that never exceeds the other one."""

MAX_BYTES_IMAGE = 200 * MEGABYTE
MAX_BYTES_TIMED = 500 * MEGABYTE

LOST = frozenset({"media.vanished", "media.slow"})
"""Why a file could not be had, as keys of messages: it may be had another time."""


class MediaKind(StrEnum):
    """What a file is to an editor."""

    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRef:
    """Where a file can be had from. Serialisable: its platform opens it again after a restart, elsewhere too."""

    platform: str
    locator: str
    """The platform's own handle: a file id, a path, an attachment URL. Never shown or logged."""
    name: str
    kind: MediaKind
    mime: str = ""
    size: int | None = None
    """Bytes, where the platform says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """An editing skill as its file describes it (bot/nemo/skills/*.md)."""

    name: str
    version: str
    formats: tuple[str, ...]
    """File name extensions without dot that work best, upper case."""
    max_bytes: dict[MediaKind, int]
    greeting: str
    prompts: tuple[str, ...]
    tips: tuple[str, ...]


PHOTO_SKILL = "highlight-editor-photo"
HD_SKILL = "highlight-editor-hd"

_EXTENSIONS = {
    MediaKind.PHOTO: ("jpg", "jpeg", "jpe", "png", "gif", "webp", "heic", "heif", "hif", "avif", "bmp", "tif", "tiff"),
    MediaKind.VIDEO: (
        "mp4",
        "mov",
        "avi",
        "webm",
        "mkv",
        "m4v",
        "3gp",
        "mpg",
        "mpeg",
        "ts",
        "mts",
        "m2ts",
        "wmv",
        "flv",
    ),
    MediaKind.AUDIO: ("mp3", "wav", "m4a", "aac", "ogg", "oga", "opus", "flac"),
}
_KIND_OF_EXTENSION = {extension: kind for kind, extensions in _EXTENSIONS.items() for extension in extensions}


def extension(name: str) -> str:
    """The part behind the last dot, lower case; empty when there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem and last.isalnum() else ""


def kind_of(name: str, mime: str = "") -> MediaKind:
    """What a file claims to be, by MIME type first, then by name. Content decides later, in `MediaTools`."""
    family = mime.partition("/")[0].lower()
    by_mime = {"image": MediaKind.PHOTO, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}.get(family)
    return by_mime or _KIND_OF_EXTENSION.get(extension(name), MediaKind.OTHER)


def skill_for(kinds: frozenset[MediaKind] | set[MediaKind]) -> str:
    """The skill that serves a project: HD as soon as it holds a video, else photo. Asked at the time of each call."""
    return HD_SKILL if MediaKind.VIDEO in kinds else PHOTO_SKILL


def max_bytes(kind: MediaKind) -> int:
    """The upload limit in bytes, whichever skill: 200 MB for an image, 500 MB for video and audio."""
    return MAX_BYTES_IMAGE if kind is MediaKind.PHOTO else MAX_BYTES_TIMED
