"""Connections: whom they serve, how long they wait, and what they refuse to swallow."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.core import errors
from bot.core.events import Said
from bot.nemo import door
from bot.nemo.door import is_local
from bot.nemo.envelope import encode
from bot.nemo.vault import write_private
from tests.nemo.conftest import QUICK, SESSION
from tests.servers.nemo_script import answer, hang, hang_up, plain, raw, run, said, silence


@pytest.mark.parametrize("url", ["", "service.example", "ftp://service.example", "http://", "http://a:b:c"])
async def test_an_address_that_is_none_is_refused(url, connect):
    with pytest.raises(ValueError, match="service's address"):
        await connect(url=url or "/")


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("10.0.0.1", False), ("localhost.example", False)],
)
def test_what_is_this_machine(host, local):
    assert is_local(host) is local


async def test_no_proxy_stands_between_us_and_our_own_child(connect, monkeypatch, unused_tcp_port):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{unused_tcp_port}")
    assert (await (await connect(token="given")).balance(SESSION)).available == 60


async def test_a_proxy_serves_what_is_elsewhere(connect, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    client = await connect(token="given", url="http://service.example")
    assert (await client.balance(SESSION)).available == 60


async def test_an_answer_without_end_is_refused(client, server, monkeypatch):
    monkeypatch.setattr(door, "ANSWER_BYTES", 100_000)
    server.on("balance", run(raw(*[b"x" * 10_000] * 50), hang(), content_type="application/json"))
    with pytest.raises(errors.BadAnswer):
        await client.balance(SESSION)


@pytest.mark.parametrize(
    "reply",
    [
        hang_up(),
        run(hang(), content_type="application/json"),
        run(*[step for _ in range(40) for step in (raw(b" "), silence(0.05))], content_type="application/json"),
        plain(b"<html>", "text/html", 503),
    ],
    ids=["hangs up", "says nothing", "trickles", "unavailable"],
)
@pytest.mark.parametrize("call", ["token", "balance"])
async def test_a_service_in_trouble_is_down(call, reply, connect, server):
    client = await connect(policy=replace(QUICK, answer_timeout=0.3))
    server.on(call, reply)
    with pytest.raises(errors.BackendDown):
        await client.balance(SESSION)


async def test_many_runs_at_once_do_not_wait_for_each_other(client, server):
    count = 150  # more than a client keeps by default
    server.on("run", *[run(said("Here."), hang())] * count)
    async with AsyncExitStack() as stack, asyncio.timeout(30):
        for _ in range(count):
            events = await stack.enter_async_context(client.converse(SESSION, "hi"))
            assert await anext(events) == Said(text="Here.")
        assert (await client.balance(SESSION)).available == 60


async def test_ids_cannot_leave_their_place_in_a_path(client, server):
    strange = replace(SESSION, session_id="../x?y#z%")
    server.on("state", answer({"code": 0, "data": {}}))
    await client.state(strange)
    assert server.seen[0].path == "/api/state/nemo_agent/me/..%2Fx%3Fy%23z%25/latest"


def test_what_no_json_can_say_is_not_sent():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (float("nan"), float("inf"), deep):
        with pytest.raises(errors.BadAnswer):
            encode(value)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "file"
    write_private(target, "old")
    with pytest.raises(UnicodeEncodeError):
        write_private(target, "\udcff")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
