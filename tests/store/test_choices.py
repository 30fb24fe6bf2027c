"""Numbers, choices and votes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.core.chat import ChatRef, Reacted, Sender
from bot.core.event.choice import Choice
from bot.core.event.collection import Look
from bot.core.event.votes import Sign
from bot.core.turn import ItemState
from bot.store.sql import SqlStore
from tests.store.making import CHAT, event, stored, turn

TOPIC = replace(CHAT, thread_id="5")
LIKE, OUT = frozenset({Sign.LIKE}), frozenset({Sign.OUT})


async def sent(store: SqlStore, number: int, who: str, chat: ChatRef = CHAT, media: int = 1) -> None:
    await store.add_event(replace(event(number, chat=chat, media=media), sender=Sender(id=who, name=who.title())))


def reacted(message: int, who: str, put: frozenset[Sign] = LIKE, taken: frozenset[Sign] = frozenset()) -> Reacted:
    return Reacted(chat=CHAT, sender=Sender(id=who), message_id=str(message), put=put, taken=taken)


async def numbers(store: SqlStore) -> list[int]:
    return [share.number for share in await store.shares(CHAT, 1)]


async def test_a_number_once_given_stays(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "ana", media=3)
        one, two, three = [share.id for share in await store.shares(CHAT, 1)]
        assert await store.number(CHAT, 1, [three, one])
        assert await numbers(store) == [2, 0, 1]
        await sent(store, 2, "bo")
        late = (await store.shares(CHAT, 1))[-1].id
        assert not await store.number(CHAT, 1, [late, two, one, three])
        assert await numbers(store) == [2, 4, 1, 3]


async def test_choices_add_up_and_each_is_made_once(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=4) as store:
        for number in range(1, 5):
            await store.handle(event(number).event_id, turn(number))
        await sent(store, 5, "ana", media=3)
        await store.number(CHAT, 1, [share.id for share in await store.shares(CHAT, 1)])

        async def choose(number: int, **choice: object) -> tuple[list[tuple[bool, int]], tuple[int, ...]]:
            unknown = await store.choose(turn(number).id, CHAT, 1, Choice(**choice))
            return [(share.dropped, share.lead) for share in await store.shares(CHAT, 1)], unknown

        dropped = [(True, 0), (True, 0), (False, 1)], (9,)
        assert await choose(1, drop=frozenset({1, 2, 9}), first=(3,)) == dropped
        flipped = [(False, 0), (True, 0), (False, 1)], ()
        assert await choose(2, flip=frozenset({1})) == flipped
        assert await choose(2, flip=frozenset({1})) == flipped  # the same turn once more
        assert await choose(3, first=(3, 1)) == ([(False, 2), (True, 0), (False, 1)], ())
        assert await choose(4, everything=True) == ([(False, 2), (False, 0), (False, 1)], ())


async def test_a_vote_counts_once_and_can_be_taken_back(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "ana")
        await sent(store, 2, "bo", TOPIC)
        for who in ("ana", "bo", "bo"):  # a platform that does not tell topics names the chat
            await store.react(reacted(2, who))
        await store.react(reacted(9, "cy"))
        assert [share.votes for share in await store.shares(CHAT, 1)] == [0]
        assert [share.votes for share in await store.shares(TOPIC, 1)] == [2]
        await store.react(reacted(2, "bo", frozenset(), LIKE))
        (item,) = [share.id for share in await store.shares(TOPIC, 1)]
        await store.vote(CHAT, "test:cy", among=[item, 77], chosen=[item, 77])
        assert [share.votes for share in await store.shares(TOPIC, 1)] == [2]
        await store.vote(CHAT, "test:cy", among=[item, 77], chosen=[])
        await store.forget_person(CHAT, "test:ana")
        assert [share.votes for share in await store.shares(TOPIC, 1)] == [0]


async def test_only_its_sender_takes_a_file_out_by_a_sign_and_back_in(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await sent(store, 1, "ana")
        (item,) = [share.id for share in await store.shares(CHAT, 1)]
        await store.set_look(item, Look(digest="x"))
        assert await store.react(reacted(1, "bo", OUT)) == ([], [])
        assert await store.react(reacted(1, "ana", OUT)) == ([item], [(CHAT, 1)])
        assert (await store.shares(CHAT, 1))[0].withdrawn
        assert await store.react(reacted(1, "ana", OUT)) == ([], [])
        assert await store.react(reacted(1, "ana", LIKE, OUT)) == ([], [(CHAT, 1)])
        (back,) = await store.shares(CHAT, 1)
        assert (back.state, back.look, back.votes) == (ItemState.ARRIVED, None, 1)
        await store.opt_out(CHAT, "test:ana")
        assert await store.react(reacted(1, "ana", OUT)) == ([], [])
        assert await store.opt_in(CHAT, "test:ana") == 1
