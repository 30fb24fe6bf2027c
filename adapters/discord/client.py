# ruff: noqa: ANN401 - the signatures of discord.py
"""discord.py's client on the addresses in use, with what it hears handed to one listener."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Protocol

import discord
from discord.webhook.async_ import async_context

from adapters.discord import lenient
from adapters.discord.door import Callbacks, Http
from adapters.discord.frames import patient

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from discord.gateway import DiscordWebSocket
    from discord.state import AutoShardedConnectionState

    from adapters.discord.addresses import Addresses

log = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0
"""Seconds that discord.py waits by itself when told to; longer ones come back as RateLimited."""

LAST_MOMENT = 5.0
"""Seconds that handlers get when the client is closed."""


class Unreadable(discord.DiscordException):
    """What the server sent is nothing that can be gone on with: the connection has to be made anew."""


class Listener(Protocol):
    """What the client tells."""

    async def on_message(self, message: discord.Message) -> None:
        """A message somewhere."""

    async def on_edit(self, message: discord.Message, at: str) -> None:
        """A message was changed, `at` a time that tells its changes apart."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A command, a context menu or a submitted modal. Buttons come through their dynamic item."""

    async def on_press(self, interaction: discord.Interaction, name: str, owner: str) -> None:
        """A button was pressed."""

    async def on_ready(self, began: datetime) -> None:
        """Connected with a new session: what was sent before it `began` was not heard."""

    async def on_reaction(self, told: discord.RawReactionActionEvent, *, put: bool) -> None:
        """Somebody put a reaction on a message, or took it away."""

    async def on_departure(self, told: discord.RawMemberRemoveEvent) -> None:
        """Somebody left a server, where the bot may know that."""

    async def on_failure(self, interaction: discord.Interaction) -> None:
        """What one of these did about an interaction failed in a way that nobody foresaw."""


class Client(discord.AutoShardedClient):
    """Remembers no messages and no members: what must be known is in the notebook."""

    http: Http

    def __init__(
        self, addresses: Addresses, listener: Listener, *, message_content: bool, members: bool = False
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = (
            False  # no advice about voice, which is not used
        )
        self._addresses = addresses
        self._listener = listener
        self._working: set[asyncio.Task[Any]] = set()
        self._lost: set[int] = set()
        self._over = False
        self._began: datetime | None = None
        """When the first session began that the listener has not been told of."""
        intents = discord.Intents(
            guilds=True,
            guild_messages=True,
            guild_reactions=True,
            dm_messages=True,
            message_content=message_content,
            members=members,
        )
        super().__init__(
            intents=intents,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_PAUSE,
        )

    def _get_state(self, **options: Any) -> AutoShardedConnectionState[Any]:
        """discord.py builds its state around its REST client here: the last moment to give it another."""
        self.http = Http(self.loop, max_ratelimit_timeout=LONGEST_PAUSE)
        self.http.addresses = self._addresses
        state = super()._get_state(**options)
        mends: dict[str, Callable[[Any], Any]] = {
            "INTERACTION_CREATE": lambda data: lenient.interaction(data, bot=self.application_id or 0),
            "MESSAGE_CREATE": lenient.message,
            "MESSAGE_UPDATE": lenient.message,
        }
        begin = state.parsers["READY"]
        for name, read in state.parsers.items():
            state.parsers[name] = lenient.guarded(name, read, mends.get(name, lambda data: data), _left_out)

        def ready(data: Any) -> None:
            self._began = self._began or discord.utils.utcnow()
            begin(lenient.ready(data))

        # Without the first event there is no session, so failing to read it may end the connection.
        state.parsers["READY"] = ready
        refer = state._update_references  # noqa: SLF001 - where discord.py shows a new socket before it reads from it

        def begun(ws: DiscordWebSocket) -> None:
            refer(ws)
            ws.received_message = patient(ws)  # type: ignore[method-assign]

        state._update_references = begun  # type: ignore[method-assign]  # noqa: SLF001
        return state

    async def login(self, token: str) -> None:
        """As discord.py does it. Raises Unreadable when the answers are of no use."""
        try:
            await super().login(token)
        except lenient.MALFORMED as error:
            raise Unreadable from error

    async def connect(self, *, reconnect: bool = True) -> None:
        """As discord.py does it; event handlers inherit the callback sender of this task's context."""
        async_context.set(Callbacks(self._addresses))
        receiving = asyncio.create_task(super().connect(reconnect=reconnect))  # noqa: TID251 - awaited below
        try:
            await asyncio.shield(receiving)
        except lenient.MALFORMED as error:
            raise Unreadable from error
        except asyncio.CancelledError:
            # A shard that is about to reconnect swallows a cancellation: only closing ends the loop for certain.
            receiving.cancel()
            await self.close()
            await asyncio.wait([receiving])
            raise

    async def drained(self) -> None:
        """Let the handlers that are at work finish, for a moment, and end the others: none may outlive the notebook."""
        self._over = True
        working = self._working - {asyncio.current_task()}
        if working:
            _, late = await asyncio.wait(working, timeout=LAST_MOMENT)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """As discord.py does it, which calls itself ready up to seconds after it was closed."""
        if not self._over:
            super().dispatch(event, *args, **kwargs)

    def _schedule_event(self, coro: Any, event_name: str, *args: Any, **kwargs: Any) -> asyncio.Task[Any]:
        """discord.py starts its handlers here, and forgets them."""
        task: asyncio.Task[Any] = super()._schedule_event(coro, event_name, *args, **kwargs)
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return task

    async def on_press(self, interaction: discord.Interaction, name: str, owner: str) -> None:
        """A button, told by its dynamic item."""
        await self._listener.on_press(interaction, name, owner)

    async def on_message(self, message: discord.Message) -> None:
        """Tell the listener."""
        await self._listener.on_message(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Tell the listener, when a person did it: a preview of a link that was found is told as an update as well."""
        if at := payload.data.get("edited_timestamp"):
            await self._listener.on_edit(payload.message, str(at))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Tell the listener."""
        if interaction.type is not discord.InteractionType.component:
            await self._listener.on_interaction(interaction)

    async def on_raw_reaction_add(self, told: discord.RawReactionActionEvent) -> None:
        """Tell the listener."""
        await self._listener.on_reaction(told, put=True)

    async def on_raw_reaction_remove(self, told: discord.RawReactionActionEvent) -> None:
        """Tell the listener."""
        await self._listener.on_reaction(told, put=False)

    async def on_raw_member_remove(self, told: discord.RawMemberRemoveEvent) -> None:
        """Tell the listener."""
        await self._listener.on_departure(told)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log it, as discord.py does; and nobody is left waiting."""
        await super().on_error(event_method, *args, **kwargs)
        if args and isinstance(args[0], discord.Interaction):
            await self._listener.on_failure(args[0])

    @property
    def receiving(self) -> bool:
        """Whether events come in, from every shard; discord.py calls itself ready also while one is away."""
        return self.is_ready() and not self._lost

    async def on_shard_disconnect(self, shard: int) -> None:
        """Nothing is heard from this one."""
        self._lost.add(shard)

    async def on_shard_connect(self, shard: int) -> None:
        """It is back, with a new session."""
        self._lost.discard(shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """It is back, with the old session."""
        self._lost.discard(shard)

    async def on_ready(self) -> None:
        """Tell the listener: up to seconds after the session began."""
        began, self._began = self._began or discord.utils.utcnow(), None
        await self._listener.on_ready(began)


def _left_out(name: str, error: Exception) -> None:
    log.warning("an event %s that cannot be read was left out: %s", name, type(error).__name__)
