"""Tokens, sessions, credits, claim tokens: every documented code."""

import re

import pytest

from tests.studio.counterpart import ASK, SKILL, photo, signed_in, studio, texts


async def test_a_token_needs_a_client_id_and_comes_in_the_documented_shape(tmp_path):
    async with studio(tmp_path) as client:
        refused = await client.http.post("/api/auth/anonymous-token")
        assert (refused.status_code, refused.json()["code"]) == (400, 400)
        assert (
            await client.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x" * 65})
        ).status_code == 400
        data = (await client.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "c"})).json()["data"]
    assert re.fullmatch(r"nmv_usr_[\w-]{20,}", data["token"])
    assert re.fullmatch(r"anon_[0-9a-f]{16}", data["user_id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", data["expires_at"])
    assert data["credits"] == 1_000_000


async def test_a_second_token_of_the_same_client_opens_the_same_account_and_the_first_still_works(tmp_path):
    async with studio(tmp_path) as client:
        again = await signed_in(client.http, session=False)
        again.session = client.session
        assert again.user == client.user
        assert again.headers != client.headers
        assert (await again.get(again.path("state"))).status_code == 200
        assert (await client.get(client.path("state"))).status_code == 200


async def test_token_limits_by_switch(tmp_path):
    async with studio(tmp_path, "token-limits=on") as client:
        statuses = [
            (await client.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": name})).status_code
            for name in ["client-1", *(f"other-{number}" for number in range(10))]
        ]
    # The first client has its token already; ten per address include it.
    assert statuses == [429] + [200] * 9 + [429]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer nope", "Basic abc", "Bearer clm_x"])
async def test_without_a_valid_token_everything_says_1001(tmp_path, header):
    async with studio(tmp_path) as client:
        headers = dict(SKILL) if header is None else SKILL | {"Authorization": header}
        for method, path in [
            ("GET", "/api/credits/balance/simple"),
            ("POST", "/api/tasks/me/with-session/nemo_agent"),
            ("GET", client.path("state")),
            ("POST", client.path("upload-video")),
            ("POST", "/run_sse"),
            ("POST", "/api/render/proxy/lambda"),
            ("GET", "/api/render/proxy/lambda/x"),
            ("POST", "/api/render/proxy/lambda/x/cancel"),
            ("GET", "/api/render/proxy/x/download"),
            ("POST", "/api/auth/claim-token"),
        ]:
            answer = await client.http.request(method, path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, 1001), path


async def test_an_expired_token_says_1001(tmp_path):
    async with studio(tmp_path, "token-life=0", session=False) as client:
        answer = await client.get("/api/credits/balance/simple")
    assert (answer.status_code, answer.json()["code"]) == (401, 1001)


async def test_a_session_id_is_nineteen_digits_in_a_string(tmp_path):
    async with studio(tmp_path) as client:
        for path in ("me", client.user):
            data = (await client.post(f"/api/tasks/{path}/with-session/nemo_agent", {})).json()["data"]
            assert re.fullmatch(r"[1-9]\d{18}", data["session_id"])
            assert data["user_id"] == client.user
            assert data["task_id"].startswith("task_")
        assert (await client.post("/api/tasks/anon_0/with-session/nemo_agent", {})).status_code == 404


async def test_sessions_of_others_are_unknown(tmp_path):
    async with studio(tmp_path) as client:
        stranger = await signed_in(client.http, "client-2")
        mine = stranger.session
        stranger.session = client.session
        for answer in (
            await stranger.get(stranger.path("state")),
            await stranger.upload(photo()),
            await stranger.post("/run_sse", stranger.message("hi")),
            await stranger.submit({"t": [{"tt": 0, "sg": [{}]}]}),
            await stranger.post("/api/auth/claim-token", {"session_id": client.session}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, 1002)
        assert (await stranger.get(f"/api/state/nemo_agent/{client.user}/{mine}/latest")).json()["code"] == 1002
        assert (await stranger.get(f"/api/state/nemo_agent/{stranger.user}/{mine}/latest")).json()["code"] == 0


async def test_an_unknown_session_is_said_in_the_agent_frameworks_words_too(tmp_path):
    async with studio(tmp_path) as client:
        client.session = "1" * 19
        answer = await client.post("/run_sse", client.message("hi"))
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Session not found"


async def test_credits_are_charged_100_for_a_film_50_for_a_change_nothing_for_talk_and_export(tmp_path):
    async with studio(tmp_path, credits=1000) as client:
        assert await client.credits() == {"available": 1000, "frozen": 0, "total": 1000}
        draft = await client.filmed()
        assert await client.credits() == {"available": 900, "frozen": 0, "total": 900}
        await client.say("make it 3 seconds")
        assert (await client.credits())["available"] == 850
        await client.say("remove the dog")
        assert (await client.credits())["available"] == 850
        await client.submit(draft)
        await client.ended()
        assert (await client.credits())["available"] == 850


async def test_credits_are_frozen_while_the_run_is_active(tmp_path):
    async with studio(tmp_path, "stall=60", credits=1000) as client:
        await client.upload(photo())
        async with client.http.stream("POST", "/run_sse", headers=client.headers, json=client.message(ASK)):
            assert await client.credits() == {"available": 900, "frozen": 100, "total": 1000}


async def test_out_of_credits_is_2001_with_figures_and_starts_nothing(tmp_path):
    async with studio(tmp_path, credits=99) as client:
        await client.upload(photo())
        answer = await client.post("/run_sse", client.message(ASK))
        assert (answer.status_code, answer.json()["code"]) == (403, 2001)
        assert "100" in answer.json()["message"]
        assert "99" in answer.json()["message"]
        assert (await client.state())["draft"] == {}
        assert await client.credits() == {"available": 99, "frozen": 0, "total": 99}


async def test_a_failed_run_gives_its_credits_back(tmp_path):
    async with studio(tmp_path, "error-frame=escaped", credits=100) as client:
        await client.upload(photo())
        assert texts(await client.say(ASK)) == []
        assert await client.credits() == {"available": 100, "frozen": 0, "total": 100}


async def test_a_claim_token_cannot_call_the_api(tmp_path):
    async with studio(tmp_path) as client:
        data = (await client.post("/api/auth/claim-token", {"task_id": "t", "session_id": client.session})).json()[
            "data"
        ]
        assert data["claim_token"].startswith("clm_")
        assert data["expires_in"] == 604800
        client.headers["Authorization"] = f"Bearer {data['claim_token']}"
        assert (await client.get("/api/credits/balance/simple")).json()["code"] == 1001
