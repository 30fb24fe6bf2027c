"""Each documented number means its error, wherever and however it is written."""

from __future__ import annotations

import pytest

from bot.core import errors
from bot.nemo.codes import Call, error_for, number
from bot.nemo.envelope import unwrap

ANYWHERE = [
    (1001, errors.Unauthorized),
    (1002, errors.SessionGone),
    (2001, errors.NoCredits),
    (4001, errors.UnsupportedMedia),
    (4002, errors.MediaTooLarge),
    (429, errors.RateLimited),
]


@pytest.mark.parametrize(("code", "expected"), ANYWHERE)
@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize("form", [int, str, float, lambda code: f" {code} "])
def test_a_code_in_the_body_outranks_the_status(code, expected, status, form):
    with pytest.raises(expected) as raised:
        unwrap(Call.STATE, status, {"code": form(code), "message": "why", "data": None})
    assert raised.value.params["code"] == code
    assert raised.value.params["reason"] == "why"


@pytest.mark.parametrize(
    ("call", "status", "expected"),
    [
        (Call.STATE, 401, errors.Unauthorized),
        (Call.UPLOAD, 413, errors.MediaTooLarge),
        (Call.UPLOAD, 415, errors.UnsupportedMedia),
        (Call.BALANCE, 429, errors.RateLimited),
        (Call.TOKEN, 400, errors.ClientIdMissing),
        (Call.STATE, 400, errors.EditorError),
        (Call.RENDER, 402, errors.PlanBlocked),
        (Call.DOWNLOAD, 402, errors.PlanBlocked),
        (Call.RUN, 402, errors.EditorError),
        (Call.RUN, 404, errors.SessionGone),
        (Call.STATE, 404, errors.SessionGone),
        (Call.UPLOAD, 404, errors.SessionGone),
        (Call.BALANCE, 404, errors.EditorError),
        (Call.RUN, 409, errors.Busy),
        (Call.RENDER, 409, errors.RenderExists),
        (Call.STATE, 409, errors.EditorError),
        (Call.RUN, 422, errors.BadAnswer),
        (Call.STATE, 302, errors.BadAnswer),
        (Call.STATE, 500, errors.BackendDown),
        (Call.STATE, 503, errors.BackendDown),
    ],
)
def test_a_status_without_a_code_is_read_on_its_call(call, status, expected):
    with pytest.raises(errors.EditorError) as raised:
        unwrap(call, status, {"detail": "no"})
    assert type(raised.value) is expected


@pytest.mark.parametrize(
    "body",
    [
        {"success": False, "error": "Duplicate render id"},
        {"code": 5000, "message": "id already exists"},
        {"code": "5000", "msg": "this id was already submitted"},
        {"detail": "Render exists"},
    ],
)
def test_a_duplicate_render_is_known_by_its_words(body):
    with pytest.raises(errors.RenderExists):
        unwrap(Call.RENDER, 400 if "detail" in body else 200, body)


def test_an_unknown_code_is_refused_with_its_number():
    with pytest.raises(errors.EditorError) as raised:
        unwrap(Call.STATE, 200, {"code": 777, "msg": "odd"})
    assert type(raised.value) is errors.EditorError
    assert raised.value.params == {"call": "state", "status": 200, "code": 777, "reason": "odd"}


@pytest.mark.parametrize("value", [None, True, "", "abc", "12a", "1" * 30, [], {}, 1.5, float("nan"), float("inf")])
def test_what_is_no_number_is_none(value):
    assert number(value) is None
    assert type(error_for(Call.STATE, status=418, code=value)) is errors.EditorError
