"""Encoded chunks kept on disk: a film that was changed a little is drawn only where it changed."""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import av
import cv2

from bot import codec
from bot.studio.film.model import FPS
from bot.studio.film.timeline import FADE_IN, FADE_OUT, frame_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.studio.film.model import Film, Shot, Text
    from bot.studio.film.timeline import Span

    Packet = av.Packet[Any]

_ENDING = ".piece"
_UNSEEN = {"duration", "overlap", "transition", "sound"}
"""What a shot says that its own picture does not show; when it is seen is told by its span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """A folder of chunks, the ones used longest ago given up first. Several processes may share it.

    `most_bytes` is held by `trim`; a chunk that is damaged or gone counts as never kept.
    """

    folder: Path
    most_bytes: int

    def get(self, key: str, start: int, *, rate: int = FPS) -> list[Packet] | None:
        """The packets of a chunk, stamped for a film in which it begins at `start`; None if it is not kept.

        Times are in units of 1/`rate` s: frames, or samples of sound.
        """
        path = self._path(key)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            about = json.loads(head)
            if zlib.crc32(body) != about["crc"]:
                raise ValueError
            packets = _unpacked(body, about["packets"], start, rate)
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return packets

    def put(self, key: str, packets: Sequence[Packet], start: int) -> None:
        """Keep the packets of a chunk that begins at `start`. A disk that takes no more is no failure."""
        body = b"".join(bytes(packet) for packet in packets)
        rows = [[packet.size, (packet.pts or 0) - start, packet.duration, packet.is_keyframe] for packet in packets]
        path = self._path(key)
        part = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            head = json.dumps({"crc": zlib.crc32(body), "packets": rows}).encode()
            part.write_bytes(head + b"\n" + body)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def trim(self) -> None:
        """Give up what was used longest ago until the folder is small enough."""
        kept = []
        for path in self.folder.glob("*"):
            try:
                facts = path.stat()
            except FileNotFoundError:  # another process was quicker
                continue
            kept.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self.most_bytes:
                return
            path.unlink(missing_ok=True)
            total -= size

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"


class Stretch(Protocol):
    """Part of one span's time, in film frames or parts of them."""

    @property
    def span(self) -> int:
        """The number of the span."""

    @property
    def start(self) -> float:
        """Its first frame."""

    @property
    def stop(self) -> float:
        """The frame that it ends before."""


def key_of(
    film: Film, spans: Sequence[Span], chunk: Stretch, assets: Mapping[str, Path], encoded: Sequence[object] = ()
) -> str:
    """Names everything that a chunk's frames and packets depend on, and nothing else.

    Times are counted from the chunk's first frame, so that it is found again when it moved as a whole. `encoded` is
    what is particular about its encoder.
    """
    span = spans[chunk.span]
    seen = [span]
    if chunk.start < span.settled and chunk.span > 0:
        seen.append(spans[chunk.span - 1])
    last = spans[-1].last
    facts = {
        "code": _code(),
        "canvas": [film.width, film.height],
        "frames": _near(chunk.stop - chunk.start),
        "encoded": encoded,
        "shots": [_shot(one, chunk, assets[one.shot.asset]) for one in seen],
        "enters": span.shot.transition if len(seen) > 1 else None,
        "texts": [text for one in film.texts if (text := _text(one, chunk, last))],
        "rises": _near(chunk.start) if chunk.start < FADE_IN else None,
        "falls": _near(last - chunk.start) if chunk.stop > last - FADE_OUT else None,
    }
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def key_of_sound(film: Film, spans: Sequence[Span], assets: Mapping[str, Path]) -> str:
    """Names everything that the sound of a film depends on: its music, its cuts, and the clips that may be heard."""
    own = film.sound.asset
    facts = {
        "code": _code(),
        "music": asdict(film.sound),
        "track": _file(assets[own]) if own else None,
        "length": film.duration,
        "last": film.shots[-1].duration,
        "clips": [
            [
                span.shot.start,
                span.shot.speed,
                span.shot.sound,
                _file(assets[span.shot.asset]),
                *_times(span),
                *_times(after),
            ]
            for span, after in zip(spans, [*spans[1:], spans[-1]], strict=True)
            if span.shot.kind == "video"
        ],
    }
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _shot(span: Span, chunk: Stretch, file: Path) -> dict[str, Any]:
    shot: Shot = span.shot
    said = {name: getattr(shot, name) for name in shot.__slots__ if name not in _UNSEEN}
    times = [_near(frame - chunk.start) for frame in (span.first, span.settled, span.last)]
    return said | {"file": _file(file), "times": times}


def _near(frames: float) -> float:
    """Without what computing with parts of frames leaves in the last digits."""
    return round(frames, 4)


def _times(span: Span) -> tuple[int, int, int, int]:
    return span.first, span.cut, span.settled, span.last


def _file(path: Path) -> list[int]:
    facts = path.stat()
    return [facts.st_size, facts.st_mtime_ns]


def _text(text: Text, chunk: Stretch, last: int) -> list[Any] | None:
    first, end = frame_at(text.start), min(frame_at(text.start + text.duration), last)
    if end <= chunk.start or first >= chunk.stop:
        return None
    return [text.words, text.under, text.style, text.place, _near(first - chunk.start), _near(end - chunk.start)]


@cache
def _code() -> str:
    """The renderer itself, and what it draws and encodes with: whatever is changed there draws anew."""
    here = Path(__file__).parent
    files = sorted([*here.rglob("*.py"), *Path(codec.__file__).parent.glob("*.py")])
    versions = f"{av.__version__} {cv2.__version__}".encode()
    return sha256(b"\0".join([versions, *(path.read_bytes() for path in files)])).hexdigest()


def _unpacked(body: bytes, rows: list[list[int]], start: int, rate: int) -> list[Packet]:
    packets: list[Packet] = []
    at = 0
    for size, shown, lasting, key in rows:
        packet = cast("Packet", av.Packet(body[at : at + size]))
        packet.time_base, packet.pts, packet.duration = Fraction(1, rate), start + shown, lasting
        packet.dts = packet.pts
        packet.is_keyframe = bool(key)
        packets.append(packet)
        at += size
    return packets
