"""How updates come in: on disk before they are confirmed, none lost to a bad neighbour, by polling and by webhook."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.telegram.bot import UPDATES, connected
from adapters.telegram.config import TelegramConfig
from adapters.telegram.faults import TokenRefused
from adapters.telegram.platform import Telegram
from adapters.telegram.polling import Reception, poll
from adapters.telegram.webhook import BODY_BYTES, handler, path_of, secret_of
from bot.i18n import catalog
from bot.web.server import PortTaken, WebServer
from tests.adapters.notes import Notes
from tests.platforms.telegram.running import TIMING
from tests.platforms.telegram.test_faults import platform_on, until
from tests.servers.telegram import CUT_AFTER, TOKEN, TelegramServer, flood, refuse, status
from tests.servers.telegram_updates import Room, message

CONFLICT = refuse(
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", 409
)


async def test_updates_arrive_in_order_whatever_happens_between(telegram: TelegramServer) -> None:
    telegram.on("getUpdates", flood(1), status(502), CUT_AFTER, refuse("Internal Server Error", 500))
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken):
        telegram.send(*[message(text=f"word {number}") for number in range(250)])
        await until(lambda: len(taken) >= 250)
    assert [event.text for event in taken] == [f"word {number}" for number in range(250)]


async def test_a_slow_chat_keeps_no_other_waiting_and_each_has_its_order(telegram: TelegramServer) -> None:
    slow, taken, freed = Room(8), [], asyncio.Event()

    async def take(raw: Any) -> None:
        if raw["message"]["chat"]["id"] == slow.id:
            await freed.wait()
        taken.append(raw["message"]["text"])

    telegram.send(message(slow, text="one"), message(text="a"), message(slow, text="two"), message(text="b"))
    config = TelegramConfig(token=TOKEN, api_url=telegram.url, timing=TIMING)
    async with connected(config) as api, asyncio.TaskGroup() as group:
        polling = group.create_task(poll(api, take, TIMING, Reception()))
        await until(lambda: taken == ["a", "b"])
        assert telegram.confirmed == 0, "nothing is confirmed before everything is on disk"
        freed.set()
        await until(lambda: taken == ["a", "b", "one", "two"])
        await until(lambda: telegram.confirmed)
        polling.cancel()


async def test_what_comes_with_the_news_of_another_chat_is_taken_in_order(telegram: TelegramServer) -> None:
    old, new, taken = Room(-5, "group", "Trip"), Room(-1005, "supergroup", "Trip"), []

    async def take(raw: Any) -> None:
        await asyncio.sleep(0.01 if "migrate_to_chat_id" in raw["message"] else 0)
        taken.append(raw["message"]["message_id"])

    sent = [message(old, migrate_to_chat_id=new.id), message(new, text="here"), message(text="there")]
    telegram.send(*sent)
    config = TelegramConfig(token=TOKEN, api_url=telegram.url, timing=TIMING)
    async with connected(config) as api, asyncio.TaskGroup() as group:
        polling = group.create_task(poll(api, take, TIMING, Reception()))
        await until(lambda: len(taken) == 3)
        polling.cancel()
    assert taken == [one["message_id"] for one in sent]


async def test_an_update_is_confirmed_after_it_was_accepted(telegram: TelegramServer) -> None:
    config = TelegramConfig(token=TOKEN, api_url=telegram.url, timing=TIMING)
    confirmed: list[int] = []

    async def accept(event: Any) -> None:
        await asyncio.sleep(0.05)
        confirmed.append(telegram.confirmed)

    async with Telegram.opened(config, Notes(), catalog.load()) as platform, asyncio.TaskGroup() as group:
        running = group.create_task(platform.run(accept))
        (number,) = telegram.send(message(text="hello"))
        await until(lambda: telegram.confirmed > number)
        running.cancel()
    assert confirmed[0] <= number


async def test_nonsense_is_left_out_and_its_neighbours_are_not(
    telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken):
        telegram.send(message(text="before"))
        for wild in ({"message": {"text": 1}}, {"message": 7}, {}, {"message": {"chat": {}, "date": "x"}}):
            telegram.raw({"update_id": telegram._next, **wild})
        telegram.send(message(text="after"))
        await until(lambda: len(taken) == 2)
    assert [event.text for event in taken] == ["before", "after"]
    assert "makes no sense" in caplog.text


async def test_a_second_poller_is_explained_and_outlived(
    telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.on("getUpdates", CONFLICT, CONFLICT, CONFLICT)
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken) as platform:
        await until(lambda: platform.reception.conflict)
        telegram.send(message(text="hello"))
        await until(lambda: taken)
        assert (platform.reception.conflict, platform.reception.ready) == (False, True)
    assert caplog.text.count("Only one may") == 1


async def test_a_token_that_is_revoked_ends_the_bot(telegram: TelegramServer) -> None:
    telegram.on("getUpdates", refuse("Unauthorized", 401))
    with pytest.RaisesGroup(TokenRefused, flatten_subgroups=True):
        async with platform_on(telegram):
            await asyncio.sleep(60)


async def test_an_order_survives_a_restart_and_a_bad_one_is_given_up(telegram: TelegramServer) -> None:
    notes = Notes()
    order = {"update_id": 1, "message": message(text="/doctor")}
    notes["order/000000000001/"] = json.dumps({"tries": 1, "update": order})
    notes["order/000000000002/"] = json.dumps({"tries": 3, "update": order})
    async with platform_on(telegram, notes):
        await until(lambda: not any(note.startswith("order/") for note in notes))
    assert len(telegram.texts(7)) == 1


async def test_only_what_is_understood_is_asked_for(telegram: TelegramServer) -> None:
    async with platform_on(telegram):
        await until(lambda: telegram.asked("getUpdates"))
    assert telegram.asked("getUpdates")[0].params["allowed_updates"] == list(UPDATES)
    assert telegram.asked("deleteWebhook")[0].params == {}


@asynccontextmanager
async def by_webhook(server: TelegramServer, taken: list[Any]) -> AsyncIterator[WebServer]:
    """As `bot.run.serve` composes it."""
    ready: dict[str, bool] = {"telegram": False}
    web = WebServer(host="127.0.0.1", port=0, ready=lambda: ready)
    config = TelegramConfig(token=TOKEN, api_url=server.url, timing=TIMING, webhook_url="https://bot.example/tg")
    async with platform_on(server, taken=taken, webhook_url=config.webhook_url) as platform:
        web.posts[path_of(config)] = handler(secret_of(config), platform.take)
        async with web.serving():
            await until(lambda: platform.reception.ready)
            ready["telegram"] = True
            yield web


async def test_a_webhook_takes_what_has_the_secret(telegram: TelegramServer) -> None:
    taken: list[Any] = []
    async with by_webhook(telegram, taken) as web:
        url = f"http://127.0.0.1:{web.port}/tg"
        assert telegram.webhook["url"] == "https://bot.example/tg"
        assert telegram.webhook["allowed_updates"] == list(UPDATES)
        update = {"message": message(text="hello")}
        assert await telegram.deliver(update, to=url) == 200
        assert [event.text for event in taken] == ["hello"]
        assert await telegram.deliver(update, secret="wrong", to=url) == 403
        assert await telegram.deliver(update, secret="", to=url) == 403
        assert await telegram.deliver({"message": {"date": []}}, to=url) == 200
        assert len(taken) == 1
        async with ClientSession(
            headers={"X-Telegram-Bot-Api-Secret-Token": telegram.webhook["secret_token"]}
        ) as client:
            async with client.post(url, data=b"{") as answer:
                assert answer.status == 400
            async with client.post(url, data=io.BytesIO(b" " * (BODY_BYTES + 1))) as answer:
                assert answer.status == 413
    assert telegram.asked("getUpdates") == []


async def test_health_and_readiness(telegram: TelegramServer) -> None:
    ready = {"telegram": False}
    async with WebServer(host="127.0.0.1", port=0, ready=lambda: ready).serving() as web, ClientSession() as client:
        seen = []
        for path in ("/healthz", "/readyz"):
            async with client.get(f"http://127.0.0.1:{web.port}{path}") as answer:
                seen.append(answer.status)
        ready["telegram"] = True
        async with client.get(f"http://127.0.0.1:{web.port}/readyz") as answer:
            seen.append(answer.status)
            assert await answer.json() == {"telegram": True}
        assert seen == [200, 503, 200]
        with pytest.raises(PortTaken):
            async with WebServer(host="127.0.0.1", port=web.port, ready=dict).serving():
                pass
