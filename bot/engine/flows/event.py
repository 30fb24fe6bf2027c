"""The commands around an event: answered at once, beside the lane."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING

from bot.core.chat import ChatKind, person_key
from bot.core.event.collection import CLOCK, OPTED_OUT, REMOVED, Collection
from bot.core.event.orders import Ask, Order, join_code, read
from bot.core.event.pace import Pace
from bot.core.event.rights import Deed, Who, changed
from bot.core.turn import event_of
from bot.engine.card import judged, outcome, people, refresh, tally, title_of
from bot.engine.choosing import answer
from bot.engine.looking import picture_of
from bot.engine.rights import NotAllowed, decides, heed
from bot.engine.sheet import show_sheet
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.chat import Inbound
    from bot.core.turn import Turn
    from bot.engine.turn import Voice

_WHO = {Who.EVERYONE: "event.everyone", Who.REQUESTER: "event.requester", Who.ADMINS: "event.admins"}

_ALWAYS = frozenset({Ask.OPT_OUT, Ask.OPT_IN, Ask.REMOVE, Ask.LEFT, Ask.LEAVE})
"""What is one's own is never refused."""
_CLOSING = "closing"
"""Marks the turn that closes a collection: entered again, it finds it closed by itself."""
_PRESSES = 6
"""A press on a file's button only changes a line: so many of them are let through for one order in words."""
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is mistaken for something else."""
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Event:
    """One answer, or none where silence says enough."""

    desk: Desk
    _pace: Pace = field(init=False)
    _presses: Pace = field(init=False)

    def __post_init__(self) -> None:
        policy = self.desk.policy
        member, chat = policy.event_asks_member, policy.event_asks_chat
        object.__setattr__(self, "_pace", Pace(member=member, chat=chat))
        object.__setattr__(self, "_presses", Pace(member=_PRESSES * member, chat=_PRESSES * chat))

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat."""
        inbound = await self.desk.store.event(event_of(turn.id))
        order = _order(inbound)
        person = _person(inbound)
        pace = self._presses if order.ask is Ask.FLIP else self._pace
        if not (order.ask in _ALWAYS or inbound.event_id.startswith(CLOCK)) and not pace.lets(
            asyncio.get_running_loop().time(), member=person, chat=turn.chat.key
        ):
            return Step.DONE  # whoever asks for more than anybody can read gets silence
        if order.ask is Ask.START:
            await heed(self.desk, inbound, Deed.START)
            await self._start(turn, voice, inbound, order)
        elif order.ask is Ask.JOIN:
            await self._join(turn, voice, order.code)
        elif order.ask is Ask.OPT_OUT:
            await self._opt_out(turn, voice, inbound)
        elif order.ask is Ask.OPT_IN:
            count = await self.desk.store.opt_in(turn.chat, _person(inbound))
            await voice.confide("event.opted_in", count=count)
            await self._refresh(turn)
        elif order.ask is Ask.REMOVE:
            await self._remove(turn, voice, inbound)
        elif order.ask is Ask.LEFT:
            await self.desk.store.withdraw(turn.chat, _person(inbound), reason=REMOVED)
            await self._refresh(turn)
        elif order.ask is Ask.RULES:
            await self._rule(turn, voice, inbound, order.words)
        elif order.ask is Ask.LEAVE:
            await self.desk.store.leave(turn.chat)
            await voice.say("event.gone")
        elif order.ask is Ask.HOW:
            await voice.say("event.how")
        else:
            await self._about(turn, voice, order)
        return Step.DONE

    async def _rule(self, turn: Turn, voice: Voice, inbound: Inbound, words: str) -> None:
        """Only who decides for the group chooses for it."""
        if not await decides(self.desk, inbound):
            raise NotAllowed
        rules = await self.desk.store.rules(turn.chat)
        if (chosen := changed(rules, words)) is None:
            await voice.say("event.how")
            return
        await self.desk.store.set_rules(turn.chat, chosen)
        who = {deed: voice.text(_WHO[chosen.of(deed)]) for deed in Deed}
        cap = str(chosen.cap) if chosen.cap else "∞"
        await voice.say("event.rules", start=who[Deed.START], spend=who[Deed.SPEND], stop=who[Deed.STOP], cap=cap)

    async def _about(self, turn: Turn, voice: Voice, order: Order) -> None:
        """What needs a collection to speak of."""
        collection = await self.desk.store.collecting(turn.chat)
        if collection is None:
            await voice.say("event.none")
        elif order.ask is Ask.CLOSE:
            await self._close(turn, collection)
        elif order.ask in {Ask.SHEET, Ask.CHOOSE, Ask.FLIP}:
            await answer(self.desk, turn, voice, collection, order)
        elif order.ask in {Ask.NAMES, Ask.NO_NAMES}:
            names = order.ask is Ask.NAMES
            await self.desk.store.set_collection(collection.id, names=names)
            await voice.say("event.names" if names else "event.no_names")
        elif order.ask is Ask.KEEP:
            await self.desk.store.hear(collection.id)
            await voice.say("event.kept")
        else:
            found = await judged(self.desk, collection)
            words = outcome(found, voice.text) if await self._filmed(turn, collection) else tally(found, voice.text)
            head = voice.text("event.who", title=title_of(collection, voice.text), tally=words)
            await voice.say_text("\n".join(filter(None, (head, people(found, voice.text)))), key="who")

    async def _close(self, turn: Turn, collection: Collection) -> None:
        """The last words of the card, and the sheet. A date that comes after somebody's word changes nothing."""
        store, closed = self.desk.store, replace(collection, open=False)
        if collection.open:
            await store.mark(turn.id, _CLOSING)
        elif turn.id.startswith(CLOCK) and _CLOSING not in await store.marks(turn.id):
            return
        if await store.set_collection(collection.id, open=False):
            await refresh(self.desk, closed)
        await show_sheet(self.desk, turn, closed, "event.closed")

    async def _filmed(self, turn: Turn, collection: Collection) -> bool:
        return bool(await self.desk.store.film_turns(collection.chat, collection.project))

    async def _start(self, turn: Turn, voice: Voice, inbound: Inbound, order: Order) -> None:
        store = self.desk.store
        known = await store.collecting(turn.chat)
        marks = await store.marks(turn.id)
        if known is not None and known.open and known.chat == turn.chat and known.code != marks.get("code"):
            await voice.say("event.already", title=title_of(known, voice.text))
            return
        if "code" not in marks:  # drawn once, so that entering again begins nothing new
            marks["code"] = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
            await store.mark(turn.id, "code", marks["code"])
        wanted = Collection(
            id=turn.sequence,
            chat=turn.chat,
            project=turn.project,
            title=order.title,
            language=turn.language,
            code=marks["code"],
            opener=_person(inbound),
            until=order.until,
        )
        collection = await store.open_collection(wanted, after=turn.project)
        await voice.say_text(self._notice(voice, collection, inbound), key="started")
        await refresh(self.desk, collection)

    def _notice(self, voice: Voice, collection: Collection, inbound: Inbound) -> str:
        """Who may see what, before anything is collected."""
        backend = voice.text("event.cloud" if self.desk.editor.name == "nemo" else "event.studio")
        lines = [voice.text("event.started", title=title_of(collection, voice.text), backend=backend)]
        if collection.until is not None:
            when = f"{collection.until.astimezone(UTC):%Y-%m-%d %H:%M}"
            lines.append(voice.text("event.until", when=when))
        if inbound.chat_kind is ChatKind.GROUP:
            link = voice.outbox.invitation(collection.code)
            lines.append(
                voice.text("event.guests_link", link=link) if link else voice.text("event.guests", code=collection.code)
            )
        return "\n".join(lines)

    async def _join(self, turn: Turn, voice: Voice, code: str) -> None:
        collection = await self.desk.store.collection_by_code(code) if code else None
        if collection is None:
            await voice.say("event.no_code")
            return
        await self.desk.store.join(turn.chat, collection.id)
        await voice.say("event.joined", title=title_of(collection, voice.text))

    async def _opt_out(self, turn: Turn, voice: Voice, inbound: Inbound) -> None:
        items = await self.desk.store.opt_out(turn.chat, _person(inbound))
        self._erase_pictures(items)
        await voice.confide(OPTED_OUT, count=len(items))
        await self._refresh(turn)

    async def _remove(self, turn: Turn, voice: Voice, inbound: Inbound) -> None:
        items: list[int] = []
        if inbound.reply_to:
            items = await self.desk.store.withdraw(
                turn.chat, _person(inbound), reason=REMOVED, message=inbound.reply_to
            )
        self._erase_pictures(items)
        await (voice.confide(REMOVED, count=len(items)) if items else voice.confide("event.not_yours"))
        await self._refresh(turn)

    def _erase_pictures(self, items: list[int]) -> None:
        for item in items:
            picture_of(self.desk, item).unlink(missing_ok=True)

    async def _refresh(self, turn: Turn) -> None:
        collection = await self.desk.store.collecting(turn.chat)
        if collection is not None and collection.open:
            await refresh(self.desk, collection)


def _order(inbound: Inbound) -> Order:
    if inbound.command == "start":
        return Order(ask=Ask.JOIN, code=join_code(inbound.text))
    return read(inbound.command, inbound.text, inbound.at)


def _person(inbound: Inbound) -> str:
    return person_key(inbound.chat.platform, inbound.sender)
