"""Films, decoded whole and looked at."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import get_args

import av
import numpy as np
import pytest
from PIL import Image

from bot.codec.movie import inspect, posters
from bot.codec.probe import probe
from bot.studio.film import FilmError, plan_slots
from bot.studio.film.model import Transition
from bot.studio.film.music.loudness import integrated, true_peak
from bot.studio.film.render import render
from tests.codec.media import (
    assert_upright,
    clip,
    corner_picture,
    encoded,
    heic,
    opened,
    oriented_jpeg,
    smooth_photo,
    song,
    turned_clip,
)
from tests.studio.film.making import draft, frame_rgb, photo, watch, words

KINDS = get_args(Transition)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("photos")
    sizes = [(640, 480), (480, 640), (800, 400), (500, 500), (640, 480), (128, 96), (640, 360), (640, 480), (480, 640)]
    return {f"p{n}": smooth_photo(folder / f"p{n}", size, seed=n) for n, size in enumerate(sizes)}


def test_a_film_is_what_players_expect(tmp_path: Path, photos: dict[str, Path]) -> None:
    slots = plan_slots(9, 13_000, "upbeat")
    segments = [
        photo(f"p{n}", ms, transition=KINDS[n % len(KINDS)], motion=("in", "pan-right", "out-left", "pan-up")[n % 4])
        for n, ms in enumerate(slots)
    ]
    texts = [words("Lisbon 里斯本", 300, 2000), words("Thanks", 11_000, 1800, "credits")]
    reported: list[float] = []
    target = tmp_path / "film.mp4"
    made = render(
        draft(segments, mood="upbeat", texts=texts, title="里斯本"),
        photos,
        target,
        workers=2,
        on_progress=reported.append,
    )
    seen = watch(target)
    assert (made.width, made.height, made.duration_ms, made.size) == (320, 180, 13_000, target.stat().st_size)
    assert seen.facts["codec"] == "h264"
    assert "High" in seen.facts["profile"]
    assert seen.facts["pix_fmt"] == "yuv420p"
    assert seen.facts["size"] == (320, 180)
    assert seen.facts["rate"] == 30
    assert seen.facts["colour"] == (1, 1, 1), "Rec. 709, limited"
    assert seen.facts["audio"] == ("aac", 48_000, "stereo")
    assert seen.facts["title"] == "里斯本"
    assert seen.facts["seconds"] == pytest.approx(13, abs=0.05)
    assert inspect(target).faststart
    assert seen.pts == list(range(390)), "every frame once, in order"
    assert not list(tmp_path.glob(".*")), "nothing is left beside the film"
    assert reported == sorted(reported)
    assert reported[-1] == 1.0
    assert max(after - before for before, after in zip([0.0, *reported], reported, strict=False)) <= 0.021

    body = seen.luma[12:-20].astype(np.int16)
    dark = (body.mean(axis=(1, 2)) < 24).sum()
    assert dark <= 4, "black only in the middle of the dip"
    moved = np.abs(np.diff(body, axis=0)).mean(axis=(1, 2))
    longest, run = 0, 0
    for still in moved < 0.02:
        run = run + 1 if still else 0
        longest = max(longest, run)
    assert longest <= 2, "no frozen stretch"
    assert seen.luma[0].mean() < 40, "fades in"
    assert seen.luma[-1].mean() < 30, "fades out"
    assert integrated(seen.sound[:, : 13 * 48_000]) == pytest.approx(-14, abs=1)
    assert true_peak(seen.sound) <= -1.0


@pytest.mark.parametrize("kind", KINDS)
def test_transitions_mix_and_are_centred_on_the_cut(tmp_path: Path, kind: str) -> None:
    """From a dark to a bright photo: before the transition all dark, after it all bright, at the cut in between."""
    for name, grey in (("dark", 60), ("bright", 200)):
        corner = corner_picture(320, 180).convert("L").point(lambda _, grey=grey: grey)
        corner.save(tmp_path / f"{name}.png")
    assets = {name: tmp_path / f"{name}.png" for name in ("dark", "bright")}
    segments = [photo("dark", 1500), photo("bright", 1500, transition=kind, td=600)]
    render(draft(segments), assets, tmp_path / "film.mp4", workers=1)
    means = watch(tmp_path / "film.mp4").luma.astype(float).mean(axis=(1, 2))
    low, high = means[30], means[60]
    assert high - low > 100
    assert means[35] == pytest.approx(low, abs=1), "the transition begins nine frames before the cut"
    assert means[55] == pytest.approx(high, abs=1)
    if kind == "cut":
        assert means[44] == pytest.approx(low, abs=1)
        assert means[45] == pytest.approx(high, abs=1)
    elif kind == "dip":
        assert means[36:55].min() < low - 20
    elif kind == "glow":
        assert means[44] > low + 0.5 * (high - low)
        steps = np.diff(means[36:55])
        assert np.sum(np.diff(np.sign(steps[np.abs(steps) > 0.3])) != 0) <= 1, "the light comes and goes once"
    else:
        middle = means[43:48].mean()
        assert low + 0.2 * (high - low) < middle < high - 0.2 * (high - low)
        assert np.all(np.diff(means[36:55]) > -1.5), "one way, without a bounce"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_photos_are_upright(tmp_path: Path, orientation: int) -> None:
    path = oriented_jpeg(tmp_path / "photo", orientation, (320, 180))
    render(draft([photo("a", 1000, motion="still")]), {"a": path}, tmp_path / "film.mp4", workers=1)
    assert_upright(frame_rgb(tmp_path / "film.mp4", 11), tolerance=16)


def test_every_format_and_the_blurred_fill(tmp_path: Path) -> None:
    picture = corner_picture(320, 180)
    heic(tmp_path / "heic", picture)
    (tmp_path / "webp").write_bytes(encoded(picture, "WEBP", quality=95))
    picture.convert("RGBA").save(tmp_path / "png", "PNG")
    picture.convert("CMYK").save(tmp_path / "cmyk", "JPEG", quality=95)
    corner_picture(120, 320).save(tmp_path / "tall", "PNG")
    names = ("heic", "webp", "png", "cmyk", "tall")
    segments = [photo(name, 600, motion="still", transition="cut") for name in names]
    segments[-1]["d"] = 1500
    render(draft(segments), {name: tmp_path / name for name in names}, tmp_path / "film.mp4", workers=1)
    for number in range(4):
        assert_upright(frame_rgb(tmp_path / "film.mp4", 9 + 18 * number), tolerance=45)
    tall = frame_rgb(tmp_path / "film.mp4", 75)
    assert_upright(tall[:, 130:190], tolerance=30)
    assert 10 < tall[:, :60].mean() < tall[:, 130:190].mean() * 0.75, "a darker ground, not black"


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 500), (4000, 16), (129, 97)])
def test_odd_sizes_are_shown_somehow(tmp_path: Path, size: tuple[int, int]) -> None:
    for name in ("a.png", "a.jpg"):
        Image.new("RGB", size, (200, 180, 60)).save(tmp_path / name)
        segments = [photo("a", 500), photo("a", 500, transition="zoom")]
        for canvas in ((320, 180), (108, 192)):
            made = render(draft(segments, size=canvas), {"a": tmp_path / name}, tmp_path / "film.mp4", workers=1)
            assert made.duration_ms == 1000


def test_clips_play_and_short_ones_are_slowed(tmp_path: Path) -> None:
    path = clip(tmp_path / "clip.mp4", seconds=2, size=(320, 180), fps=25)
    segments = [
        {"d": 1000, "m": {"asset": "c", "kind": "video", "in": 500}},
        {"d": 2000, "m": {"asset": "c", "kind": "video", "in": 1000, "transition": "cut"}},
    ]
    render(draft(segments), {"c": path}, tmp_path / "film.mp4", workers=2)
    means = watch(tmp_path / "film.mp4").luma.astype(float).mean(axis=(1, 2))

    def expected(seconds: float) -> float:
        return 16 + (40 + 160 * seconds / 2) * 219 / 255

    assert means[12] == pytest.approx(expected(0.5 + 12 / 30), abs=6)
    assert means[25] == pytest.approx(expected(0.5 + 25 / 30), abs=6)
    assert means[31] == pytest.approx(expected(1.0), abs=6)
    assert means[60] == pytest.approx(expected(1.5), abs=8), "one second of clip stretched to two"
    assert np.all(np.diff(means[10:29]) >= -0.5)


def test_frames_that_come_irregularly_are_shown_when_they_should_be(tmp_path: Path) -> None:
    """A phone that films 10 to 60 frames a second as the light allows: grey tells the moment at which it was taken."""
    path = tmp_path / "clip.mp4"
    moments = np.cumsum(np.resize([1, 1, 2, 6, 3, 1], 60)) * 1000  # in 60,000ths of a second
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=60, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 60_000)
        for moment in moments:
            grey = np.full((180, 320, 3), 30 + 70 * int(moment) // 60_000, np.uint8)
            frame = av.VideoFrame.from_ndarray(grey, format="rgb24")
            frame.pts, frame.time_base = int(moment - moments[0]), Fraction(1, 60_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    segments = [{"d": 2000, "m": {"asset": "c", "kind": "video"}}]
    render(draft(segments), {"c": path}, tmp_path / "film.mp4", workers=1)
    means = watch(tmp_path / "film.mp4").luma.astype(float).mean(axis=(1, 2))
    for number in range(12, 40):
        wanted = 16 + (30 + 70 * (number / 30 + moments[0] / 60_000)) * 219 / 255
        assert means[number] == pytest.approx(wanted, abs=7), "at most a frame of six sixtieths old"


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_turned_clips_are_upright(tmp_path: Path, clockwise: int) -> None:
    path = turned_clip(tmp_path / "clip.mp4", clockwise, (320, 180))
    assert probe(path).width == 320
    segments = [{"d": 1000, "m": {"asset": "c", "kind": "video"}}]
    render(draft(segments), {"c": path}, tmp_path / "film.mp4", workers=1)
    assert_upright(frame_rgb(tmp_path / "film.mp4", 11), tolerance=30)
    posters(path, thumbnail=tmp_path / "poster.jpg", cover=tmp_path / "cover.jpg")
    assert_upright(np.asarray(opened(tmp_path / "poster.jpg")), tolerance=40)


def test_an_own_track_is_looped_and_levelled(tmp_path: Path, photos: dict[str, Path]) -> None:
    assets = {**photos, "song": song(tmp_path / "song.m4a", seconds=2.5)}
    film = draft([photo("p0", 6000)], asset="song")
    render(film, assets, tmp_path / "film.mp4", workers=2)
    sound = watch(tmp_path / "film.mp4").sound[:, : 6 * 48_000]
    levels = np.sqrt((sound.reshape(2, 60, -1) ** 2).mean(axis=(0, 2)))
    assert levels[5:35].min() > 0.25 * levels[5:35].max(), "no gap where the track begins anew"
    assert levels[-1] < 0.2 * levels[20]
    assert true_peak(sound) <= -1.0


def test_no_music_is_a_silent_track(tmp_path: Path, photos: dict[str, Path]) -> None:
    render(draft([photo("p0", 1000)]), photos, tmp_path / "film.mp4", workers=1)
    assert np.abs(watch(tmp_path / "film.mp4").sound).max() < 1e-4


@pytest.mark.parametrize("size", [(192, 108), (108, 192), (108, 108)])
def test_many_photos_and_one(tmp_path: Path, photos: dict[str, Path], size: tuple[int, int]) -> None:
    slots = plan_slots(12, 6000, "calm")
    many = [photo(f"p{n % 9}", ms, transition=KINDS[n % len(KINDS)]) for n, ms in enumerate(slots)]
    render(draft(many, size=size, texts=[words("一段很长的标题，" * 8, 0, 6000)]), photos, tmp_path / "film.mp4")
    seen = watch(tmp_path / "film.mp4")
    assert len(seen.pts) == 180
    assert seen.facts["size"] == size


def test_unusable_media_is_named(tmp_path: Path, photos: dict[str, Path]) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(photos["p0"].read_bytes()[:3000])
    cases = [
        ({"p0": photos["p0"]}, "p1", {"reason": "missing-asset", "asset": "p1"}),
        ({"x": broken}, "x", {"reason": "unreadable", "asset": "x", "why": "truncated"}),
        ({"x": tmp_path}, "x", {"reason": "missing-asset", "asset": "x"}),
    ]
    for assets, name, expected in cases:
        with pytest.raises(FilmError) as caught:
            render(
                draft([photo("p0" if "p0" in assets else name, 500), photo(name, 500)]), assets, tmp_path / "film.mp4"
            )
        assert {"reason": caught.value.reason, **caught.value.params} == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken"]


@pytest.mark.slow
def test_the_process_reports_and_follows_its_parent(tmp_path: Path, photos: dict[str, Path]) -> None:
    job = tmp_path / "job.json"
    task = {
        "draft": draft([photo("p0", 1000)]),
        "assets": {"p0": str(photos["p0"])},
        "target": str(tmp_path / "film.mp4"),
    }
    job.write_text(json.dumps(task))
    command = [sys.executable, "-m", "bot.studio.film", str(job)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        lines = [json.loads(line) for line in process.stdout or ()]
        assert process.wait() == 0
    assert all(0 <= line["progress"] <= 1 for line in lines[:-1])
    assert lines[-1]["done"]["duration_ms"] == 1000

    task["draft"]["d"] = 7
    job.write_text(json.dumps(task))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"error": {"reason": "draft", "params": {"where": "d"}}}
        assert process.wait() == 1

    task["draft"] = draft([photo("p0", 60_000)], size=(1280, 720))
    job.write_text(json.dumps(task))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert "progress" in process.stdout.readline()
        process.stdin.close()
        assert process.wait() == 1, "it ends with its parent"
