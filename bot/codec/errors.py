"""What can be wrong with a media file."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

import av
import cv2

if TYPE_CHECKING:
    from collections.abc import Iterator


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


# Pillow's plugins, libheif and libav let all of these out for malformed input, depending on where they stumble.
_STUMBLES = (
    av.error.FFmpegError,
    cv2.error,
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    MemoryError,
    struct.error,
)


@contextmanager
def decoding(reason: str = "damaged") -> Iterator[None]:
    """Turn whatever a decoder trips over inside the block into `Unreadable`; our own errors pass unchanged."""
    try:
        yield
    except CodecError:
        raise
    except FileNotFoundError as error:
        raise Unreadable("missing") from error
    except _STUMBLES as error:
        said = str(error)
        cut_short = "truncated" in said or "unexpected end" in said.lower() or isinstance(error, EOFError)
        raise Unreadable("truncated" if cut_short else reason, said[:200]) from error
