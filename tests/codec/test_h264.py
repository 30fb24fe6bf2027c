"""Parameter sets and coded pictures, byte by byte."""

from __future__ import annotations

from fractions import Fraction

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.codec import h264
from bot.codec.encode import joining_encoder, video_encoder

TAGGED = (1, 1, 1, 1)


def encoded(number: int, frames: int = 4, size: tuple[int, int] = (64, 48)) -> tuple[bytes, list[bytes]]:
    context = joining_encoder(*size, 30, number=number, colours=TAGGED, depth=2)
    packets = []
    for count in range(frames):
        frame = av.VideoFrame(*size, "yuv420p")
        frame.pts, frame.time_base = count, Fraction(1, 30)
        packets += context.encode(frame)
    packets += context.encode(None)
    return context.extradata or b"", [bytes(packet) for packet in packets]


@pytest.mark.parametrize("number", [0, 1, 7, 31])
def test_a_record_is_read_and_written(number: int) -> None:
    record, pictures = encoded(number)
    found = h264.read(record)
    assert found.sequence_ids == found.picture_ids == {number}
    assert h264.read(h264.write([found])) == found
    assert h264.write([found])[1:4] == record[1:4]
    assert [h264.begins_anew(one, found) for one in pictures] == [True, False, False, False]


def test_sets_of_several_streams_stand_in_one_record_if_no_number_is_given_twice() -> None:
    first, second, third = (
        h264.read(encoded(number, 1, size)[0]) for number, size in ((0, (64, 48)), (1, (64, 48)), (0, (80, 48)))
    )
    assert first.apart(second)
    assert not first.apart(third)
    both = h264.read(h264.write([first, second, first]))
    assert both.sequences == first.sequences + second.sequences
    assert h264.free_id([first, second]) == 2
    assert h264.free_id([]) == 0
    many = [h264.Parameters(sequences=(bytes([0x67, 100, 0, number]),), pictures=()) for number in range(32)]
    with pytest.raises(h264.Unusual):
        h264.write(many)


def test_a_stream_that_is_not_plain_is_refused() -> None:
    record, _ = encoded(0, 1)
    with pytest.raises(h264.Unusual, match="packaging"):
        h264.read(video_encoder(64, 48, 30).extradata or b"")  # start codes, as in a transport stream
    for at, value, reason in ((0, 0, "packaging"), (4, 0xFD, "packaging"), (9, 110, "profile"), (9, 66, "profile")):
        changed = bytearray(record)
        changed[at] = value
        if reason == "profile":
            changed[10] = 0
        with pytest.raises(h264.Unusual, match=reason):
            h264.read(bytes(changed))


@given(st.binary(max_size=80), st.integers(0, 40))
@settings(max_examples=60)
def test_no_bytes_do_more_than_be_refused(noise: bytes, at: int) -> None:
    record = bytearray(encoded_once())
    record[at : at + len(noise)] = noise
    try:
        found = h264.read(bytes(record))
        h264.read(h264.write([found]))
    except h264.Unusual:
        pass
    h264.begins_anew(noise, h264.read(encoded_once()))


_KEPT: list[bytes] = []


def encoded_once() -> bytes:
    if not _KEPT:
        _KEPT.append(encoded(0, 1)[0])
    return _KEPT[0]


def test_what_was_overwritten_or_cut_off_is_not_whole() -> None:
    record, (picture, *_) = encoded(0)
    found = h264.read(record)
    assert h264.begins_anew(picture, found) is True
    assert h264.begins_anew(picture[:-3], found) is None
    assert h264.begins_anew(picture[:40] + bytes(20) + picture[60:], found) is None
    assert h264.begins_anew(bytes(len(picture)), found) is None
    other = h264.read(encoded(3)[0])
    strange = b"".join(len(one).to_bytes(4, "big") + one for one in other.sequences) + picture
    assert h264.begins_anew(strange, found) is None, "parameter sets that would stay in force"
    again = b"".join(len(one).to_bytes(4, "big") + one for one in found.sequences) + picture
    assert h264.begins_anew(again, found) is True
