"""Reels out of recordings: what is copied is what was recorded, and nothing is seen or heard of the splices."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from bot.codec.movie import inspect
from bot.codec.planes import Planes
from bot.studio.film.clips import pace
from bot.studio.film.copying.make import Plan, plan
from bot.studio.film.copying.plan import FRAME, Copied, Drawn
from bot.studio.film.copying.source import TICKS, NotCopied
from bot.studio.film.model import parse
from bot.studio.film.render import render
from bot.studio.film.segments import Segments
from bot.studio.film.stage import Stage, Studio
from bot.studio.film.timeline import FADE_IN, FADE_OUT, lay_out
from tests.codec.media import smooth_photo, turned_clip
from tests.studio.film.making import draft, photo, words
from tests.studio.film.recordings import RATE, is_lit, number_of, recording, reel, shot

SIZE = (192, 108)


@pytest.fixture(scope="module")
def match(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """18 s with a key each second, flashes and clicks with them."""
    return recording(tmp_path_factory.mktemp("recordings") / "match.mp4", 18)


@dataclass(frozen=True)
class Seen:
    """What a decoder that forgives nothing makes of a film: luma and when each picture is shown, in ticks; sound."""

    pictures: list[np.ndarray]
    times: list[int]
    sound: np.ndarray


def watch(path: Path) -> Seen:
    pictures, times, sound = [], [], []
    with av.open(path) as container:
        video, voice = container.streams.video[0], container.streams.audio[0]
        video.codec_context.options = {"err_detect": "explode"}
        decoded_at = [packet.dts for packet in container.demux(video) if packet.dts is not None]
        assert all(b > a for a, b in itertools.pairwise(decoded_at))
        container.seek(0)
        for frame in container.decode(video, voice):
            if isinstance(frame, av.VideoFrame):
                assert not frame.is_corrupt
                pictures.append(luma(frame))
                times.append(round(frame.pts * frame.time_base * TICKS))
            else:
                sound.append(frame.to_ndarray())
        assert len(pictures) == len(decoded_at)
        assert all(b > a for a, b in itertools.pairwise(times))
    return Seen(pictures=pictures, times=times, sound=np.concatenate(sound, axis=1))


def luma(frame: av.VideoFrame) -> np.ndarray:
    return frame.to_ndarray()[: frame.height].copy()


def source(path: Path) -> dict[int, np.ndarray]:
    """A recording's pictures by when they are shown, in ticks after the first."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        start = stream.start_time or 0
        return {
            round((frame.pts - start) * stream.time_base * TICKS): luma(frame) for frame in container.decode(stream)
        }


def studio(body: dict[str, Any], assets: dict[str, Path]) -> Studio:
    film = parse(body)
    return Studio(film=film, spans=lay_out(film), texts=(), assets=assets, advance=lambda frames: None)


def copied_exactly(seen: Seen, made: Plan, here: Studio) -> int:
    """Every copied picture is the recording's own; how many there are."""
    shown = dict(zip(seen.times, seen.pictures, strict=True))
    count = 0
    originals = {name: source(path) for name, path in here.assets.items()}
    for piece in made.pieces:
        if isinstance(piece, Copied):
            span = here.spans[piece.span]
            path = here.assets[span.shot.asset]
            begin = round(pace(here.files.facts(path), span)[0] * TICKS) - span.first * FRAME
            for at in piece.times:
                assert np.array_equal(shown[at], originals[span.shot.asset][at + begin])
                count += 1
    return count


def drawn_well(seen: Seen, made: Plan, here: Studio) -> float:
    """How like the drawn pictures are to what should have been drawn, in dB: the worst."""
    shown = dict(zip(seen.times, seen.pictures, strict=True))
    worst = 100.0
    width, height = SIZE
    out = Planes(
        y=np.empty((height, width), np.uint8),
        u=np.empty((height // 2, width // 2), np.uint8),
        v=np.empty((height // 2, width // 2), np.uint8),
    )
    for piece in made.pieces:
        if isinstance(piece, Drawn):
            with ExitStack() as stack:
                grace = (piece.stop - piece.start) / piece.frames / 60
                assets = made.beside.assets
                stage = Stage(here, piece.span, piece.start, stack, grace=grace, own_colours=assets)
                for at in piece.times:
                    stage.draw(at / FRAME, out)
                    apart = np.mean((shown[at].astype(float) - out.y) ** 2)
                    worst = min(worst, 10 * np.log10(255**2 / max(apart, 1e-6)))
    return worst


def right_numbers(seen: Seen, here: Studio, rate: float) -> int:
    """Where a shot is alone, each picture is the one of that moment; how many were looked at."""
    count = 0
    for at, picture in zip(seen.times, seen.pictures, strict=True):
        number = at / FRAME
        if number < FADE_IN + 1 or number > here.spans[-1].last - FADE_OUT - 1:
            continue
        for span in here.spans:
            after = next((one.first for one in here.spans if one.first > span.first), span.last)
            if span.settled + 2 <= number <= after - 2:
                start, _ = pace(here.files.facts(here.assets[span.shot.asset]), span)
                wanted = (start + (number - span.first) / 30) * rate
                assert abs(number_of(picture) - wanted) <= 0.75
                count += 1
    return count


PLACES = [("a", second * 1000, (second + 2) * 1000) for second in (1, 4, 7, 10, 13)]
STRAY = [("a", second * 1000 + 430, (second + 2) * 1000 + 210) for second in (1, 4, 7, 10, 13)]


@pytest.mark.parametrize(
    ("places", "transition", "least"), [(PLACES, "crossfade", 0.6), (PLACES, "cut", 0.8), (STRAY, "crossfade", 0.3)]
)
def test_copied_pictures_are_the_recording_s_own_and_drawn_ones_fit(
    tmp_path: Path, match: Path, places: list[tuple[str, int, int]], transition: str, least: float
) -> None:
    body, assets = reel(places, transition=transition), {"a": match}
    told: list[float] = []
    made = render(body, assets, tmp_path / "film.mp4", workers=2, on_progress=told.append)
    seen, here = watch(tmp_path / "film.mp4"), studio(body, assets)
    how = plan(here)
    assert made.copied_ms == how.copied_ms >= least * body["d"]
    assert made.drawn_because is None
    assert copied_exactly(seen, how, here) > 100
    assert drawn_well(seen, how, here) > 36
    assert right_numbers(seen, here, 30) > 150
    assert abs(seen.times[-1] + FRAME - body["d"] * TICKS / 1000) <= FRAME
    assert inspect(tmp_path / "film.mp4").duration_ms == pytest.approx(body["d"], abs=34)
    assert inspect(tmp_path / "film.mp4").faststart
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert max(b - a for a, b in zip([0.0, *told], told, strict=False)) < 0.1, "copied frames count as progress"
    assert in_step(seen) >= len(places), "a click with every flash"


def in_step(seen: Seen) -> int:
    """How many flashes are seen, each with its click at most 20 ms away."""
    loud = np.abs(seen.sound.mean(axis=0))
    count, before = 0, False
    for at, picture in zip(seen.times, seen.pictures, strict=True):
        lit = is_lit(picture)
        first = round(at * RATE / TICKS)
        around = loud[max(0, first - RATE // 4) : first + RATE // 4]
        if lit and not before and around.size == RATE // 2 and around.max() > 0.1:
            onset = int(np.argmax(around > 0.5 * around.max())) - RATE // 4
            assert abs(onset) <= RATE // 50, f"{1000 * onset / RATE:.0f} ms at {at / TICKS:.2f} s"
            count += 1
        before = lit
    return count


def test_words_photos_and_looks_are_drawn_and_the_rest_is_still_copied(tmp_path: Path, match: Path) -> None:
    assets = {"a": match, "p": smooth_photo(tmp_path / "p", SIZE)}
    shots = [
        shot("a", 1000, 4000, transition="cut"),
        photo("p", 1500),
        shot("a", 8000, 4000, transition="cut", look="mono"),
        shot("a", 11_000, 5000, transition="wipe"),
    ]
    body = reel([])
    body["t"][0]["sg"], body["d"] = shots, sum(one["d"] for one in shots)
    body["t"][2]["sg"] = [words("Goal", 2000, 1000, "caption")]
    here = studio(body, assets)
    how = plan(here)
    assert {piece.span for piece in how.pieces if isinstance(piece, Copied)} == {0, 3}
    covered = [(2000, 3000), (0, 300), (body["d"] - 600, body["d"])]
    for piece in how.pieces:
        if isinstance(piece, Copied):
            for start, stop in covered:
                first, last = piece.start * 1000 / TICKS, max(piece.times) * 1000 / TICKS
                assert last < start + 34 or first > stop - 35
    kept = Segments(folder=tmp_path / "kept", most_bytes=10**8)
    made = render(body, assets, tmp_path / "film.mp4", workers=2, segments=kept)
    assert made.copied_ms == how.copied_ms
    assert copied_exactly(watch(tmp_path / "film.mp4"), how, here) > 60
    told: list[float] = []
    render(body, assets, tmp_path / "again.mp4", workers=2, segments=kept, on_progress=told.append)
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "film.mp4").read_bytes()
    assert told[-1] == 1.0


def _uneven(frames: int) -> list[int]:
    rng = np.random.default_rng(4)
    return np.concatenate([[0], np.cumsum(rng.integers(2000, 4500, frames - 1))]).tolist()


KINDS: dict[str, dict[str, Any]] = {
    "25 a second, pyramid, silent": {"fps": 25, "params": "keyint=25:bframes=3:b-pyramid=normal", "sound": False},
    "60 a second, fragmented": {"fps": 60, "params": "keyint=60", "movflags": "frag_keyframe+empty_moov"},
    "irregular": {"times": _uneven(170), "params": "keyint=20:bframes=2"},
    "Matroska, no B-pictures, slices": {"params": "keyint=30:bframes=0:slices=3", "name": "a.mkv"},
    "open groups": {"params": "keyint=30:bframes=3:open-gop=1"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_recordings_of_all_kinds(tmp_path: Path, kind: str) -> None:
    options = dict(KINDS[kind])
    path = recording(tmp_path / options.pop("name", "a.mp4"), 6, **options)
    body, assets = reel([("a", 1000, 3000), ("a", 4000, 5500)]), {"a": path}
    made = render(body, assets, tmp_path / "film.mp4", workers=2)
    seen, here = watch(tmp_path / "film.mp4"), studio(body, assets)
    assert inspect(tmp_path / "film.mp4").duration_ms == pytest.approx(body["d"], abs=34)
    if kind == "open groups":
        assert made.drawn_because == "little", "decoding can begin at the first picture only"
        return
    how = plan(here)
    assert made.copied_ms == how.copied_ms > 1000
    assert copied_exactly(seen, how, here) > 30
    assert drawn_well(seen, how, here) > 36
    if "times" not in options:
        assert right_numbers(seen, here, options.get("fps", 30)) > 60


def test_recordings_of_one_camera_are_mixed_and_another_s_is_drawn(tmp_path: Path, match: Path) -> None:
    assets = {
        "a": match,
        "b": recording(tmp_path / "b.mp4", 4, shade=30),
        "c": recording(tmp_path / "c.mp4", 4, params="keyint=30:bframes=0:ref=4"),
    }
    body = reel([("a", 2000, 5000), ("b", 1000, 3000), ("c", 1000, 3000), ("a", 9000, 12_000)])
    made = render(body, assets, tmp_path / "film.mp4", workers=2)
    here = studio(body, assets)
    how = plan(here)
    assert made.copied_ms == how.copied_ms
    assert {piece.span for piece in how.pieces if isinstance(piece, Copied)} == {0, 1, 3}
    assert copied_exactly(watch(tmp_path / "film.mp4"), how, here) > 100


def test_damage_in_a_shot_is_drawn_with_the_last_good_picture_and_named(tmp_path: Path, match: Path) -> None:
    data = bytearray(match.read_bytes())
    with av.open(match) as container:
        stream = container.streams.video[0]
        hit = [p for p in container.demux(stream) if p.size and 270_000 <= p.pts * stream.time_base * TICKS < 285_000]
    for packet in hit:
        data[packet.pos + 4 : packet.pos + packet.size] = bytes(packet.size - 4)
    (tmp_path / "hurt.mp4").write_bytes(data)
    body, assets = reel([("a", 2000, 7000), ("a", 10_000, 12_000)]), {"a": tmp_path / "hurt.mp4"}
    made = render(body, assets, tmp_path / "film.mp4", workers=2)
    seen, here = watch(tmp_path / "film.mp4"), studio(body, assets)
    assert [(note["reason"], note["asset"]) for note in made.notes] == [("damaged", "a")]
    assert float(made.notes[0]["at"]) == pytest.approx(3.0, abs=0.2)
    assert made.copied_ms > 3000
    first = next(round(at / FRAME) for at, picture in zip(seen.times, seen.pictures, strict=True) if at > 60_000)
    numbers = [number_of(picture) for picture in seen.pictures[first : first + 60]]
    assert numbers == sorted(numbers), "nothing is shown that the damage made"
    how = plan(here)
    shown = {at for piece in how.pieces if isinstance(piece, Copied) for at in piece.times}
    assert not any(s - 60 <= at / FRAME - here.spans[0].first <= s - 55 for at in shown for s in (97.5,))


def _truncated(path: Path, target: Path) -> Path:
    data = path.read_bytes()
    target.write_bytes(data[: len(data) * 2 // 3])
    return target


def test_a_recording_that_ends_early_is_no_crash(tmp_path: Path) -> None:
    whole = recording(tmp_path / "whole.mp4", 8, movflags="faststart")
    body, assets = reel([("a", 1000, 3000), ("a", 5000, 7000)]), {"a": _truncated(whole, tmp_path / "cut.mp4")}
    made = render(body, assets, tmp_path / "film.mp4", workers=2)
    assert inspect(tmp_path / "film.mp4").duration_ms == pytest.approx(body["d"], abs=34)
    assert 0 < made.copied_ms < 3000
    assert [note["reason"] for note in made.notes] == ["damaged"]
    assert float(made.notes[0]["at"]) == pytest.approx(8 * 2 / 3, abs=0.5)
    watch(tmp_path / "film.mp4")


REASONS: dict[str, tuple[str, dict[str, Any]]] = {
    "another codec": ("codec", {"codec": "mpeg4"}),
    "start codes": ("packaging", {"name": "a.avi"}),
    "fields": ("interlaced", {"params": "keyint=30:tff=1"}),
    "oblong pixels": ("pixels", {"params": "keyint=30:sar=4/3"}),
    "another size": ("shape", {"size": (176, 144)}),
    "full range": ("colours", {"tags": "fullrange=on"}),
    "wide gamut": ("colours", {"tags": "colormatrix=bt2020nc"}),
    "one key": ("little", {"params": "keyint=infinite"}),
}


@pytest.mark.parametrize("kind", REASONS)
def test_why_a_film_is_drawn(tmp_path: Path, kind: str) -> None:
    reason, options = REASONS[kind]
    path = recording(tmp_path / options.get("name", "a.mp4"), 3, **{k: v for k, v in options.items() if k != "name"})
    with pytest.raises(NotCopied) as raised:
        plan(studio(reel([("a", 1000, 2000)]), {"a": path}))
    assert raised.value.reason == reason


def test_turned_recordings_and_photos_are_drawn(tmp_path: Path) -> None:
    here = studio(reel([("a", 300, 1500)], size=(160, 120)), {"a": turned_clip(tmp_path / "a.mp4", 90)})
    with pytest.raises(NotCopied, match="rotated"):
        plan(here)
    body = draft([photo("p", 2000)])
    with pytest.raises(NotCopied, match="nothing"):
        plan(studio(body, {"p": smooth_photo(tmp_path / "p", SIZE)}))


def test_colours_of_older_cameras_are_copied_where_nothing_else_is_shown(tmp_path: Path, match: Path) -> None:
    old = recording(tmp_path / "old.mp4", 4, tags="colormatrix=smpte170m")
    alone = reel([("a", 1000, 3000)])
    assert plan(studio(alone, {"a": old})).beside.colours[2] == 6
    with pytest.raises(NotCopied, match="colours"):
        plan(
            studio(
                reel([("a", 1000, 3000), ("p", 1000, 1100)]),
                {"a": old, "p": recording(tmp_path / "x.mp4", 2, size=(96, 54))},
            )
        )
    render(alone, {"a": old}, tmp_path / "film.mp4", workers=2)
    with av.open(tmp_path / "film.mp4") as film:
        seen = {frame.colorspace for frame in film.decode(video=0)}
    assert seen == {6}, "no splice changes the colours"
