"""Render bodies: flat, wrapped, and both at once."""

from __future__ import annotations

import pytest

from bot.core import errors
from bot.core.session import RenderState, RenderStatus
from bot.nemo.renders import download_url, render_status, submitted

URL = "https://static.example/render_1.mp4"
FLAT = {"taskId": "render_1", "status": "completed", "progress": 100, "output": {"url": URL, "duration": 30.5}}
WRAPPED = {"success": True, "data": {"id": "render_1", "status": "completed", "progress": 100, "outputUrl": URL}}


@pytest.mark.parametrize(
    "body",
    [
        FLAT,
        WRAPPED,
        FLAT | WRAPPED,
        {"code": 0, "data": FLAT},
        {"status": "completed", "progress": "100", "data": {"outputUrl": URL}},
        {"data": {"status": "COMPLETED", "progress": 100.0, "output": {"url": URL}}},
        {"render_id": 5, "status": "completed", "progress": 1e9, "output": URL},
        {"progress": 100, "url": URL},
    ],
)
def test_a_finished_render(body):
    assert render_status(200, body) == RenderStatus(state=RenderState.COMPLETED, progress=100, url=URL)


@pytest.mark.parametrize(
    ("body", "state", "progress"),
    [
        ({"status": "pending"}, RenderState.PENDING, None),
        ({"status": "processing", "progress": 45}, RenderState.PROCESSING, 45),
        ({"success": True, "data": {"status": "queued", "progress": "5"}}, RenderState.PROCESSING, 5),
        ({"status": "weird", "progress": float("nan"), "output": {"url": URL}}, RenderState.PROCESSING, None),
        ({"status": "processing", "progress": -3}, RenderState.PROCESSING, 0),
        ({"status": "completed"}, RenderState.COMPLETED, None),
        ({"status": "completed", "output": None, "data": None}, RenderState.COMPLETED, None),
    ],
)
def test_a_render_on_its_way(body, state, progress):
    assert render_status(200, body) == RenderStatus(state=state, progress=progress)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"status": "failed", "error": "no disk"}, "no disk"),
        ({"success": True, "data": {"status": "failed"}, "error": "no disk"}, "no disk"),
        ({"success": False, "data": {"status": "failed"}, "error": "no disk"}, "no disk"),
        ({"status": "failed"}, "failed"),
        ({"status": "cancelled"}, "cancelled"),
    ],
)
def test_a_failed_render(body, reason):
    assert render_status(200, body) == RenderStatus(state=RenderState.FAILED, reason=reason)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, None),
        (404, {"detail": "Not Found"}),
        (404, {"status": "error"}),
        (200, {"success": False, "error": "render not found"}),
        (200, {"code": 5001, "message": "Unknown id"}),
        (200, {"code": 404}),
    ],
)
def test_an_id_nobody_knows(status, body):
    assert render_status(status, body) == RenderStatus(state=RenderState.UNKNOWN_ID)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {}, errors.BadAnswer),
        (200, [], errors.BadAnswer),
        (200, {"status": 5}, errors.BadAnswer),
        (500, {"status": "completed"}, errors.BackendDown),
        (502, "", errors.BackendDown),
        (402, {}, errors.PlanBlocked),
        (200, {"code": 1001}, errors.Unauthorized),
        (200, {"success": False, "error": "quota"}, errors.EditorError),
    ],
)
def test_a_refused_poll(status, body, expected):
    with pytest.raises(errors.EditorError) as raised:
        render_status(status, body)
    assert type(raised.value) is expected


def test_a_submit_only_fails_when_it_is_refused():
    submitted(200, {"success": True, "data": {"status": "pending"}})
    submitted(202, "accepted")
    with pytest.raises(errors.PlanBlocked):
        submitted(402, {"message": "Free plan"})


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (FLAT, URL),
        (WRAPPED, URL),
        ({"url": URL}, URL),
        ({"data": {"download_url": URL}}, URL),
        ([URL], ""),
        ({"url": 5}, ""),
    ],
)
def test_the_address_in_a_download_answer(body, url):
    assert download_url(body) == url
