"""The order of an album: that of its messages, in whichever order a platform has told them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_order(files: Sequence[tuple[int, str, str]]) -> list[int]:
    """Ids of files, given as they stand: id, album (empty for none) and message.

    The files of an album share out their places anew by the numbers of their messages; everything else stays.
    """
    places: dict[str, list[int]] = {}
    for place, (_, album, message) in enumerate(files):
        if album and message.isdecimal():
            places.setdefault(album, []).append(place)
    found = [number for number, _, _ in files]
    for mine in places.values():
        ordered = sorted(mine, key=lambda place: int(files[place][2]))
        for place, source in zip(mine, ordered, strict=True):
            found[place] = files[source][0]
    return found
