"""The editor as the engine knows it, spoken over the service's wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import quote, urlencode

from bot.nemo import download, renders, run, wire
from bot.nemo.codes import Call
from bot.nemo.door import Answer, Ask, Door
from bot.nemo.multipart import file_part

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path
    from types import TracebackType

    from bot.core.events import AgentEvent
    from bot.core.media import Skill
    from bot.core.policy import Policy
    from bot.core.session import Balance, Draft, ProjectState, RenderStatus, Session, Uploaded
    from bot.nemo.tokens import Identity

ANONYMOUS = "anon_"
"""How the ids of accounts begin that nobody has registered."""

_OUTPUT = {"format": "mp4", "quality": "high"}


class NemoClient:
    """`engine.ports.Editor` over HTTP. Use it as an async context manager: it owns its connections.

    `web_url` is where people look at projects and register. Besides EditorError only OSError leaves it, when this
    machine's own disk fails.
    """

    def __init__(
        self,
        base_url: str,
        *,
        policy: Policy,
        skills: Mapping[str, Skill],
        identity: Identity,
        platform: str,
        web_url: str,
        name: Literal["nemo", "studio"],
    ) -> None:
        self.skills = skills
        self.name: str = name
        self._policy = policy
        self._identity = identity
        self._web = web_url.rstrip("/")
        self._door = Door(base_url, policy=policy, skills=skills, identity=identity, platform=platform)

    async def __aenter__(self) -> Self:
        await self._door.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._door.__aexit__(kind, error, trace)

    # ---- projects ---------------------------------------------------------------------------------------------------

    async def open(self, *, language: str, skill: str) -> Session:
        """Create a project."""
        body = {"task_name": "project", "language": language}
        answer = await self._ask(Call.OPEN, "POST", "/api/tasks/me/with-session/nemo_agent", skill, json=body)
        return wire.session(answer.status, answer.body, language=language, skill=skill, user_id=answer.token.user_id)

    async def upload(
        self, session: Session, file: Path, *, name: str, mime: str, progress: Callable[[int], None]
    ) -> Uploaded:
        """Send one file, streamed; a bad token costs a second sending."""
        part = await file_part(file, name=name, mime=mime)
        ask = Ask(
            call=Call.UPLOAD,
            method="POST",
            path=self._upload_path(session),
            skill=session.skill,
            body=lambda: part.chunks(progress),
            headers=part.headers,
            quiet=self._policy.upload_timeout,
        )
        answer = await self._door.ask(ask)
        return wire.uploads(answer.status, answer.body)[0]

    async def upload_urls(self, session: Session, urls: Sequence[str]) -> tuple[Uploaded, ...]:
        """Let the service fetch files by itself. The addresses are shown to it: never pass a secret one."""
        body = {"urls": list(urls), "source_type": "url"}
        answer = await self._ask(Call.UPLOAD, "POST", self._upload_path(session), session.skill, json=body)
        return wire.uploads(answer.status, answer.body)

    def converse(self, session: Session, text: str) -> AbstractAsyncContextManager[AsyncIterator[AgentEvent]]:
        """Post one prompt and stream what the run means until it ends."""
        return run.converse(self._door, session, text)

    async def state(self, session: Session) -> ProjectState:
        """The draft and media as they are now."""
        path = f"/api/state/nemo_agent/me/{_part(session.session_id)}/latest"
        answer = await self._ask(Call.STATE, "GET", path, session.skill)
        return wire.state(answer.status, answer.body)

    async def balance(self, session: Session) -> Balance:
        """The account's credits."""
        answer = await self._ask(Call.BALANCE, "GET", "/api/credits/balance/simple", session.skill)
        return wire.balance(answer.status, answer.body)

    # ---- renders ----------------------------------------------------------------------------------------------------

    async def render(self, session: Session, *, render_id: str, draft: Draft) -> None:
        """Submit a render under an id of ours; the token that submits it is remembered before it leaves."""
        token = await self._identity.token_of(render_id)
        if token is None:
            token = await self._door.token(session.skill)
            await self._identity.bind(render_id, token)
        body = {"id": render_id, "sessionId": session.session_id, "draft": draft, "output": _OUTPUT}
        ask = Ask(call=Call.RENDER, method="POST", path="/api/render/proxy/lambda", skill=session.skill, json=body)
        answer = await self._door.ask(ask, token=token)
        renders.submitted(answer.status, answer.body)
        await self._identity.bind(render_id, answer.token)

    async def rendered(self, session: Session, *, render_id: str) -> RenderStatus:
        """Where a render is."""
        answer = await self._of_render(session, Call.POLL, "GET", render_id)
        return renders.render_status(answer.status, answer.body)

    async def cancel(self, session: Session, *, render_id: str) -> bool:
        """Ask for a render to be dropped. False when the service would not, as it may when the film is finished."""
        answer = await self._of_render(session, Call.CANCEL, "POST", render_id, "/cancel")
        return renders.dropped(answer.status, answer.body)

    async def fetch(
        self, session: Session, *, render_id: str, status: RenderStatus, target: Path, progress: Callable[[int], None]
    ) -> None:
        """Stream the finished film to `target`."""
        await download.fetch(
            self._door,
            render_id=render_id,
            skill=session.skill,
            token=await self._identity.token_of(render_id),
            url=status.url,
            target=target,
            progress=progress,
        )

    # ---- links ------------------------------------------------------------------------------------------------------

    async def project_link(self, session: Session) -> str:
        """An address that opens the project in a browser. It holds a claim token, which cannot call the service."""
        body = {"task_id": session.task_id, "session_id": session.session_id}
        answer = await self._ask(Call.CLAIM, "POST", "/api/auth/claim-token", session.skill, json=body)
        claim = wire.claim_token(answer.status, answer.body)
        return f"{self._web}/workspace/claim?{urlencode({'ct': claim})}"

    async def registration_link(self, session: Session) -> str:
        """Where to make the account one's own; for an anonymous one, with its id to keep credits and projects."""
        user_id = session.user_id or (await self.state(session)).user_id
        bind = f"?{urlencode({'bind': user_id})}" if user_id.startswith(ANONYMOUS) else ""
        return f"{self._web}/register{bind}"

    # ---- inside -----------------------------------------------------------------------------------------------------

    async def _ask(self, call: Call, method: str, path: str, skill: str, *, json: object = None) -> Answer:
        return await self._door.ask(Ask(call=call, method=method, path=path, skill=skill, json=json))

    async def _of_render(self, session: Session, call: Call, method: str, render_id: str, rest: str = "") -> Answer:
        path = f"/api/render/proxy/lambda/{_part(render_id)}{rest}"
        token = await self._identity.token_of(render_id)
        return await self._door.ask(Ask(call=call, method=method, path=path, skill=session.skill), token=token)

    @staticmethod
    def _upload_path(session: Session) -> str:
        return f"/api/upload-video/nemo_agent/me/{_part(session.session_id)}"


def _part(text: str) -> str:
    return quote(text, safe="")
