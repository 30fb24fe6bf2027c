"""Discord's gateway on a real WebSocket: HELLO, IDENTIFY, RESUME with replay, zlib-stream, and its ways to hang up."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.servers.discord_objects import APPLICATION, BOT_USER

MEMBERS, MESSAGE_CONTENT = 1 << 1, 1 << 15
BAD_TOKEN, BAD_INTENTS = 4004, 4014


@dataclass
class Connection:
    """One socket."""

    socket: web.WebSocketResponse
    zlib_stream: bool
    _deflate: Any = field(default_factory=zlib.compressobj)

    async def send(self, payload: Any) -> None:
        text = json.dumps(payload)
        if self.zlib_stream:
            data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            half = len(data) // 2  # a message may come in pieces
            await self.socket.send_bytes(data[:half])
            await self.socket.send_bytes(data[half:])
        else:
            await self.socket.send_str(text)


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a gateway of another make does otherwise."""

    compresses: bool = True
    hello_after: float = 0.0
    """Seconds."""
    beat: float = 41.25
    """Seconds between two heartbeats."""
    acknowledges_after: float = 0.0
    """Seconds until a heartbeat is answered."""
    names_resume: bool = True
    """Whether READY says where to resume."""
    guilds: list[Any] | None = field(default_factory=lambda: ["unavailable"])
    """What READY says of guilds: those that come later as unavailable, nothing at all, or no such field."""
    sends_guilds: bool = True
    ids_as_numbers: bool = False


@dataclass
class Session:
    """What can be resumed."""

    id: str
    intents: int
    events: list[dict[str, Any]] = field(default_factory=list)
    connection: Connection | None = None


@dataclass
class Gateway:
    """The sessions of one bot."""

    token: str
    guilds: Callable[[], list[dict[str, Any]]]
    content_granted: bool = True
    members_granted: bool = True
    identifies: int = 0
    resumes: int = 0
    refused: list[int] = field(default_factory=list)
    session: Session | None = None
    """Of the first shard."""
    others: dict[int, Session] = field(default_factory=dict)
    """Of the other shards, by their number."""
    shards: int = 1
    """How many are recommended."""
    shard: int = 0
    """The one that gets what happens now."""
    url: str = ""
    habits: Habits = field(default_factory=Habits)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(socket, self.habits.compresses and request.query.get("compress") == "zlib-stream")
        await asyncio.sleep(self.habits.hello_after)
        beat = round(self.habits.beat * 1000)
        await connection.send({"op": 10, "d": {"heartbeat_interval": beat}, "s": None, "t": None})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            payload = json.loads(frame.data)
            if payload["op"] == 1:
                await asyncio.sleep(self.habits.acknowledges_after)
                await connection.send({"op": 11, "d": None, "s": None, "t": None})
            elif payload["op"] == 2:
                await self._identify(connection, payload["d"])
            elif payload["op"] == 6:
                await self._resume(connection, payload["d"])
        for session in self._sessions():
            if session.connection is connection:
                session.connection = None
        return socket

    async def dispatch(self, name: str, data: dict[str, Any]) -> None:
        """An event: sent now, or when the session is resumed; lost when there is no session."""
        session = self.others.get(self.shard) if self.shard else self.session
        if session is None:
            return
        event = {"op": 0, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(event)
        if session.connection:
            await self._try(session.connection, event)

    async def frame(self, payload: Any) -> None:
        """Anything at all, outside of the session's count."""
        if self.session and self.session.connection:
            await self._try(self.session.connection, payload)

    async def hang_up(self, code: int = 4000) -> None:
        """Close the sockets; the sessions live on."""
        for session in self._sessions():
            if session.connection:
                connection, session.connection = session.connection, None
                await connection.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Op 7."""
        if self.session and self.session.connection:
            await self._try(self.session.connection, {"op": 7, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Op 9."""
        if self.session and self.session.connection:
            connection = self.session.connection
            if not resumable:
                self.session = None
            await self._try(connection, {"op": 9, "d": resumable, "s": None, "t": None})

    async def connected(self) -> None:
        """Wait until there is a session with a socket."""
        async with asyncio.timeout(80):
            while not (self.session and self.session.connection):
                await asyncio.sleep(0.01)

    async def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        self.identifies += 1
        if data["token"] != self.token:
            self.refused.append(BAD_TOKEN)
            await connection.socket.close(code=BAD_TOKEN)
            return
        members = data["intents"] & MEMBERS and not self.members_granted
        if members or (data["intents"] & MESSAGE_CONTENT and not self.content_granted):
            self.refused.append(BAD_INTENTS)
            await connection.socket.close(code=BAD_INTENTS)
            return
        session = Session(f"s{self.identifies}", data["intents"], connection=connection)
        shard = data.get("shard", [0, 1])[0]
        before, self.shard = self.shard, shard
        if shard:
            self.others[shard] = session
        else:
            self.session = session
        guilds = [] if shard else self.guilds()
        await self.dispatch("READY", self._ready(session, guilds, data))
        for guild in guilds if self.habits.sends_guilds else ():
            await self.dispatch("GUILD_CREATE", guild)
        self.shard = before

    def _ready(self, session: Session, guilds: list[dict[str, Any]], data: dict[str, Any]) -> dict[str, Any]:
        ready: dict[str, Any] = {"v": 10, "user": BOT_USER, "session_id": session.id}
        if not self.habits.ids_as_numbers:
            ready |= {"shard": data.get("shard", [0, 1]), "application": {"id": APPLICATION, "flags": 0}}
        else:
            ready["user"] = BOT_USER | {"id": int(BOT_USER["id"])}
        if self.habits.guilds:
            ready["guilds"] = [{"id": guild["id"], "unavailable": True} for guild in guilds]
        elif self.habits.guilds is not None:
            ready["guilds"] = []
        return ready | ({"resume_gateway_url": self.url} if self.habits.names_resume else {})

    async def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        session = next((one for one in self._sessions() if one.id == data["session_id"]), None)
        if session is None or data["token"] != self.token:
            await connection.send({"op": 9, "d": False, "s": None, "t": None})
            return
        self.resumes += 1
        session.connection = connection
        for event in session.events[data["seq"] or 0 :]:
            await self._try(connection, event)
        await self._try(connection, {"op": 0, "t": "RESUMED", "s": len(session.events), "d": {}})

    def _sessions(self) -> list[Session]:
        return [*([self.session] if self.session else []), *self.others.values()]

    @staticmethod
    async def _try(connection: Connection, payload: Any) -> None:
        try:
            await connection.send(payload)
        except ConnectionError:
            return  # it hung up: the session keeps the event
