"""What the index says of a recording beside what a full decode of it shows."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import av
import pytest

from bot.codec.errors import Unreadable
from bot.codec.probe import probe
from bot.studio.media.formats import Seen
from bot.studio.media.prober import look_here
from bot.studio.recording import tables
from bot.studio.recording.boxes import Box
from bot.studio.recording.demux import read_packets
from bot.studio.recording.measure import measure, recorded
from bot.studio.recording.model import LONG
from bot.studio.recording.moov import read_tables
from bot.studio.recording.tables import Unsuitable
from tests.codec.media import turned_clip
from tests.studio.recording.making import decoded_keys, film
from tests.studio.test_hostile_media import HARM

CLOSED: dict[str, dict[str, Any]] = {
    "h264.mp4": {},
    "h264.mkv": {},
    "without-b-pictures.mov": {"options": {"bf": "0"}},
    "h264.avi": {"options": {"bf": "0"}},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=15:open-gop=0"}},
    "hevc.mkv": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=15:open-gop=0"}},
    "vp9.webm": {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}},
    "vp9.mp4": {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}},
    "av1.mp4": {"codec": "libsvtav1", "options": {"preset": "11"}},
    "mpeg4.avi": {"codec": "mpeg4"},
    "mpeg4.mp4": {"codec": "mpeg4"},
    "fragmented.mp4": {"muxer": {"movflags": "frag_keyframe+empty_moov"}},
    "without-edits.mp4": {"muxer": {"use_editlist": "0"}},
    "negative-offsets.mp4": {"muxer": {"movflags": "negative_cts_offsets"}},
    "odd.mp4": {"size": (66, 50)},
}
OPEN: dict[str, dict[str, Any]] = {
    "h264.mp4": {"options": {"x264-params": "open-gop=1:bframes=3:scenecut=0:keyint=15:min-keyint=15"}},
    "h264.mkv": {"options": {"x264-params": "open-gop=1:bframes=3:scenecut=0:keyint=15:min-keyint=15"}},
    "mpeg4.mp4": {"codec": "mpeg4", "options": {"bf": "2"}},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=15:bframes=3:b-adapt=0"}},
}


def uneven() -> Iterator[int]:
    at = 0
    for number in count():
        yield at
        at += (3, 10, 17, 40)[number % 4]


@pytest.mark.parametrize("name", CLOSED)
def test_keys_are_where_a_full_decode_finds_them(name: str, tmp_path: Path) -> None:
    path = film(tmp_path / name, seconds=5, sounds=0, **CLOSED[name])
    found = measure(path)
    assert list(found.keys) == decoded_keys(path)
    assert len(found.keys) >= 2
    assert abs(found.duration - 5_000) <= 200
    assert found.broken == ()
    assert found.track is None
    assert found.signals.loud == ()


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_pictures_at_uneven_times(suffix: str, tmp_path: Path) -> None:
    path = film(tmp_path / f"uneven.{suffix}", seconds=5, sounds=0, stamps=uneven())
    assert list(measure(path).keys) == decoded_keys(path)


@pytest.mark.parametrize("name", OPEN)
def test_keys_of_open_groups_are_none(name: str, tmp_path: Path) -> None:
    path = film(tmp_path / name, seconds=5, sounds=0, **OPEN[name])
    shown = decoded_keys(path)
    keys = measure(path).keys
    assert keys[0] == 0
    assert len(keys) < len(shown) >= 3
    assert set(keys) <= set(shown)


def test_a_turned_film(tmp_path: Path) -> None:
    path = turned_clip(tmp_path / "phone.mp4", 90)
    assert list(measure(path).keys) == decoded_keys(path)


def test_of_several_sound_tracks_the_usual_one_is_heard(tmp_path: Path) -> None:
    path = film(tmp_path / "three.mp4", seconds=3, sounds=3)
    found = measure(path)
    assert found.track == 0
    assert len(found.signals.loud) == len(found.signals.speech) == len(found.signals.motion) == 6


def elst(path: Path, *, start: int, lasts: int | None = None) -> None:
    """Let the film begin `start` units of its track later, as a phone does whose user cut the beginning off."""
    data = bytearray(path.read_bytes())
    at = data.index(b"elst") + 12
    before, begins = struct.unpack(">Ii", data[at : at + 8])
    data[at : at + 8] = struct.pack(">Ii", before if lasts is None else lasts, begins + start)
    path.write_bytes(data)


@pytest.mark.parametrize("start", [10, 20, 33])
def test_edits_that_cut_off_the_beginning(start: int, tmp_path: Path) -> None:
    path = film(tmp_path / "cut.mp4", seconds=6, sounds=0, muxer={"video_track_timescale": "100"})
    elst(path, start=start * 10)
    with av.open(path) as container:
        stream = container.streams.video[0]
        shown = [(frame.time, frame.key_frame) for frame in container.decode(stream)]
    first = shown[0][0]
    wanted = [round(1000 * (time - first)) for time, key in shown if key]
    found = measure(path)
    assert [key for key in found.keys if key > 0] == [key for key in wanted if key > 0]


def test_damaged_stretches_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    path = film(tmp_path / "damaged.mp4", seconds=20, sounds=1)
    data = bytearray(path.read_bytes())
    start, stop = int(0.4 * len(data)), int(0.5 * len(data))
    data[start:stop] = bytes(stop - start)
    path.write_bytes(data)
    found = measure(path)
    assert found.broken
    assert all(5_000 < start < stop < 14_000 for start, stop in found.broken)
    assert not [key for key in found.keys if any(start <= key < stop for start, stop in found.broken)]
    assert found.keys[0] == 0
    assert found.keys[-1] > 15_000


def test_what_shows_nothing_is_noticed_where_it_might_be_chosen(tmp_path: Path) -> None:
    path = film(tmp_path / "dark.mp4", seconds=64, sounds=0, blank=range(20, 50))
    found = measure(path)
    assert found.blank
    assert all(19_000 <= start < stop <= 51_500 for start, stop in found.blank)
    assert found.broken == ()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def stbl(**parts: bytes) -> Box:
    data = b"".join(box(kind.encode(), content) for kind, content in parts.items())
    return Box(data=data, kind=b"stbl", start=0, stop=len(data))


def test_tables_that_claim_too_much() -> None:
    most = 0xFFFFFFFF
    with pytest.raises(Unsuitable):
        tables.sizes(stbl(stsz=struct.pack(">III", 0, 1, most)), 10_000)
    assert tables.sizes(stbl(stsz=struct.pack(">IIIII", 0, 0, most, 7, 8)), 10_000).tolist() == [7, 8]
    times = tables.decoded_at(stbl(stts=struct.pack(">IIIIII", 0, most, most, most, 3, 5)), 4)
    assert times.size == 4
    assert tables.decoded_at(stbl(stts=b""), 3).tolist() == [0, 0, 0]
    assert tables.shown_after(stbl(ctts=struct.pack(">IIIi", 0, 1, 2, -5)), 3).tolist() == [-5, -5, -5]
    marked = tables.keys(stbl(stss=struct.pack(">IIIII", 0, 3, 0, 2, most)), 3)
    assert marked.tolist() == [False, True, False]
    lengths = tables.sizes(stbl(stsz=struct.pack(">IIIIII", 0, 0, 3, 10, 20, 30)), 1000)
    whole = {"stsc": struct.pack(">IIIII", 0, 1, 1, most, 1), "stco": struct.pack(">III", 0, 1, 100)}
    assert tables.offsets(stbl(**whole), lengths, 1000).tolist() == [100, 110, 130]
    assert tables.offsets(stbl(**whole), lengths, 150).tolist() == [100, 110, -1]
    backwards = {"stsc": struct.pack(">8I", 0, 2, 5, 1, 1, 2, 1, 1), "stco": struct.pack(">8I", 0, 6, *range(6))}
    with pytest.raises(Unsuitable):
        tables.offsets(stbl(**backwards), lengths, 1000)


def test_boxes_end_where_they_must() -> None:
    data = box(b"free", b"abc") + struct.pack(">I4s", 4, b"stco") + box(b"moov", b"")
    assert [one.kind for one in Box(data=data, kind=b"", start=0, stop=len(data))] == [b"free"]
    long = struct.pack(">I4sQ", 1, b"wide", 2**63)
    assert list(Box(data=long, kind=b"", start=0, stop=len(long))) == []


def test_tables_and_packets_tell_the_same(tmp_path: Path) -> None:
    path = film(tmp_path / "both.mp4", seconds=6)
    with av.open(path) as container:
        picture = container.streams.video[0]
        quick = read_tables(path, picture=picture.id, sound=None, codec="h264", prefix=4)
        slow = read_packets(container, picture, None, None, 4)
    assert quick.duration == slow.duration
    assert quick.anew.tolist() == slow.anew.tolist()
    assert quick.pictures.sizes.tolist() == slow.pictures.sizes.tolist()
    assert quick.pictures.times == pytest.approx(slow.pictures.times, abs=1e-6)


def test_tampered_tables_are_used_or_refused(tmp_path: Path) -> None:
    path = film(tmp_path / "tampered.mp4", seconds=6)
    good = path.read_bytes()
    begin, rng, refused = good.index(b"moov") - 4, random.Random(7), 0
    for _ in range(60):
        data = bytearray(good)
        for _ in range(rng.choice((1, 3, 9))):
            at = rng.randrange(begin, len(data) - 4)
            data[at : at + 4] = rng.choice(
                (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x00", rng.randbytes(4))
            )
        path.write_bytes(data)
        try:
            found = read_tables(path, picture=1, sound=2, codec="h264", prefix=4)
        except Unsuitable:
            refused += 1
        else:
            assert found.pictures.offsets.max() < len(data)
            assert found.pictures.times.size == found.anew.size <= 60
    assert 0 < refused < 60


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_tampered_recordings_are_measured_or_refused(suffix: str, tmp_path: Path) -> None:
    path = film(tmp_path / f"tampered.{suffix}", seconds=4)
    good, rng, measured = path.read_bytes(), random.Random(3), 0
    for number in range(30):
        data = bytearray(good)
        HARM[number % len(HARM)](data, rng)
        path.write_bytes(data)
        try:
            found = measure(path, longest=LONG)
        except Unreadable:
            continue
        measured += 1
        assert 0 <= found.duration <= LONG
        assert list(found.keys) == sorted(set(found.keys))
        assert all(0 <= start < stop <= found.duration for start, stop in found.broken)
    assert 5 < measured < 30


def test_a_recording_is_never_longer_than_its_container_says(tmp_path: Path) -> None:
    path = film(tmp_path / "lying.mp4", seconds=4, sounds=0)
    assert measure(path, longest=2_500).duration == 2_500
    assert max(measure(path, longest=2_500).keys) < 2_500


def test_a_recording_whose_length_nobody_says_is_measured(tmp_path: Path) -> None:
    path = film(tmp_path / "live.mkv", seconds=62, sounds=0, muxer={"live": "1"})
    assert probe(path).duration_ms == 0
    seen = look_here(path, 30.0)
    assert isinstance(seen, Seen)
    assert seen.recording is not None
    assert seen.duration_ms == seen.recording.duration == pytest.approx(62_000, abs=100)


def test_what_is_short_is_not_measured(tmp_path: Path) -> None:
    path = film(tmp_path / "short.mp4", seconds=2, sounds=0)
    assert recorded(path, 2_000) is None
    assert recorded(path, 0) is None
    path.write_bytes(b"no film at all")
    assert recorded(path, LONG - 1) is None, "nothing is read"
    with pytest.raises(Unreadable):
        recorded(path, LONG)
