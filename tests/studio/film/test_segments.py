"""Pieces of films that are kept: found again where nothing changed, and never wrong."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.studio.film.model import parse
from bot.studio.film.render import render
from bot.studio.film.segments import Segments, key_of, key_of_sound
from bot.studio.film.timeline import divide, lay_out
from tests.codec.media import clip, smooth_photo
from tests.studio.film.making import draft, photo, words

ROOMY = 100_000_000


@pytest.fixture
def media(tmp_path: Path) -> dict[str, Path]:
    photos = {f"p{n}": smooth_photo(tmp_path / f"p{n}", (320, 240), seed=n) for n in range(4)}
    return photos | {"c": clip(tmp_path / "c.mp4", seconds=3, size=(320, 240))}


def film(*, caption: str = "Alfama", first: int = 1500, transition: str = "crossfade") -> dict[str, object]:
    shots = [
        photo("p0", first, transition="cut"),
        photo("p1", 1500, transition=transition),
        photo("p2", 1500, transition="wipe"),
        photo("p3", 5000),
    ]
    return draft(shots, size=(320, 240), texts=[words(caption, first + 300, 900, "caption")])


def made(body: object, media: dict[str, Path], target: Path, segments: Segments | None = None) -> bytes:
    told: list[float] = []
    render(body, media, target, workers=2, segments=segments, on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    return target.read_bytes()


def chunks(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def keys(body: object, media: dict[str, Path]) -> list[str]:
    parsed = parse(body)
    spans = lay_out(parsed)
    return [key_of(parsed, spans, chunk, media) for chunk in divide(spans)]


def test_a_film_of_kept_pieces_is_the_same_and_its_media_are_not_read(tmp_path: Path, media: dict[str, Path]) -> None:
    kept = Segments(folder=tmp_path / "kept", most_bytes=ROOMY)
    anew = made(film(), media, tmp_path / "a.mp4")
    assert made(film(), media, tmp_path / "b.mp4", kept) == anew
    for path in media.values():
        facts = path.stat()
        path.write_bytes(bytes(facts.st_size))
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert made(film(), media, tmp_path / "c.mp4", kept) == anew


def test_only_what_changed_is_drawn(tmp_path: Path, media: dict[str, Path]) -> None:
    kept = Segments(folder=tmp_path / "kept", most_bytes=ROOMY)
    made(film(), media, tmp_path / "a.mp4", kept)
    before = chunks(kept.folder)
    changed = film(caption="Belém")
    assert made(changed, media, tmp_path / "b.mp4", kept) == made(changed, media, tmp_path / "c.mp4")
    assert len(chunks(kept.folder).keys() - before.keys()) == 1, "the one shot that the caption lies on"


@pytest.mark.parametrize(
    ("change", "drawn"),
    [
        ({"transition": "wipe"}, 1),
        ({"caption": "Belém"}, 1),
        ({"first": 1600}, 2),  # it moves more slowly, also while it leaves; the others are the same, only later
    ],
)
def test_a_change_touches_few_pieces(media: dict[str, Path], change: dict[str, object], drawn: int) -> None:
    before, after = keys(film(), media), keys(film(**change), media)  # type: ignore[arg-type]
    assert len(before) == len(after)
    assert len(set(after) - set(before)) == drawn


def test_everything_that_is_seen_counts(media: dict[str, Path]) -> None:
    body = draft([photo("p0", 1500), {**photo("c", 1500), "m": {**photo("c", 1500)["m"], "kind": "video"}}])
    parsed = parse(body)
    spans = lay_out(parsed)
    first, second, *_ = divide(spans)
    seen = {key_of(parsed, spans, first, media), key_of(parsed, spans, second, media)}
    for shot in (
        replace(parsed.shots[1], start=500),
        replace(parsed.shots[1], asset="p2"),
        replace(parsed.shots[1], grade=(3, 0, 0)),
        replace(parsed.shots[1], focus=(100, 100, 300, 300)),
    ):
        other = replace(parsed, shots=(parsed.shots[0], shot))
        seen.add(key_of(other, lay_out(other), second, media))
    silent = replace(parsed, shots=(parsed.shots[0], replace(parsed.shots[1], sound="drop")))
    assert key_of(silent, lay_out(silent), second, media) in seen
    larger = replace(parsed, width=640)
    seen.add(key_of(larger, spans, second, media))
    os.utime(media["c"], (1, 1))
    seen.add(key_of(parsed, spans, second, media))
    assert len(seen) == 8


def test_everything_that_is_heard_counts(media: dict[str, Path]) -> None:
    clip_shot = {**photo("c", 1500), "m": {**photo("c", 1500)["m"], "kind": "video"}}
    parsed = parse(draft([photo("p0", 1500), clip_shot, photo("p1", 1500)], mood="warm"))

    def key(**changed: object) -> str:
        other = replace(parsed, **changed)  # type: ignore[arg-type]
        return key_of_sound(other, lay_out(other), media)

    first, second, third = parsed.shots
    heard = [
        key(),
        key(sound=replace(parsed.sound, seed=8)),
        key(sound=replace(parsed.sound, volume=0.5)),
        key(shots=(first, replace(second, sound="drop"), third)),
        key(shots=(first, replace(second, start=300), third)),
        key(shots=(first, second, replace(third, overlap=100))),
        key(shots=(replace(first, duration=1400), second, third)),
        key(shots=(first, second, replace(third, duration=1700))),
    ]
    assert len(set(heard)) == len(heard)
    assert key(width=640, shots=(replace(first, motion="out"), second, third)) == heard[0], "what is only seen"
    os.utime(media["c"], (1, 1))
    assert key() not in heard


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"[]\n1", b"\xff\n", None])
def test_a_damaged_piece_is_drawn_anew(tmp_path: Path, media: dict[str, Path], damage: bytes | None) -> None:
    kept = Segments(folder=tmp_path / "kept", most_bytes=ROOMY)
    anew = made(film(), media, tmp_path / "a.mp4", kept)
    whole = chunks(kept.folder)
    for name, body in whole.items():
        (kept.folder / name).write_bytes(body[:-20] if damage is None else damage)
    assert made(film(), media, tmp_path / "b.mp4", kept) == anew
    assert chunks(kept.folder) == whole


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path, media: dict[str, Path]) -> None:
    (tmp_path / "file").touch()
    kept = Segments(folder=tmp_path / "file" / "kept", most_bytes=ROOMY)
    assert made(film(), media, tmp_path / "a.mp4", kept) == made(film(), media, tmp_path / "b.mp4")


def test_the_oldest_pieces_go_first(tmp_path: Path, media: dict[str, Path]) -> None:
    kept = Segments(folder=tmp_path / "kept", most_bytes=ROOMY)
    made(film(), media, tmp_path / "a.mp4", kept)
    pieces = sorted(kept.folder.iterdir())
    for age, path in enumerate(pieces):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    used = keys(film(), media)[0]
    kept.get(used, 0)
    size = (kept.folder / f"{used}.piece").stat().st_size
    replace(kept, most_bytes=size).trim()
    assert [path.stem for path in kept.folder.iterdir()] == [used]
