"""Progress as a draft: no message while a job runs, one when it ends, and edits where drafts cannot be had."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.telegram.ids import chat_ref
from tests.adapters.notes import Notes
from tests.platforms.telegram.running import TIMING
from tests.platforms.telegram.test_faults import KEY, platform_on, until
from tests.servers.telegram import TelegramServer, flood, refuse

ANA, GROUP = chat_ref(7), chat_ref(-1001)
QUICK: dict[str, Any] = {"drafts": True, "timing": replace(TIMING, draft_every=0.1)}


async def test_a_job_leaves_one_message_with_its_last_words(telegram: TelegramServer) -> None:
    notes = Notes()
    async with platform_on(telegram, notes, **QUICK) as platform:
        await platform.outbox.status(ANA, "one", key=KEY)
        await until(lambda: len(telegram.asked("sendMessageDraft")) >= 3)  # it would fade
    async with platform_on(telegram, notes, **QUICK) as platform:
        telegram.on("sendMessageDraft", flood(1))
        await platform.outbox.status(ANA, "two", key=KEY)
        await until(lambda: telegram.asked("sendMessageDraft")[-1].params["text"] == "two")
        assert telegram.texts(7) == []
        await platform.outbox.status(ANA, "done", key=KEY, done=True)
        await until(lambda: telegram.texts(7))
        count = len(telegram.asked("sendMessageDraft"))
        await platform.outbox.say(ANA, "bye", key=KEY)
        assert len(telegram.asked("sendMessageDraft")) == count
    assert telegram.texts(7) == ["done", "bye"]
    assert len({call.params["draft_id"] for call in telegram.asked("sendMessageDraft")} - {0}) == 1
    assert telegram.asked("sendMessage")[0].params["disable_notification"] is True


@pytest.mark.parametrize("fault", [refuse("Not Found", 404), refuse("Bad Request: TEXTDRAFT_PEER_INVALID")])
async def test_where_there_are_no_drafts_the_same_job_goes_on_in_a_message(telegram: TelegramServer, fault) -> None:
    async with platform_on(telegram, **QUICK) as platform:
        await platform.outbox.status(ANA, "one", key=KEY)
        await until(lambda: telegram.asked("sendMessageDraft"))
        telegram.on("sendMessageDraft", *[fault] * 50)
        await platform.outbox.status(ANA, "two", key=KEY)
        await until(lambda: telegram.texts(7) == ["two"])
        await platform.outbox.status(ANA, "three", key=KEY)
        await until(lambda: telegram.texts(7) == ["three"])
        await platform.outbox.status(ANA, "done", key=KEY, done=True)
        await until(lambda: telegram.texts(7) == ["done"])
    assert len(telegram.asked("sendMessage")) == 1


async def test_a_group_has_none(telegram: TelegramServer) -> None:
    async with platform_on(telegram, **QUICK) as platform:
        await platform.outbox.status(GROUP, "one", key=KEY)
        await until(lambda: telegram.texts(-1001) == ["one"])
    assert telegram.asked("sendMessageDraft") == []
