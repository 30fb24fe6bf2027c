"""One run of the agent: posted once, streamed until it ends, never posted again."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import TYPE_CHECKING

import httpx

from bot.core.errors import BackendDown, BadAnswer, StreamLost
from bot.core.events import Complained
from bot.nemo.codes import Call
from bot.nemo.door import Ask
from bot.nemo.envelope import refusal
from bot.nemo.frames import frames
from bot.nemo.stream import UNREADABLE, RunReader

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from bot.core.events import AgentEvent
    from bot.core.session import Session
    from bot.nemo.door import Answer, Door


@asynccontextmanager
async def converse(door: Door, session: Session, text: str) -> AsyncIterator[AsyncIterator[AgentEvent]]:
    """Post one prompt and read what the run means; see `Editor.converse`."""
    ask = Ask(
        call=Call.RUN,
        method="POST",
        path="/run_sse",
        skill=session.skill,
        json={
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": session.session_id,
            # ADK up to 1.14 drops a message without a role.
            "new_message": {"role": "user", "parts": [{"text": text}]},
        },
        headers={"Accept": "text/event-stream", "Cache-Control": "no-store"},
        quiet=door.policy.silence_limit,
        streams=True,
        fresh=True,
    )
    token = await door.token(session.skill)
    deadline = asyncio.get_running_loop().time() + door.policy.converse_limit
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout_at(deadline):
                answer = await stack.enter_async_context(door.opened(ask, token=token))
        except (StreamLost, TimeoutError, BadAnswer) as error:
            # It left and nothing usable came back: the service may have accepted it.
            source: Answer | StreamLost = StreamLost(reason=type(error).__name__)
        else:
            source = answer if _is_stream(answer) else _doubt(answer)
        yield await stack.enter_async_context(aclosing(_events(source, deadline)))


def _is_stream(answer: Answer) -> bool:
    kind = answer.response.headers.get("content-type", "text/event-stream")
    return answer.body is None and kind.partition(";")[0].strip().lower() == "text/event-stream"


def _doubt(answer: Answer) -> StreamLost:
    """Raise the refusal that the answer is, or return why nobody can tell whether it is one."""
    refused = refusal(Call.RUN, answer.status, answer.body)
    if refused is None:
        return StreamLost(reason="no event stream")
    if type(refused) is BackendDown and answer.status >= 500:
        return StreamLost(reason=f"HTTP {answer.status}")  # from a gateway, perhaps, while the service works
    raise refused


async def _events(source: Answer | StreamLost, deadline: float) -> AsyncGenerator[AgentEvent, None]:
    if isinstance(source, StreamLost):
        raise source
    reader = RunReader()
    try:
        async with aclosing(frames(source.response)) as incoming:
            while True:
                async with asyncio.timeout_at(deadline):
                    frame = await anext(incoming, None)
                if frame is None:
                    break
                events = reader.feed(source.token.blot(frame.data), frame.event)
                if not frame.whole and any(isinstance(e, Complained) and e.code == UNREADABLE for e in events):
                    raise StreamLost(reason="ended inside a frame")
                for event in events:
                    yield event
    except (httpx.RequestError, TimeoutError) as error:
        raise StreamLost(reason=type(error).__name__) from error
    for event in reader.close():
        yield event
