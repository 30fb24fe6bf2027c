"""Out of credits, or the plan says no: figures for everybody, links for the owners alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.core.chat import ChatKind
from bot.core.errors import BotError, DeliveryError, EditorError, NoCredits
from bot.core.media import PHOTO_SKILL
from bot.core.session import Session
from bot.core.turn import event_of

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Desk, Voice

log = logging.getLogger(__name__)

_ANONYMOUS = "anon_"


async def explain(desk: Desk, turn: Turn, voice: Voice, error: BotError) -> str:
    """The sentence about NoCredits or PlanBlocked. Registration links go to an owner in a private chat only;
    everybody else reads that the operator was told, and the operator is."""
    session = await desk.store.session(turn.chat, turn.project) or Session(session_id="", skill=PHOTO_SKILL)
    figures = await _figures(desk, voice, session) if isinstance(error, NoCredits) else ""
    inbound = await desk.store.event(event_of(turn.id))
    owner = f"{turn.chat.platform}:{inbound.sender.id}"
    way_out = await _way_out(desk, voice, session, error)
    if owner in desk.owners and inbound.chat_kind is ChatKind.PRIVATE:
        return "\n".join(part for part in (voice.text(error.key), figures, way_out) if part)
    told = await _tell_owners(
        desk, voice, "\n".join(part for part in (voice.text(error.key), figures, way_out) if part)
    )
    rest = voice.text("money.operator_told") if told else voice.text("money.ask_operator")
    return "\n".join(part for part in (voice.text(error.key), figures, rest) if part)


async def _figures(desk: Desk, voice: Voice, session: Session) -> str:
    try:
        balance = await desk.editor.balance(session)
    except EditorError:
        return ""
    return voice.text("report.credits", available=balance.available, frozen=balance.frozen, total=balance.total)


async def _way_out(desk: Desk, voice: Voice, session: Session, error: BotError) -> str:
    """A registered account is topped up or upgraded, an anonymous one is registered."""
    if session.user_id and not session.user_id.startswith(_ANONYMOUS):
        return voice.text("money.top_up") if isinstance(error, NoCredits) else ""
    try:
        link = await desk.editor.registration_link(session)
    except EditorError:
        return ""
    return voice.text("money.register", link=link)


async def _tell_owners(desk: Desk, voice: Voice, text: str) -> bool:
    """Whether some owner could be told in a private chat of theirs."""
    told = False
    for chat in await desk.store.owner_chats():
        platform = desk.platforms.get(chat.platform)
        if platform is None:
            continue
        try:
            await platform.outbox.say(chat, text, key=f"{voice.turn.id}:owner")
            told = True
        except DeliveryError:
            log.warning("could not tell an owner")
    if not told:
        log.error("the account needs its operator: %s", voice.turn.id)
    return told
