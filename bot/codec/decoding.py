"""Where decoders meet files from outside."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

import av
import cv2

from bot.codec.errors import CodecError, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

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
