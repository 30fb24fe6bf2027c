"""A studio on a real socket, and a client that says little."""

import io
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx
from PIL import Image

from bot.studio.config import Config
from bot.studio.server import serving
from bot.studio.switches import Switches, set_switches

SKILL = {"X-Skill-Source": "highlight-editor-photo", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}
ASK = "turn these photos into a highlight reel"


def photo(
    name: str = "a.jpg", *, size: tuple[int, int] = (96, 64), shade: int = 40, kind: str = "JPEG"
) -> tuple[str, bytes]:
    """A small picture as (file name, bytes); other shades are other files."""
    buffer = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((shade, 90, 160), (0, 0, size[0] // 2, size[1] // 2))
    image.save(buffer, kind)
    return name, buffer.getvalue()


@dataclass(kw_only=True)
class Client:
    """One signed-in user with one session."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    user: str = ""
    session: str = ""
    seen: list[str] = field(default_factory=list)

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers=self.headers)

    async def post(self, path: str, body: object | None = None, **more: Any) -> httpx.Response:
        return await self.http.post(path, headers=self.headers, json=body, **more)

    async def upload(self, *files: tuple[str, bytes]) -> httpx.Response:
        parts = [("files", (name, content)) for name, content in files]
        return await self.http.post(self.path("upload-video"), headers=self.headers, files=parts)

    def path(self, kind: str) -> str:
        end = "/latest" if kind == "state" else ""
        return f"/api/{kind}/nemo_agent/me/{self.session}{end}"

    async def state(self) -> dict[str, Any]:
        return (await self.get(self.path("state"))).json()["data"]["state"]

    async def credits(self) -> dict[str, int]:
        return (await self.get("/api/credits/balance/simple")).json()["data"]

    def message(self, text: str, **more: Any) -> dict[str, Any]:
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": self.session}
        return body | {"new_message": {"parts": [{"text": text}]}} | more

    async def say(self, text: str, **more: Any) -> list[Any]:
        """The frames of a run, as JSON where they are JSON."""
        response = await self.post("/run_sse", self.message(text, **more))
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        return frames(response.text)

    async def filmed(self, *, photos: int = 2, text: str = "make a 2 second video without music") -> dict[str, Any]:
        """Upload, ask, and give a tiny draft to render."""
        await self.upload(*(photo(f"p{index}.jpg", shade=index) for index in range(photos)))
        await self.say(text)
        return tiny((await self.state())["draft"])

    async def submit(self, draft: dict[str, Any], name: str = "render_1") -> httpx.Response:
        body = {"id": name, "sessionId": self.session, "draft": draft, "output": {"format": "mp4", "quality": "high"}}
        return await self.post("/api/render/proxy/lambda", body)

    async def poll(self, name: str = "render_1") -> dict[str, Any]:
        return (await self.get(f"/api/render/proxy/lambda/{name}")).json()

    async def ended(self, name: str = "render_1") -> dict[str, Any]:
        """Poll until the render has ended; its statuses on the way are in `seen`."""
        while True:
            body = await self.poll(name)
            status = body.get("status") or body["data"]["status"]
            self.seen.append(status)
            if status in {"completed", "failed", "cancelled"}:
                return body
            await anyio.sleep(0.05)


def children(parent: int, module: str) -> list[int]:
    """The processes that `parent` has started and that run `module`."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        for pid in (task / "children").read_text().split():
            command = Path(f"/proc/{pid}/cmdline")
            if command.exists() and module.encode() in command.read_bytes().split(b"\0"):
                found.append(int(pid))
    return found


def tiny(draft: dict[str, Any]) -> dict[str, Any]:
    """The draft on a canvas that renders in no time."""
    return draft | {"m": draft["m"] | {"width": 128, "height": 72}}


def frames(text: str) -> list[Any]:
    """The data of each event; `None` for empty data."""
    found = []
    for block in text.split("\n\n"):
        lines = [line.removeprefix("data:").strip() for line in block.split("\n") if line.startswith("data:")]
        if lines:
            try:
                found.append(json.loads(lines[0]) if lines[0] else None)
            except ValueError:
                found.append(lines[0])
    return found


def texts(events: Iterable[Any]) -> list[str]:
    """The texts of the events that are not partial."""
    whole = [event for event in events if event and event.get("partial") is not True and "content" in event]
    return [part["text"] for event in whole for part in event["content"]["parts"] if "text" in part]


async def signed_in(http: httpx.AsyncClient, name: str = "client-1", *, session: bool = True) -> Client:
    answer = await http.post("/api/auth/anonymous-token", headers={"X-Client-Id": name.encode()})
    data = answer.json()["data"]
    client = Client(http=http, headers={"Authorization": f"Bearer {data['token']}", **SKILL}, user=data["user_id"])
    if session:
        made = await client.post("/api/tasks/me/with-session/nemo_agent", {"task_name": "project", "language": "en"})
        client.session = made.json()["data"]["session_id"]
    return client


@asynccontextmanager
async def http_to(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        yield http


@asynccontextmanager
async def studio(folder: Path, *switches: str, session: bool = True, **settings: Any) -> AsyncIterator[Client]:
    """A studio in this process on a free port of the loopback interface, and a client with a session."""
    config = Config(data_dir=folder / "studio", switches=set_switches(Switches(), list(switches)), **settings)
    async with serving(config) as url, http_to(url) as http:
        yield await signed_in(http, session=session)
