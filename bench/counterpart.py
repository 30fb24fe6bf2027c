"""The other side of the measurements: an editing service and a chat, in a process of their own.

`python -m bench.counterpart [CHATS]` prints one line of JSON with both addresses. Each of the chats has said one thing.
"""

import asyncio
import json
import resource
import sys
from dataclasses import dataclass, field

from aiohttp import web

from tests.chaos.chat_server import ChatServer
from tests.servers.nemo import DRAFT, NemoServer, Seen
from tests.servers.nemo_script import Line, Reply, answer, beat, run, silence

TOKEN, SESSION = "bench", "1"
BEAT_SECONDS = 10.0
BEATS = 360
EVENT = (
    b'data: {"invocationId":"e-1","author":"nemo_agent","content":{"parts":[{"functionCall":{"id":"adk-1",'
    b'"name":"edit_multitrack","args":{"clip":7}}}],"role":"model"},"actions":{"stateDelta":{},"artifactDelta":{}}}\n\n'
)


@dataclass(slots=True)
class Counterpart(NemoServer):
    """Takes files and forgets them; a run sends so many events at once as the prompt asks for, or only heartbeats."""

    chat: ChatServer = field(default_factory=ChatServer)
    waiting: int = 0

    def add_session(self) -> None:
        """The project that clients with `TOKEN` may use at once."""
        self._sessions[SESSION] = {"owner": TOKEN, "video_infos": [], "draft": DRAFT}

    def _open(self, request: web.Request, seen: Seen) -> Reply:
        reply = super(Counterpart, self)._open(request, seen)
        for session in self._sessions.values():
            session["draft"] = DRAFT
        return reply

    def _run(self, request: web.Request, seen: Seen) -> Reply:
        words = seen.json["new_message"]["parts"][0]["text"].split()
        if words[0] == "events":
            count, per_write = int(words[1]), int(words[2])
            return run(self._burst(count, per_write))
        self.waiting += 1
        return run(*(step for _ in range(BEATS) for step in (beat(), silence(BEAT_SECONDS))))

    def _burst(self, count: int, per_write: int):
        async def step(line: Line) -> None:
            for _ in range(count // per_write):
                await line.send(EVENT * per_write)

        return step

    def _other(self, request: web.Request, seen: Seen) -> Reply:
        return answer({"waiting": self.waiting, "listening": self.chat.polls > 0})


async def main(chats: int) -> None:
    """Serve until killed."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    async with Counterpart() as service, service.chat as chat:
        service.add_session()
        chat.updates += [{"chat": str(number), "text": "make it a bit calmer"} for number in range(chats)]
        sys.stdout.write(json.dumps({"nemo": service.url, "chat": chat.url}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
