"""Renders: submit, poll, cancel, download, in every documented shape."""

import io
import os
import signal
import sqlite3

import anyio
import av
import pytest

from bot.studio.config import Limits
from tests.studio.counterpart import children, signed_in, studio


async def test_a_film_is_made_with_true_progress_and_can_be_fetched_both_ways(tmp_path):
    async with studio(tmp_path) as client:
        draft = await client.filmed()
        submitted = (await client.submit(draft)).json()
        assert submitted["taskId"] == submitted["data"]["id"] == "render_1"
        assert submitted["status"] == submitted["data"]["status"] == "pending"
        done = await client.ended()
        assert done["progress"] == 100
        assert done["output"]["url"] == done["data"]["outputUrl"]
        assert done["data"]["completedAt"] >= done["data"]["createdAt"]
        film = await client.http.get(done["output"]["url"])
        assert film.headers["content-type"] == "video/mp4"
        assert len(film.content) == done["output"]["size"]
        assert (await client.get("/api/render/proxy/render_1/download")).content == film.content
        part = await client.http.get(done["output"]["url"], headers={"Range": "bytes=0-9"})
        assert (part.status_code, part.content) == (206, film.content[:10])
    assert [*dict.fromkeys(client.seen)] in (["pending", "processing", "completed"], ["processing", "completed"])
    with av.open(io.BytesIO(film.content)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (128, 72)
        assert container.duration == pytest.approx(2_000_000, abs=100_000)


@pytest.mark.parametrize(
    ("shape", "keys"),
    [
        ("flat", {"taskId", "status", "progress"}),
        ("wrapped", {"success", "data"}),
        ("both", {"taskId", "status", "progress", "success", "data"}),
    ],
)
async def test_the_body_has_the_shape_of_the_switch(tmp_path, shape, keys):
    async with studio(tmp_path, f"render-body={shape}", "fail-renders=1") as client:
        draft = await client.filmed()
        assert set((await client.submit(draft)).json()) - {"secondsLeft"} == keys
        assert set(await client.ended()) - {"error"} == keys


async def test_an_id_is_taken_once_per_user_and_the_first_job_goes_on(tmp_path):
    async with studio(tmp_path) as client:
        draft = await client.filmed()
        await client.submit(draft)
        again = await client.submit(draft)
        assert (again.status_code, again.json()["code"]) == (409, 409)
        assert "render_1" in again.json()["message"]
        other = await signed_in(client.http, "client-2")
        assert (await other.poll())["code"] == 404
        assert (await other.get("/api/render/proxy/render_1/download")).status_code == 404
        assert (await other.post("/api/render/proxy/lambda/render_1/cancel")).status_code == 404
        assert (await other.submit(await other.filmed())).status_code == 200
        assert (await client.ended())["status"] == "completed"
        assert (await other.ended())["status"] == "completed"


@pytest.mark.parametrize("missing", ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"])
async def test_without_an_attribution_header_the_export_is_blocked_with_402(tmp_path, missing):
    async with studio(tmp_path) as client:
        draft = await client.filmed()
        del client.headers[missing]
        answer = await client.submit(draft)
        assert (answer.status_code, answer.json()["code"]) == (402, 402)
        assert missing in answer.json()["message"]
        assert (await client.poll())["code"] == 404


async def test_the_header_check_can_be_switched_off(tmp_path):
    async with studio(tmp_path, "skill-headers=off") as client:
        draft = await client.filmed()
        del client.headers["X-Skill-Source"]
        assert (await client.submit(draft)).status_code == 200


async def test_cancel_stops_a_running_and_a_waiting_job_and_leaves_an_ended_one(tmp_path):
    async with studio(tmp_path, limits=Limits(jobs_at_once=1)) as client:
        draft = await client.filmed(text="make a 10 second video without music")
        await client.submit(draft | {"m": draft["m"] | {"width": 1920, "height": 1080}}, "long")
        await client.submit(draft, "waiting")
        while (await client.poll("long"))["status"] != "processing":
            await anyio.sleep(0.02)
        for name in ("waiting", "long"):
            answer = await client.post(f"/api/render/proxy/lambda/{name}/cancel")
            assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
        short = await client.filmed(text="make it 2 seconds")
        await client.submit(short, "next")
        assert (await client.ended("next"))["status"] == "completed"
        assert (await client.post("/api/render/proxy/lambda/next/cancel")).json()["status"] == "completed"
        assert (await client.poll("long"))["status"] == "cancelled"
        gone = await client.get("/api/render/proxy/long/download")
        assert (gone.status_code, gone.json()["code"]) == (409, 409)
        assert len([*(tmp_path / "studio" / "films").iterdir()]) == 1
        assert [*(tmp_path / "studio" / "jobs").iterdir()] == []


async def test_sessions_take_turns_and_a_full_queue_is_told(tmp_path):
    """Three films of one chat are in line before the one of another, which is the second to be made all the same."""
    async with studio(tmp_path, limits=Limits(jobs_at_once=0, renders_per_session=3)) as many:
        draft = await many.filmed()
        for number in range(3):
            assert (await many.submit(draft, f"many-{number}")).status_code == 200
        refused = await many.submit(draft, "many-3")
        assert (refused.status_code, refused.json()["code"]) == (429, 429)
        assert "3 films of this project are waiting" in refused.json()["message"]
        assert (await many.poll("many-3"))["code"] == 404
        few = await signed_in(many.http, "client-2")
        assert (await few.submit(await few.filmed(), "few")).status_code == 200
        waits = [(await many.poll(f"many-{number}"))["secondsLeft"] for number in range(3)]
        assert waits == sorted(waits)
        assert (await few.poll("few"))["secondsLeft"] == (await few.poll("few"))["data"]["secondsLeft"] <= waits[1]
    ended = []
    async with studio(tmp_path, limits=Limits(jobs_at_once=1), session=False) as again:
        owners = {"few": few, **{f"many-{number}": many for number in range(3)}}
        while len(ended) < 4:
            for name, owner in owners.items():
                body = (await again.http.get(f"/api/render/proxy/lambda/{name}", headers=owner.headers)).json()
                if body["status"] == "completed" and name not in ended:
                    assert "secondsLeft" not in body
                    ended.append(name)
            await anyio.sleep(0.02)
    assert ended.index("few") <= 1
    with sqlite3.connect(tmp_path / "studio" / "studio.db") as database:
        timed = database.execute("SELECT work, seconds FROM renders WHERE seconds > 0").fetchall()
    database.close()
    assert len(timed) == 4, "what films took alone is kept, to learn from"


async def test_a_short_film_is_made_beside_a_long_one(tmp_path):
    async with studio(tmp_path) as client:
        draft = await client.filmed(text="make a 60 second video without music")
        await client.submit(draft | {"m": draft["m"] | {"width": 1920, "height": 1080}}, "long")
        while (await client.poll("long"))["status"] != "processing":
            await anyio.sleep(0.02)
        short = await signed_in(client.http, "client-2")
        await short.submit(await short.filmed(), "short")
        assert (await short.ended("short"))["status"] == "completed"
        body = await client.poll("long")
        assert body["status"] == "processing"
        assert body["secondsLeft"] > 0
        await client.post("/api/render/proxy/lambda/long/cancel")


async def test_a_render_that_fails_says_why(tmp_path):
    async with studio(tmp_path, "fail-renders=1") as client:
        draft = await client.filmed()
        await client.submit(draft)
        failed = await client.ended()
        assert failed["status"] == failed["data"]["status"] == "failed"
        assert failed["error"] == failed["data"]["error"] == "The renderer was told to fail."
        await client.submit(draft, "render_2")
        assert (await client.ended("render_2"))["status"] == "completed"


async def test_a_draft_that_names_what_is_not_there_fails_in_words(tmp_path):
    async with studio(tmp_path) as client:
        draft = await client.filmed()
        draft["t"][0]["sg"][0]["m"]["asset"] = "../../../../etc/passwd"
        await client.submit(draft)
        failed = await client.ended()
        assert failed["status"] == "failed"
        assert "missing-asset" in failed["error"]


async def test_an_asset_of_another_session_is_not_there(tmp_path):
    async with studio(tmp_path) as client:
        draft = await client.filmed()
        other = await signed_in(client.http, "client-2")
        assert (await other.submit(draft)).status_code == 200
        assert "missing-asset" in (await other.ended())["error"]


async def test_a_renderer_that_dies_is_started_again_and_given_up_after_the_allowed_attempts(tmp_path):
    async with studio(tmp_path, limits=Limits(job_attempts=2)) as client:
        draft = await client.filmed(text="make a 20 second video without music")
        draft["m"] |= {"width": 1920, "height": 1080}
        await client.submit(draft)
        killed = set()
        while (body := await client.poll())["status"] != "failed":
            for pid in set(children(os.getpid(), "bot.studio.film")) - killed:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
            await anyio.sleep(0.02)
    assert body["error"] == "The renderer failed 2 times."
    assert len(killed) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": ""},
        {"id": "a/b"},
        {"id": "x" * 200},
        {"sessionId": None},
        {"draft": None},
        {"draft": {}},
        {"draft": '"{"'},
        {"draft": {"t": [{"sg": []}]}},
        {"output": "mp4"},
        {"output": {"format": "mov"}},
    ],
)
async def test_a_body_that_cannot_be_rendered_is_422(tmp_path, change):
    async with studio(tmp_path) as client:
        body = {"id": "r", "sessionId": client.session, "draft": {"t": [{"tt": 0, "sg": [{"d": 1}]}]}}
        answer = await client.post("/api/render/proxy/lambda", body | change)
    assert (answer.status_code, answer.json()["code"]) == (422, 422)


@pytest.mark.parametrize(
    "path",
    ["/files/films/nope.mp4", "/files/uploads/nope", "/files/uploads/..%2f..%2fstudio.db", "/files/films/..%2fx.mp4"],
)
async def test_nothing_outside_its_folder_is_served(tmp_path, path):
    async with studio(tmp_path) as client:
        answer = await client.http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, 404)
