"""The structure of a HEIF file, as far as a grid of tiles needs it (ISO/IEC 23008-12 and 14496-12)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_META = 8 * 1024 * 1024
_MOST_TILES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A picture of `columns` x `rows` tiles (item ids, row by row; a single picture is its own only tile).

    Sizes are as stored, before the turn that `orientation` (as in EXIF) asks for.
    """

    columns: int
    rows: int
    width: int
    height: int
    tiles: tuple[int, ...]
    orientation: int


def read(path: Path) -> Grid | None:
    """The layout of the primary picture; None when it uses what is not handled here.

    Raises:
        struct.error, ValueError, LookupError: the boxes make no sense.
    """
    meta = _meta(path)
    if meta is None:
        return None
    boxes = dict(_boxes(meta[4:]))
    primary = _number(boxes[b"pitm"], 4, 2 if boxes[b"pitm"][0] == 0 else 4)
    properties = _properties(boxes[b"iprp"], primary)
    orientation = _orientation(properties)
    if orientation is None:
        return None
    tiles = _tiles(boxes.get(b"iref", b""), primary)
    if not tiles:
        width, height = struct.unpack_from(">II", dict(properties)[b"ispe"], 4)
        return Grid(columns=1, rows=1, width=width, height=height, tiles=(primary,), orientation=orientation)
    layout = _item_data(path, boxes, primary)
    if layout is None:
        return None
    rows, columns = layout[2] + 1, layout[3] + 1
    width, height = struct.unpack_from(">II" if layout[1] & 1 else ">HH", layout, 4)
    if rows * columns != len(tiles) or len(tiles) > _MOST_TILES:
        return None
    return Grid(columns=columns, rows=rows, width=width, height=height, tiles=tiles, orientation=orientation)


def _meta(path: Path) -> bytes | None:
    """The contents of the top-level `meta` box."""
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            length, kind = struct.unpack(">I4s", head)
            if kind == b"meta":
                return file.read(length - 8) if 8 < length <= _MOST_META else None
            if length < 8:
                return None
            file.seek(length - 8, 1)
    return None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if length < 8 or at + length > len(data):
            raise ValueError("box beyond its parent")
        yield kind, data[at + 8 : at + length]
        at += length


def _number(data: bytes, at: int, width: int) -> int:
    if at + width > len(data):
        raise ValueError("number beyond its box")
    return int.from_bytes(data[at : at + width], "big")


def _tiles(references: bytes, primary: int) -> tuple[int, ...]:
    """What the primary item is derived from (`dimg`), in order."""
    if not references:
        return ()
    wide = 2 if references[0] == 0 else 4
    for kind, body in _boxes(references[4:]):
        if kind == b"dimg" and _number(body, 0, wide) == primary:
            count = _number(body, wide, 2)
            return tuple(_number(body, wide + 2 + wide * index, wide) for index in range(count))
    return ()


def _item_data(path: Path, boxes: dict[bytes, bytes], item: int) -> bytes | None:
    """The few bytes of a grid item, from `idat` or from the file itself."""
    table = boxes[b"iloc"]
    version, sizes, more = table[0], table[4], table[5]
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in {1, 2} else 0
    id_size = 2 if version < 2 else 4
    count = _number(table, 6, id_size)
    at = 6 + id_size
    for _ in range(count):
        found = _number(table, at, id_size)
        at += id_size
        inside = version in {1, 2} and _number(table, at, 2) & 15 == 1
        at += (2 if version in {1, 2} else 0) + 2  # construction method, data reference
        base = _number(table, at, base_size)
        extents = _number(table, at + base_size, 2)
        at += base_size + 2
        if found == item:
            offset = base + _number(table, at + index_size, offset_size)
            length = _number(table, at + index_size + offset_size, length_size)
            if extents != 1 or not 8 <= length <= 12:
                return None
            return boxes[b"idat"][offset : offset + length] if inside else _slice(path, offset, length)
        at += extents * (index_size + offset_size + length_size)
    return None


def _slice(path: Path, offset: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)


def _properties(boxes: bytes, item: int) -> list[tuple[bytes, bytes]]:
    """An item's properties, in order."""
    held = list(_boxes(dict(_boxes(boxes))[b"ipco"]))
    return [held[index - 1] for index in _associated(boxes, item) if 0 < index <= len(held)]


def _orientation(properties: list[tuple[bytes, bytes]]) -> int | None:
    """Rotation and mirroring as an EXIF orientation; None with a crop or with both of them."""
    kinds = [kind for kind, _ in properties]
    if b"clap" in kinds or (b"irot" in kinds and b"imir" in kinds):
        return None
    for kind, body in properties:
        if kind == b"irot":
            return (1, 8, 3, 6)[body[0] & 3]  # quarter turns against the clock
        if kind == b"imir":
            return 2 if body[0] & 1 else 4  # about a vertical or a horizontal axis
    return 1


def _associated(properties: bytes, item: int) -> list[int]:
    """Indices (from 1) of an item's properties, in order."""
    for kind, body in _boxes(properties):
        if kind != b"ipma":
            continue
        id_size, wide = 2 if body[0] == 0 else 4, 2 if body[3] & 1 else 1
        count, at = _number(body, 4, 4), 8
        for _ in range(count):
            found, links = _number(body, at, id_size), _number(body, at + id_size, 1)
            at += id_size + 1
            if found == item:
                mask = 0x7FFF if wide == 2 else 0x7F
                return [_number(body, at + wide * index, wide) & mask for index in range(links)]
            at += wide * links
    return []
