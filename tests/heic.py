"""HEIC files as phones write them: a grid of tiles. Written by hand, since encoders at hand make single images only."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pillow_heif
from PIL import Image


def write_grid(path: Path, tile: Image.Image, *, columns: int, rows: int) -> None:
    """A picture of `columns` x `rows` copies of a square tile; the file stays as small as one of them."""
    configuration, data = _encoded(tile)
    count = columns * rows
    width, height = tile.width * columns, tile.height * rows
    grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    properties = (
        configuration,
        _full(b"ispe", struct.pack(">II", *tile.size)),
        _full(b"ispe", struct.pack(">II", width, height)),
    )
    infos = b"".join(
        _full(b"infe", struct.pack(">HH4sB", item, 0, b"hvc1", 0), version=2) for item in range(2, count + 2)
    )
    infos = _full(b"infe", struct.pack(">HH4sB", 1, 0, b"grid", 0), version=2) + infos
    references = _box(b"dimg", struct.pack(f">HH{count}H", 1, count, *range(2, count + 2)))
    associations = b"".join(struct.pack(">HBBB", item, 2, 0x81, 0x02) for item in range(2, count + 2))
    associations = struct.pack(">I", count + 1) + struct.pack(">HBB", 1, 1, 0x03) + associations

    def meta(start: int) -> bytes:
        places = struct.pack(">HHHII", 1, 0, 1, start, len(grid))
        places += b"".join(
            struct.pack(">HHHII", item, 0, 1, start + len(grid), len(data)) for item in range(2, count + 2)
        )
        return _full(
            b"meta",
            _full(b"hdlr", struct.pack(">I4s12xB", 0, b"pict", 0))
            + _full(b"pitm", struct.pack(">H", 1))
            + _full(b"iloc", struct.pack(">BBH", 0x44, 0, count + 1) + places)
            + _full(b"iinf", struct.pack(">H", count + 1) + infos)
            + _full(b"iref", references)
            + _box(b"iprp", _box(b"ipco", b"".join(properties)) + _full(b"ipma", associations)),
        )

    kind = _box(b"ftyp", b"heic" + struct.pack(">I", 0) + b"mif1heic")
    start = len(kind) + len(meta(0)) + 8
    path.write_bytes(kind + meta(start) + _box(b"mdat", grid + data))


def _encoded(tile: Image.Image) -> tuple[bytes, bytes]:
    """The decoder configuration box of an encoded tile, and its coded picture."""
    buffer = io.BytesIO()
    bare = Image.new("RGB", tile.size)
    bare.paste(tile)  # without metadata, so that the coded picture is all there is
    pillow_heif.from_pillow(bare).save(buffer, quality=60)
    raw = buffer.getvalue()
    at = raw.index(b"hvcC") - 4
    configuration = raw[at : at + struct.unpack_from(">I", raw, at)[0]]
    media = raw.index(b"mdat")
    return configuration, raw[media + 4 :]


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _full(kind: bytes, body: bytes, *, version: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24) + body)
