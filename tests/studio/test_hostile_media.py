"""Media that somebody has tampered with: each is used or named as unusable, and the next is looked at as before."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.studio.media.formats import Seen, Unusable
from bot.studio.media.prober import Prober
from tests.codec.media import clip, encoded, opened, smooth_photo, song

EACH = 85


def samples(folder: Path) -> dict[str, bytes]:
    """A small file of each kind that is taken, as bytes."""
    folder.mkdir()
    photo = opened(smooth_photo(folder / "photo.jpg", (260, 250)))
    clip(folder / "clip.mp4", seconds=0.4, size=(64, 48))
    song(folder / "song.m4a", seconds=0.5)
    for kind in ("PNG", "WEBP", "GIF"):
        (folder / f"photo.{kind.lower()}").write_bytes(encoded(photo, kind))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(1, len(data)) :]


def flipped(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 4, 40))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def flipped_head(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 3, 8))):
        data[rng.randrange(min(len(data), 200))] = rng.randrange(256)


def largest_number(data: bytearray, rng: random.Random) -> None:
    """A size, a count or an offset that means far more than there is."""
    at = rng.randrange(len(data) - 4)
    data[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x00", b"\x00\x0f\xff\xff"))


def repeated(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    data[at:at] = data[at : at + rng.randrange(1, 400)] * rng.choice((1, 3, 20))


def shuffled(data: bytearray, rng: random.Random) -> None:
    a, b = sorted(rng.randrange(len(data)) for _ in range(2))
    data[:] = data[b:] + data[a:b] + data[:a]


HARM: tuple[Callable[[bytearray, random.Random], None], ...] = (
    cut,
    flipped,
    flipped_head,
    largest_number,
    repeated,
    shuffled,
)


@pytest.mark.slow
async def test_tampered_media_are_used_or_named(tmp_path: Path) -> None:
    whole = samples(tmp_path / "whole")
    rng = random.Random(20)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    prober = Prober(seconds=20)
    outcomes: Counter[str] = Counter()
    try:
        for kind, good in whole.items():
            for number in range(EACH):
                data = bytearray(good)
                HARM[number % len(HARM)](data, rng)
                path = inbox / f"{kind}-{number}"
                path.write_bytes(bytes(data))
                seen = await prober.look(path)
                assert isinstance(seen, Seen | Unusable)
                assert isinstance(seen, Seen) or seen.reason
                outcomes["used" if isinstance(seen, Seen) else seen.reason] += 1
                path.unlink()
            assert isinstance(await prober.look(tmp_path / "whole" / kind), Seen), "what is whole is still taken"
    finally:
        prober.close()
    assert outcomes.total() == EACH * len(whole) >= 500
    assert outcomes["used"] < 0.7 * outcomes.total(), "the harm is real"
    assert outcomes["died"] <= 5, "a file may cost the worker, but that is rare"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inbox", "whole"]
    assert not list(inbox.iterdir()), "nothing was written beside them"
