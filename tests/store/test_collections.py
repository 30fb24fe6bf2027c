"""Collections, guests, and files that their senders take out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.core.chat import ChatMoved, ChatRef, Sender
from bot.core.event.collection import OPTED_OUT, REMOVED, Collection, Look
from bot.core.session import Session
from bot.core.turn import ItemState
from bot.store.sql import SqlStore
from tests.store.making import CHAT, event, stored

TOPIC = replace(CHAT, thread_id="5")
GUEST = ChatRef(platform="test", chat_id="99")
WANTED = Collection(
    id=1,
    chat=CHAT,
    project=0,
    title="Ana & Bo",
    language="en",
    code="K7M2",
    opener="test:7",
    until=datetime(2026, 11, 22, tzinfo=UTC),
)


async def sent(store: SqlStore, number: int, who: str, chat: ChatRef = CHAT) -> None:
    await store.add_event(replace(event(number, chat=chat, media=1), sender=Sender(id=who, name=who.title())))


async def test_files_of_topics_and_guests_count_in_and_those_before_the_start_do_not(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "early")
        await sent(store, 2, "ana")  # arrived before the order was carried out
        made = await store.open_collection(WANTED, after=1)
        assert await store.open_collection(WANTED, after=1) == made
        await sent(store, 3, "bo", TOPIC)
        await sent(store, 4, "stranger", GUEST)
        await store.join(GUEST, made.id)
        await sent(store, 5, "cy", GUEST)
        assert [share.name for share in await store.shares(CHAT, made.project)] == ["Ana", "Bo", "Cy"]
        assert await store.collecting(TOPIC) == await store.collecting(GUEST) == made
        assert await store.collection_by_code("K7M2") == made
        assert await store.set_collection(made.id, open=False)
        assert not await store.set_collection(made.id, open=False)
        await sent(store, 6, "late", TOPIC)
        assert len(await store.shares(CHAT, made.project)) == 3
        assert await store.collection_by_code("K7M2") is None
        assert await store.collecting(CHAT) == replace(made, open=False)
        await store.new_project(CHAT, after=made.project)
        assert await store.collecting(CHAT) is None


async def test_a_topic_with_a_collection_of_its_own_keeps_its_files(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=1) as store:
        await store.add_event(event(2, chat=TOPIC))
        whole = await store.open_collection(WANTED, after=1)
        own = await store.open_collection(replace(WANTED, chat=TOPIC, code="B"), after=1)
        await sent(store, 3, "ana", TOPIC)
        assert len(await store.shares(TOPIC, own.project)) == 1
        assert await store.shares(CHAT, whole.project) == []


async def test_who_opts_out_is_not_kept_and_comes_back_whole(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "ana")
        await sent(store, 2, "bo")
        assert await store.opt_out(TOPIC, "test:ana") == [1]
        await sent(store, 3, "ana", TOPIC)
        assert await store.items(TOPIC, 1) == []
        assert (await store.event(event(3).event_id)).media == ()
        (one, two) = await store.shares(CHAT, 1)
        assert (one.withdrawn, one.reason, two.withdrawn) == (True, OPTED_OUT, False)
        assert await store.opt_in(CHAT, "test:ana") == 1
        await sent(store, 4, "ana")
        assert [share.withdrawn for share in await store.shares(CHAT, 1)] == [False, False, False]


async def test_a_message_is_withdrawn_by_its_sender_or_by_whoever_may(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "ana")
        assert await store.withdraw(CHAT, "test:bo", reason=REMOVED, message="1") == []
        assert await store.withdraw(CHAT, "test:bo", reason=REMOVED, message="1", anyone=True) == [1]
        assert await store.withdraw(CHAT, "test:ana", reason=REMOVED, message="1") == []


async def test_a_service_that_holds_a_withdrawn_file_is_left(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        for number, who in enumerate(("ana", "bo", "cy"), 1):
            await sent(store, number, who)
        await store.set_session(CHAT, 1, Session(session_id="1", skill="x"))
        await store.withdraw(CHAT, "test:cy", reason=REMOVED)
        for number in (1, 2, 3):  # the third was on its way when it was taken out
            await store.set_item(number, ItemState.UPLOADED)
        assert await store.without_withdrawn(CHAT, 1)
        assert not await store.session(CHAT, 1)
        states = [item.state for item in await store.items(CHAT, 1)]
        assert states == [ItemState.ARRIVED, ItemState.ARRIVED, ItemState.REFUSED]


async def test_a_persons_files_are_forgotten_and_the_receipt_is_true(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        for number, who in enumerate(("ana", "bo", "ana"), 1):
            await sent(store, number, who)
            await store.handle(event(number).event_id)
        await store.set_session(CHAT, 1, Session(session_id="1", skill="x"))
        await store.set_item(1, ItemState.UPLOADED)
        await store.set_item(2, ItemState.UPLOADED)
        await store.set_look(1, Look(digest="aa"))
        assert await store.forget_person(CHAT, "test:ana") == ([1, 3], 1)
        assert [share.name for share in await store.shares(CHAT, 1)] == ["Bo"]
        assert await store.session(CHAT, 1) is None
        assert await store.forget_person(CHAT, "test:ana") == ([], 0)


async def test_what_was_seen_and_the_order_are_kept(tmp_path: Path) -> None:
    look = Look(digest="ab", likeness=2**64 - 2, pixels=12, tall=True, taken=datetime(2026, 11, 20, 9, tzinfo=UTC))
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "ana")
        await sent(store, 2, "bo")
        await store.set_look(1, Look(error="media.truncated"))
        await store.set_look(1, look)
        await store.arrange({1: 2, 2: 1})
        await store.set_shown(CHAT, 1, frozenset({2}))
        assert [share.look for share in await store.shares(CHAT, 1)] == [look, None]
        assert [share.shown for share in await store.shares(CHAT, 1)] == [False, True]
        assert [item.id for item in await store.items(CHAT, 1)] == [2, 1]


async def test_collections_move_with_their_chat_and_are_forgotten_with_it(tmp_path: Path) -> None:
    new = ChatRef(platform="test", chat_id="-100")
    async with stored(tmp_path / "bot.sqlite", events=1) as store:
        made = await store.open_collection(WANTED, after=1)
        await store.opt_out(CHAT, "test:x")
        await store.move_chat(ChatMoved(old=CHAT, new=new))
        await sent(store, 2, "ana", new)
        await sent(store, 3, "x", new)
        assert [share.name for share in await store.shares(new, made.project)] == ["Ana"]
        assert await store.opt_out(new, "test:ana") == [1]
        assert len(await store.open_collections()) == 1
        await store.forget(new)
        assert await store.open_collections() == []
