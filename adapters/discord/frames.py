"""What discord.py needs of a session's first event before anybody else sees it, filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from discord.gateway import DiscordWebSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


def patient(socket: DiscordWebSocket) -> Callable[[Any], Coroutine[Any, Any, None]]:
    """The socket's own reading of a frame, but for a server that does not say where a session is resumed."""

    async def received(frame: Any) -> None:  # noqa: ANN401 - bytes or text
        if isinstance(frame, bytes):
            frame = socket._decompressor.decompress(frame)  # noqa: SLF001 - its state spans all frames of a connection
        if frame is not None:
            await DiscordWebSocket.received_message(socket, begun(frame, str(socket.gateway)))

    return received


def begun(frame: str, gateway: str) -> str:
    """READY with an address for resuming, which is the one in use where none is named. Any other frame as it is."""
    if '"READY"' not in frame:
        return frame
    told = json.loads(frame)
    data = told.get("d") if isinstance(told, dict) and told.get("t") == "READY" else None
    if not isinstance(data, dict):
        return frame
    named = {name: data.get(name) or absent for name, absent in (("resume_gateway_url", gateway), ("session_id", ""))}
    return json.dumps(told | {"d": data | named})
