"""What the client does by itself about refusals, and where it stops."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import errors
from bot.core.events import Said
from bot.core.session import RenderState
from tests.nemo.conftest import QUICK, SESSION
from tests.servers.nemo_script import answer, hang_up, run, said

REJECTED = answer({"code": 1001, "message": "token expired"}, 401)
REJECTED_IN_BODY = answer({"code": "1001", "message": "token expired"})
TOO_MANY = answer({"message": "1 token per client per 7 days"}, 429)


def token(secret: str, **more: object):
    return answer({"code": 0, "data": {"token": secret, "user_id": "anon_7"} | more})


def bearers(server, call):
    return [seen.headers["Authorization"] for seen in server.asked(call)]


def client_ids(server):
    return [seen.headers.get("X-Client-Id") for seen in server.asked("token")]


async def test_a_given_token_is_used_directly(connect, server):
    await (await connect(token="given")).balance(SESSION)
    assert bearers(server, "balance") == ["Bearer given"]
    assert server.asked("token") == []


async def test_an_anonymous_token_survives_restarts(connect, server):
    for _ in range(3):
        await (await connect()).balance(SESSION)
    assert bearers(server, "balance") == ["Bearer nmv_usr_0001"] * 3
    assert len(server.asked("token")) == 1


async def test_an_expired_token_is_renewed_with_the_same_client_id(connect, server):
    server.on("token", token("old", expires_at="2020-01-01T00:00:00Z"), token("new"))
    await (await connect()).balance(SESSION)
    await (await connect()).balance(SESSION)
    assert bearers(server, "balance") == ["Bearer old", "Bearer new"]
    first, second = client_ids(server)
    assert first == second


@pytest.mark.parametrize("rejection", [REJECTED, REJECTED_IN_BODY])
async def test_a_rejected_token_is_replaced_once(rejection, connect, server):
    client = await connect()
    server.on("balance", rejection)
    assert (await client.balance(SESSION)).available == 60
    assert bearers(server, "balance") == ["Bearer nmv_usr_0001", "Bearer nmv_usr_0002"]
    first, second = client_ids(server)
    assert first == second


async def test_a_second_rejection_is_told(connect, server):
    client = await connect()
    server.on("balance", REJECTED, REJECTED)
    with pytest.raises(errors.Unauthorized):
        await client.balance(SESSION)
    assert len(server.asked("balance")) == 2


async def test_a_rejected_run_was_not_accepted_and_is_posted_with_the_new_token(connect, server):
    client = await connect()
    server.on("run", REJECTED, run(said("Ok.")))
    async with client.converse(SESSION, "hi") as events:
        assert [event async for event in events] == [Said(text="Ok.")]
    assert bearers(server, "run") == ["Bearer nmv_usr_0001", "Bearer nmv_usr_0002"]


async def test_a_rejected_upload_is_sent_again(connect, server, tmp_path):
    client = await connect()
    session = await client.open(language="en", skill=SESSION.skill)
    file = tmp_path / "a.jpg"
    file.write_bytes(b"x" * 1000)
    server.on("upload", REJECTED)
    assert (
        await client.upload(session, file, name="a.jpg", mime="image/jpeg", progress=lambda _: None)
    ).name == "a.jpg"
    first, second = server.asked("upload")
    assert first.size == second.size > 1000


async def test_a_rejected_given_token_is_never_swapped_for_an_anonymous_one(connect, server):
    client = await connect(token="given")
    server.on("balance", REJECTED)
    with pytest.raises(errors.Unauthorized):
        await client.balance(SESSION)
    assert server.asked("token") == []


async def test_many_callers_share_one_renewal(connect, server, together):
    client = await connect()
    await client.balance(SESSION)
    server.on("balance", *[REJECTED] * 8)
    found = await together([client.balance(SESSION) for _ in range(8)])
    assert [balance.available for balance in found] == [60] * 8
    assert len(server.asked("token")) == 2


async def test_a_refused_client_id_is_replaced_once_and_kept(connect, server, tmp_path):
    server.on("token", answer({"message": "X-Client-Id is missing"}, 400))
    await (await connect()).balance(SESSION)
    first, second = client_ids(server)
    assert first != second
    assert (tmp_path / "identity" / "client_id").read_text() == second


async def test_a_client_id_refused_twice_is_told(connect, server):
    server.on("token", *[answer({}, 400)] * 2)
    with pytest.raises(errors.ClientIdMissing):
        await (await connect()).balance(SESSION)
    assert len(server.asked("token")) == 2


async def test_no_token_is_asked_for_once_more_and_then_told(connect, server):
    client = await connect()
    server.on("token", TOO_MANY, TOO_MANY)
    with pytest.raises(errors.RateLimited):
        await client.balance(SESSION)
    assert len(server.asked("token")) == 2
    assert server.asked("balance") == []


async def test_callers_share_the_refusal_of_a_token(connect, server, together):
    client = await connect(policy=replace(QUICK, token_retry=0.2))
    server.on("token", *[TOO_MANY] * 20)
    refused = await together([client.balance(SESSION) for _ in range(8)])
    assert all(isinstance(error, errors.RateLimited) for error in refused)
    assert len(server.asked("token")) == 2


async def test_one_more_try_may_succeed(connect, server):
    server.on("token", TOO_MANY)
    assert (await (await connect()).balance(SESSION)).available == 60
    assert len(server.asked("token")) == 2


async def test_a_limited_service_gets_the_stored_token_and_is_not_asked_again(connect, server):
    server.on("token", token("old", expires_at="2020-01-01T00:00:00Z"), TOO_MANY)
    client = await connect()
    for _ in range(3):
        await client.balance(SESSION)
    assert bearers(server, "balance") == ["Bearer old"] * 3
    assert len(server.asked("token")) == 2


async def test_a_render_is_polled_with_the_token_that_submitted_it(connect, server):
    client = await connect()
    await client.render(SESSION, render_id="r1", draft={"t": []})
    server.on("balance", REJECTED)
    await client.balance(SESSION)
    again = await connect()
    assert (await again.rendered(SESSION, render_id="r1")).state is RenderState.COMPLETED
    await again.render(SESSION, render_id="r2", draft={"t": []})
    await again.rendered(SESSION, render_id="r2")
    await again.cancel(SESSION, render_id="r1")
    assert bearers(server, "poll") == ["Bearer nmv_usr_0001", "Bearer nmv_usr_0002"]
    assert bearers(server, "cancel") == ["Bearer nmv_usr_0001"]


async def test_a_render_whose_token_died_is_polled_with_the_new_one(connect, server):
    client = await connect()
    await client.render(SESSION, render_id="r1", draft={"t": []})
    server.on("poll", REJECTED)
    assert (await client.rendered(SESSION, render_id="r1")).state is RenderState.COMPLETED
    assert bearers(server, "poll") == ["Bearer nmv_usr_0001", "Bearer nmv_usr_0002"]


async def test_a_render_that_may_have_arrived_keeps_the_token_that_left_with_it(connect, server):
    client = await connect()
    server.on("render", hang_up())
    with pytest.raises(errors.BackendDown):
        await client.render(SESSION, render_id="r1", draft={"t": []})
    server.on("balance", REJECTED)
    await client.balance(SESSION)
    again = await connect()
    assert (await again.rendered(SESSION, render_id="r1")).state is RenderState.UNKNOWN_ID
    assert bearers(server, "poll") == ["Bearer nmv_usr_0001"]


async def test_a_render_submitted_with_a_new_token_belongs_to_it(connect, server):
    client = await connect()
    server.on("render", REJECTED)
    await client.render(SESSION, render_id="r1", draft={"t": []})
    await client.rendered(SESSION, render_id="r1")
    assert bearers(server, "poll") == ["Bearer nmv_usr_0002"]


async def test_a_render_id_used_before_is_told(client):
    await client.render(SESSION, render_id="r1", draft={"t": []})
    with pytest.raises(errors.RenderExists):
        await client.render(SESSION, render_id="r1", draft={"t": []})


async def test_a_blocked_plan_is_told_and_the_headers_were_sent(client, server):
    server.on("render", answer({"message": "Free plan export blocked"}, 402))
    with pytest.raises(errors.PlanBlocked):
        await client.render(SESSION, render_id="r1", draft={"t": []})
    (seen,) = server.asked("render")
    assert {"X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"} <= set(seen.headers)


async def test_cancelling_says_whether_it_was_done(client, server):
    server.on(
        "cancel",
        answer({"success": True, "data": {"status": "cancelled"}}),
        answer({"success": True, "data": {"status": "completed"}}),
        answer({"error": "done"}, 409),
        answer({}, 500),
    )
    assert await client.cancel(SESSION, render_id="r1") is True
    assert await client.cancel(SESSION, render_id="r1") is False
    assert await client.cancel(SESSION, render_id="r1") is False
    with pytest.raises(errors.BackendDown):
        await client.cancel(SESSION, render_id="r1")
