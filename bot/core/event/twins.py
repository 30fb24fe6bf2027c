"""The same picture from several people: found, and the best version kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.media import MediaKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.event.collection import Look, Share

ALIKE_BITS = 4
"""Bits of 64 in which two versions of one picture may differ: what a messenger's compression changes."""


def twins(shares: Sequence[Share]) -> Mapping[int, int]:
    """For each file that is a lesser version of another one, the id of the version that is kept."""
    best = sorted(shares, key=_worth, reverse=True)
    kept: list[Share] = []
    found: dict[int, int] = {}
    for share in best:
        twin = next((other for other in kept if _same(share, other)), None)
        if twin is None:
            kept.append(share)
        else:
            found[share.id] = twin.id
    return found


def _worth(share: Share) -> tuple[int, int, int]:
    """More pixels, then more bytes, then whoever was first."""
    return (share.look.pixels if share.look else 0, share.ref.size or 0, -share.id)


def _same(one: Share, other: Share) -> bool:
    if one.look is None or other.look is None:
        return False
    return (one.look.digest != "" and one.look.digest == other.look.digest) or (
        one.ref.kind is other.ref.kind is MediaKind.PHOTO and _alike(one.look, other.look)
    )


def _alike(one: Look, other: Look) -> bool:
    if one.likeness is None or other.likeness is None:
        return False
    return (one.likeness ^ other.likeness).bit_count() <= ALIKE_BITS
