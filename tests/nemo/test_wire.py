"""Every documented and observed shape of a body, and what it is read as."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.core import errors
from bot.core.session import Balance, Uploaded
from bot.nemo import wire
from bot.nemo.codes import Call
from bot.nemo.envelope import REASON_CHARS, check, encode, error_text, parse, unwrap

SID = "5529798706024415232"


@pytest.mark.parametrize(
    "body",
    [
        {"code": 0, "data": {"session_id": SID}},
        {"code": "0", "message": "ok", "data": {"session_id": SID}},
        {"success": True, "data": {"session_id": SID}},
        {"session_id": SID},
        {"code": 0, "session_id": SID},
        {"code": 0, "data": {"session_id": int(SID)}},
        {"session_id": int(SID), "extra": [1]},
    ],
)
def test_a_session_in_any_envelope(body):
    body = parse(json.dumps(body))
    found = wire.session(200, body, language="en", skill="s", user_id="anon_7")
    assert (found.session_id, found.user_id, found.skill) == (SID, "anon_7", "s")


@pytest.mark.parametrize(
    "body",
    [None, [], "text", 7, {}, {"code": 0}, {"code": 0, "data": []}, {"session_id": True}, {"session_id": "a b"},
     {"session_id": "\x00"}, {"session_id": ".."}, {"session_id": 1.5}, {"session_id": "x" * 201}],
)  # fmt: skip
def test_what_has_no_session_is_a_bad_answer(body):
    with pytest.raises(errors.BadAnswer):
        wire.session(200, body, language="en", skill="s")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"message": "a"}, "a"),
        ({"msg": "a"}, "a"),
        ({"error": "a"}, "a"),
        ({"detail": "a"}, "a"),
        ({"reason": "a"}, "a"),
        ({"error": {"message": "a"}}, "a"),
        ({"detail": [{"loc": ["body"], "msg": "a"}, {"msg": "b"}]}, "a; b"),
        ({"message": "", "error": " a\x00 "}, "a"),
        ({"message": "a" * 1000}, "a" * REASON_CHARS),
        ("a", "a"),
        ({"message": 5}, ""),
        (None, ""),
    ],
)
def test_the_text_of_an_error(body, text):
    assert error_text(body) == text


def test_a_code_inside_the_error_object_counts():
    with pytest.raises(errors.NoCredits):
        check(Call.RENDER, 400, {"error": {"code": "2001", "message": "no credits"}})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-26T09:00:00Z", datetime(2026, 3, 26, 9, tzinfo=UTC).timestamp()),
        ("2026-03-26T09:00:00", datetime(2026, 3, 26, 9, tzinfo=UTC).timestamp()),
        ("2026-03-26T10:00:00+01:00", datetime(2026, 3, 26, 9, tzinfo=UTC).timestamp()),
        (1774515600, 1774515600),
        ("1774515600", 1774515600),
        (1774515600000, 1774515600),
        ("soon", None),
        (None, None),
        ([], None),
    ],
)
def test_when_a_token_expires(value, expected):
    found = wire.grant(200, {"code": 0, "data": {"token": "nmv_usr_x", "expires_at": value}})
    assert (found.token, found.expires_at, found.user_id) == ("nmv_usr_x", expected, "")


@pytest.mark.parametrize("token", [None, "", 5, "a b", "a\r\nX-Evil: 1", "ü", "x" * 5000])
def test_a_token_that_no_header_can_carry_is_refused(token):
    with pytest.raises(errors.BadAnswer):
        wire.grant(200, {"token": token})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"code": 0, "data": {"available": 60, "frozen": 40, "total": 100}}, (60, 40, 100)),
        ({"available": "60.5"}, (60.5, 0, 60.5)),
        ({"success": True, "data": {"available": 0, "frozen": 10}}, (0, 10, 10)),
    ],
)
def test_credits(body, expected):
    assert wire.balance(200, body) == Balance(available=expected[0], frozen=expected[1], total=expected[2])


@pytest.mark.parametrize("value", [None, True, "many", float("inf"), []])
def test_credits_that_are_no_number(value):
    with pytest.raises(errors.BadAnswer):
        wire.balance(200, {"available": value})


FILE = {"filename": "clip.mp4", "file_type": "video", "cdn_url": "https://x/clip.mp4", "duration": 30.5}
READ = Uploaded(name="clip.mp4", kind="video", url="https://x/clip.mp4", duration=30.5)


@pytest.mark.parametrize(
    "body",
    [
        {"code": 0, "data": {"files": [FILE], "session_state_applied": True}},
        {"code": 0, "data": [FILE]},
        {"code": 0, "data": FILE},
        {"files": FILE},
        FILE,
        {"success": True, "data": {"files": [FILE | {"fps": 30, "hash": "a"}, None, {}]}},
    ],
)
def test_an_upload_in_any_shape(body):
    assert wire.uploads(200, body) == (READ,)


def test_an_upload_refused_item_by_item():
    with pytest.raises(errors.UnsupportedMedia):
        wire.uploads(200, {"code": 0, "data": {"files": [{"filename": "a.xyz", "code": 4001, "error": "no"}]}})


@pytest.mark.parametrize(
    "body", [{}, {"files": []}, {"code": 0, "data": {"files": "x"}}, {"files": [1]}, {"files": {}}]
)
def test_an_upload_that_names_no_file(body):
    with pytest.raises(errors.BadAnswer):
        wire.uploads(200, body)


@pytest.mark.parametrize("draft", [{}, None, [], "", 0])
def test_a_draft_that_is_nothing(draft):
    assert wire.state(200, {"code": 0, "data": {"state": {"draft": draft}}}).draft is None
    assert wire.state(200, {"code": 0, "data": {"state": {}}}).draft is None


def test_a_draft_comes_back_as_it_went():
    text = (
        '{"t":[{"zz":1,"sg":[{"d":10000,"b":12345678901234567890123,"f":0.1,"s":"\\ud83d\\ude00 \\ud800"}],"tt":42}],'
        '"a":null,"A":1e-7}'
    )
    draft = wire.state(200, parse(f'{{"code":0,"data":{{"state":{{"draft":{text}}}}}}}')).draft
    assert draft is not None
    sent = encode({"draft": draft})
    assert sent == f'{{"draft":{text.replace("1e-7", "1e-07")}}}'.encode()


@pytest.mark.parametrize(
    ("media", "count"),
    [
        ([], 0),
        ([{}, {}], 2),
        ({}, 0),
        ({"a": {}, "b": {}}, 2),
        ({"videos": [1, 2], "music": [1]}, 3),
        (None, 0),
        ("x", 0),
    ],
)
def test_generated_media_is_a_list_or_an_object(media, count):
    assert wire.state(200, {"data": {}, "state": {"generated_media": media, "video_analyses": []}}).generated == count


@pytest.mark.parametrize("where", ["state", "data"])
def test_the_user_id_is_found_on_both_levels(where):
    state = {"user_id": "anon_7"} if where == "state" else {}
    data = {"state": state} | ({"user_id": "anon_7"} if where == "data" else {})
    assert wire.state(200, {"code": 0, "data": data}).user_id == "anon_7"


def test_media_of_a_state():
    infos = [FILE, "junk", {"filename": 5}]
    assert wire.state(200, {"state": {"video_infos": infos}}).media == (READ, Uploaded(name=""))


def test_a_draft_that_is_no_object_is_a_bad_answer():
    with pytest.raises(errors.BadAnswer):
        wire.state(200, {"state": {"draft": "<draft>"}})


@pytest.mark.parametrize("token", [None, "", "nmv_usr_secret", "a b"])
def test_a_claim_token_is_never_a_bearer(token):
    with pytest.raises(errors.BadAnswer):
        wire.claim_token(200, {"code": 0, "data": {"claim_token": token}})


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "9" * 5000, "\ufeff{}", "{'a':1}"])
def test_what_is_no_json(text):
    with pytest.raises(ValueError):  # noqa: PT011 - that it is a ValueError is the contract
        parse(text)


def test_numbers_that_json_cannot_say_are_none():
    assert parse("[NaN, Infinity, -Infinity, 1e999, 1.5]") == [None, None, None, None, 1.5]


def test_a_list_in_an_envelope_is_kept():
    assert unwrap(Call.UPLOAD, 200, {"code": 0, "data": [1]}) == {"code": 0, "data": [1]}
