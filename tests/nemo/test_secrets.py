"""A canary token goes through every call and every failure, and is seen nowhere but in the service's own headers."""

from __future__ import annotations

import logging
import traceback

import pytest

from bot.core.errors import BotError
from bot.core.session import RenderState, RenderStatus
from tests.nemo.conftest import SESSION
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import answer, error_frame, plain, run, said

CANARY = "nmv_usr_CANARY-7f3a9b"


async def every_call(client, folder):
    """All calls, one after the other; gives what came back or was raised, as text."""
    file = folder / "a.jpg"
    file.write_bytes(b"x" * 100)
    done = RenderStatus(state=RenderState.COMPLETED)

    async def talk():
        async with client.converse(SESSION, "hi") as events:
            return [event async for event in events]

    calls = [
        lambda: client.open(language="en", skill=SESSION.skill),
        lambda: client.upload(SESSION, file, name="a.jpg", mime="image/jpeg", progress=lambda _: None),
        lambda: client.upload_urls(SESSION, ["https://x.example/a.jpg"]),
        talk,
        lambda: client.state(SESSION),
        lambda: client.balance(SESSION),
        lambda: client.render(SESSION, render_id="r1", draft={"t": []}),
        lambda: client.rendered(SESSION, render_id="r1"),
        lambda: client.cancel(SESSION, render_id="r1"),
        lambda: client.fetch(SESSION, render_id="r1", status=done, target=folder / "film.mp4", progress=lambda _: None),
        lambda: client.project_link(SESSION),
        lambda: client.registration_link(SESSION),
    ]
    for call in calls:
        try:
            yield repr(await call())
        except BotError as error:
            yield "".join(traceback.format_exception(error, chain=True)) + repr(error.__context__) + repr(error.params)


CALLS = ("open", "upload", "upload", "run", "state", "balance", "render", "poll", "cancel", "download", "claim")
TALE = f"your token {CANARY} is bad: Bearer {CANARY}"
BEHAVIOURS = {
    "works": None,
    "refuses and repeats the token": answer({"code": 2001, "message": TALE, "detail": TALE}, 400),
    "rejects and repeats the token": answer({"code": 1001, "error": TALE}, 401),
    "breaks and repeats the token": plain(TALE.encode(), status=500),
    "answers nonsense": plain(TALE.encode(), "application/json"),
    "redirects elsewhere": None,
    "streams the token": run(said(TALE), error_frame(TALE), said("fine")),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
async def test_the_token_is_seen_nowhere(name, connect, server, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    client = await connect(token=CANARY)
    async with NemoServer() as elsewhere:
        reply = BEHAVIOURS[name]
        if name == "redirects elsewhere":
            reply = plain(b"", status=302, headers={"Location": f"{elsewhere.url}/files/a.mp4"})
        for call in CALLS if reply else ():
            server.on(call, reply)
        texts = [text async for text in every_call(client, tmp_path)]
    logged = [record.getMessage() + repr(record.args) for record in caplog.records]
    assert len(texts) == 12
    assert logged
    for text in [*texts, *logged, repr(client), repr(vars(client)), *(seen.path for seen in server.seen)]:
        assert CANARY not in text
    for seen in server.seen:
        assert seen.headers["Authorization"] == f"Bearer {CANARY}"
        assert CANARY.encode() not in seen.body
    for seen in elsewhere.seen:
        assert CANARY not in repr(seen)


async def test_every_call_carries_the_attribution(connect, server, tmp_path):
    client = await connect()
    texts = [text async for text in every_call(client, tmp_path)]
    assert len(texts) == 12
    assert {seen.call for seen in server.seen} >= {*CALLS, "token"}
    for seen in server.seen:
        assert seen.headers["X-Skill-Source"] == "highlight-editor-photo"
        assert seen.headers["X-Skill-Version"] == "1.0.0"
        assert seen.headers["X-Skill-Platform"] == "unknown"


async def test_the_skill_of_the_session_is_the_skill_of_the_call(connect, server):
    client = await connect()
    session = await client.open(language="zh", skill="highlight-editor-hd")
    await client.state(session)
    assert [seen.headers["X-Skill-Source"] for seen in server.seen] == ["highlight-editor-hd"] * 3
    assert server.asked("open")[0].json == {"task_name": "project", "language": "zh"}


async def test_links_hold_no_token(connect):
    client = await connect(token=CANARY)
    assert await client.project_link(SESSION) == "https://web.example/workspace/claim?ct=clm_abc"
    assert await client.registration_link(SESSION) == "https://web.example/register?bind=anon_7"


async def test_an_account_without_a_known_id_registers_without_it(connect, server):
    client = await connect()
    server.on("open", answer({"session_id": "5"}))
    server.on("token", answer({"token": CANARY}))
    session = await client.open(language="en", skill=SESSION.skill)
    server.on("state", answer({"code": 0, "data": {"user_id": "anon_state", "state": {}}}), answer({"data": {}}))
    assert await client.registration_link(session) == "https://web.example/register?bind=anon_state"
    assert await client.registration_link(session) == "https://web.example/register"
