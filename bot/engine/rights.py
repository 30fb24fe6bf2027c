"""Whether somebody may do something in a group: asked before it is done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.core.chat import ChatKind, person_key
from bot.core.errors import Reserved
from bot.core.event.rights import Deed, may

if TYPE_CHECKING:
    from bot.core.chat import Inbound
    from bot.engine.turn import Desk

DAY = 86_400


class NotAllowed(Reserved):
    """The group's admins reserved it."""

    key = "event.may_not"


class CapReached(Reserved):
    """The group has had its films of today; `params` has the `count`."""

    key = "event.cap"


async def heed(desk: Desk, inbound: Inbound, deed: Deed, *, requester: str = "") -> None:
    """Raise NotAllowed when the sender may not, and CapReached when spending is over for today."""
    if inbound.chat_kind is ChatKind.PRIVATE:
        return
    await allow(desk, inbound, deed, requester=requester)
    rules = await desk.store.rules(inbound.chat)
    if deed is Deed.SPEND and rules.cap:
        today = time.time() // DAY * DAY
        if await desk.store.spent_since(inbound.chat, today) >= rules.cap:
            raise CapReached(count=rules.cap)


async def allow(desk: Desk, inbound: Inbound, deed: Deed, *, requester: str) -> None:
    """Raise NotAllowed when the sender may not."""
    person = person_key(inbound.chat.platform, inbound.sender)
    who = (await desk.store.rules(inbound.chat)).of(deed)
    if not may(who, person=person, requester=requester, admin=False) and not await decides(desk, inbound):
        raise NotAllowed


async def decides(desk: Desk, inbound: Inbound) -> bool:
    """Whether the sender may decide for the group: an admin of it, or who runs this bot."""
    if person_key(inbound.chat.platform, inbound.sender) in desk.owners:
        return True
    return await desk.platforms[inbound.chat.platform].decides(inbound.chat, inbound.sender.id)
