"""From a draft and its media to a finished MP4, on all cores."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.codec.encode import SAMPLE_RATE, encode_audio, write_mp4
from bot.studio.disk import part_of
from bot.studio.film.chunks import encode_chunk
from bot.studio.film.copying.make import Plan, plan, write
from bot.studio.film.copying.source import NotCopied
from bot.studio.film.errors import FilmError
from bot.studio.film.model import FPS, parse
from bot.studio.film.segments import key_of_sound
from bot.studio.film.soundtrack import soundtrack
from bot.studio.film.stage import Studio
from bot.studio.film.timeline import divide, lay_out
from bot.studio.film.titles import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from bot.codec.encode import AudioPacket, VideoPacket
    from bot.studio.film.model import Film
    from bot.studio.film.segments import Segments

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished film. `size` is in bytes.

    `copied_ms` of it are pictures as they were recorded; where that is 0, `drawn_because` says why (see
    `bot.studio.film.copying.make.plan`). `notes` names what could not be shown as asked:
    `{"reason": "glyphs", "text": ...}`, and `{"reason": "damaged", "asset": ..., "at": ...}` for a clip that is damaged
    from that second on, where its last good picture is shown.
    """

    width: int
    height: int
    duration_ms: int
    size: int
    copied_ms: int
    drawn_because: str | None
    notes: tuple[dict[str, str], ...]


def render(
    draft: object,
    assets: Mapping[str, Path],
    target: Path,
    *,
    workers: int | None = None,
    segments: Segments | None = None,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Rendered:
    """Make the film. Writes beside `target` and renames when it is whole.

    Args:
        draft: the studio's draft as decoded JSON; anything at all may be in it.
        assets: where the media of the draft's asset ids lie.
        target: the MP4 to write.
        workers: drawing threads; the number of usable cores by default.
        segments: where encoded pieces of this and other films are kept; without it all is drawn anew.
        on_progress: called with the share done (0 to 1, growing), from worker threads but never from two at once.

    Raises:
        FilmError: the draft or its media cannot become a film.
    """
    film = parse(draft)
    _check_assets(film, assets)
    spans = lay_out(film)
    texts, notes = typeset(film)
    progress = _Progress(on_progress)
    studio = Studio(film=film, spans=spans, texts=texts, assets=assets, advance=progress.advance, segments=segments)
    part = part_of(target)
    threads = workers or len(os.sched_getaffinity(0))
    with closing(studio.files), ThreadPoolExecutor(threads, thread_name_prefix="film") as pool:
        # Sound first: what it is made of is gone before a second encoder takes its memory.
        music = pool.submit(_sound, studio)
        try:
            copying, drawn_because = _copying(studio)
            progress.frames = copying.frames if copying else spans[-1].last
            if copying is None:
                _draw(studio, pool, music, part)
            else:
                write(studio, copying, pool, music, part)
            part.replace(target)
        except OSError as error:
            raise FilmError("target", why=error.strerror or type(error).__name__) from error
        finally:
            studio.cancelled.set()
            part.unlink(missing_ok=True)
            if segments is not None:
                segments.trim()
    on_progress(1.0)
    return Rendered(
        width=film.width,
        height=film.height,
        duration_ms=round(spans[-1].last * 1000 / FPS),
        size=target.stat().st_size,
        copied_ms=copying.copied_ms if copying else 0,
        drawn_because=drawn_because,
        notes=notes + _damage(studio),
    )


def _copying(studio: Studio) -> tuple[Plan | None, str | None]:
    """How the film is copied, or why it is not."""
    try:
        found = plan(studio)
    except NotCopied as error:
        if error.reason != "nothing":
            _log.info("the whole film is drawn: %s", error.reason)
        return None, error.reason
    _log.info("copied: %d of %d ms, in %d pieces", found.copied_ms, studio.film.duration, len(found.pieces))
    return found, None


def _draw(studio: Studio, pool: Executor, sound: Future[list[AudioPacket]], target: Path) -> None:
    """Draw and encode all of the film."""
    chunks = [pool.submit(encode_chunk, studio, chunk) for chunk in divide(studio.spans)]
    write_mp4(
        target,
        size=(studio.film.width, studio.film.height),
        fps=FPS,
        video=_in_turn(chunks),
        sound=sound.result(),
        title=studio.film.title,
    )


def _damage(studio: Studio) -> tuple[dict[str, str], ...]:
    return tuple({"reason": "damaged", "asset": asset, "at": f"{at:.1f}"} for asset, at in studio.damage.items())


def _check_assets(film: Film, assets: Mapping[str, Path]) -> None:
    wanted = [shot.asset for shot in film.shots] + ([film.sound.asset] if film.sound.asset else [])
    for asset in wanted:
        if asset not in assets or not assets[asset].is_file():
            raise FilmError("missing-asset", asset=asset)


def _sound(studio: Studio) -> list[AudioPacket]:
    """The encoded sound, unless it is kept from a film that sounded the same."""
    film, segments = studio.film, studio.segments
    if segments is None:
        return encode_audio(soundtrack(film, studio.assets, studio.files))
    key = key_of_sound(film, studio.spans, studio.assets)
    packets = segments.get(key, 0, rate=SAMPLE_RATE)
    if packets is None:
        packets = encode_audio(soundtrack(film, studio.assets, studio.files))
        segments.put(key, packets, 0)
    return packets


def _in_turn(chunks: list[Future[list[VideoPacket]]]) -> Iterator[VideoPacket]:
    while chunks:
        yield from chunks.pop(0).result()  # popped, so that written packets are freed


class _Progress:
    """Counts frames from all threads; reports every per cent."""

    def __init__(self, report: Callable[[float], None]) -> None:
        self.frames = 1
        self._lock = threading.Lock()
        self._done = 0
        self._report = report

    def advance(self, frames: int) -> None:
        with self._lock:
            before, self._done = self._done, self._done + frames
            if before * 100 // self.frames != self._done * 100 // self.frames:
                self._report(self._done / self.frames * 0.99)
