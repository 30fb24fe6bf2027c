"""What can be wrong with a media file."""

from __future__ import annotations


class CodecError(Exception):
    """The root of everything that `bot.codec` raises on purpose."""


class Unreadable(CodecError):
    """The file cannot be decoded.

    `reason` is one of `missing`, `empty`, `unknown-format`, `damaged`, `truncated`, `no-picture`,
    `no-sound`.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class TooManyPixels(CodecError):
    """The picture has more pixels than the caller allows. Raised from the header, before anything is decoded."""

    def __init__(self, pixels: int, limit: int) -> None:
        super().__init__(f"{pixels} pixels, at most {limit}")
        self.pixels = pixels
        self.limit = limit


class TooBig(CodecError):
    """No acceptable quality and size fits the byte limit."""
