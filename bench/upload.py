"""One file of 200 MB to the service: our client beside httpx, in the ways that it is used, and curl.

`python -m bench.upload (ours|stream|hashed|files) URL FILE` sends it once and prints what it cost.
"""

import asyncio
import hashlib
import json
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import IO

import httpx

from bench.beside import PROJECT, client, counterpart, memory_of, progress, spread
from bench.counterpart import SESSION, TOKEN
from bench.measure import Cost, run
from bot.nemo.multipart import CHUNK, FilePart, file_part

SIZE = 200_000_000
PATH = f"/api/upload-video/nemo_agent/me/{SESSION}"


@contextmanager
def measured() -> Iterator[None]:
    """Print what the block costs."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    sys.stdout.write(json.dumps({"wall": wall, "cpu": cpu, "memory": memory_of("self", "VmHWM")}))


async def ours(url: str, file: Path) -> None:
    """As the bot does it."""
    async with client(url, file.parent) as service:
        with measured():
            await service.upload(PROJECT, file, name="clip.mp4", mime="video/mp4", progress=lambda sent: None)


async def stream(url: str, file: Path, *, hashed: bool = False) -> None:
    """The same multipart body by httpx alone, read in a thread in pieces as large as ours; with its SHA-256 or without.

    The framing is ours, so that the bytes are the same.
    """
    digest = hashlib.sha256()

    def piece(source: IO[bytes]) -> bytes:
        found = source.read(CHUNK)
        if hashed:
            digest.update(found)
        return found

    async def body(part: FilePart) -> AsyncIterator[bytes]:
        yield part.head
        with file.open("rb") as source:
            while found := await asyncio.to_thread(piece, source):
                yield found
        yield part.tail

    async with httpx.AsyncClient(timeout=600, trust_env=False) as service:
        with measured():
            part = await file_part(file, name="clip.mp4", mime="video/mp4")
            headers = part.headers | {"Authorization": f"Bearer {TOKEN}"}
            (await service.post(url + PATH, content=body(part), headers=headers)).raise_for_status()


async def files(url: str, file: Path) -> None:
    """As httpx does it by itself: the file is read on the event loop."""
    async with httpx.AsyncClient(timeout=600, trust_env=False) as service:
        with measured(), file.open("rb") as source:
            answer = await service.post(
                url + PATH,
                files={"files": ("clip.mp4", source, "video/mp4")},
                headers={"Authorization": f"Bearer {TOKEN}"},
            )
            answer.raise_for_status()


KINDS = {
    "ours": ("**this client**", ours),
    "stream": ("httpx, the same body from the same file", stream),
    "hashed": ("the same with a SHA-256 of what is sent", partial(stream, hashed=True)),
    "files": ("httpx, `files=`", files),
}


def section(rounds: int, cache: Path) -> str:
    """Measure in turns; Markdown."""
    file = cache / "clip.bin"
    if not file.exists() or file.stat().st_size != SIZE:
        with file.open("wb") as target:
            target.truncate(SIZE)
    costs: dict[str, list[Cost]] = {kind: [] for kind in (*KINDS, *(["curl"] if shutil.which("curl") else []))}
    with counterpart() as urls:
        for number in range(rounds):
            for kind, found in costs.items():
                found.append(_once(kind, urls["nemo"], file, cache))
                progress(f"upload, round {number + 1}: {kind}: {SIZE / 1e6 / found[-1].wall:.0f} MB/s")
    rows = "\n".join(_row(kind, found, costs["ours"]) for kind, found in costs.items())
    return f"""### Upload

One file of {SIZE // 1_000_000} MB over loopback to a server on the same cores that reads and forgets it. The Python
clients are counted from the moment when they are open, curl whole. The bot makes no digest of what it sends: where one
is needed, it is made when the file is checked.

| client | MB/s | CPU s | peak memory MB | wall, ours = 1 |
| --- | --- | --- | --- | --- |
{rows}
"""


def _once(kind: str, url: str, file: Path, cache: Path) -> Cost:
    if kind == "curl":
        command = ["curl", "-sSf", "-o", str(cache / "answer"), "-H", f"Authorization: Bearer {TOKEN}"]
        cost = run([*command, "-F", f"files=@{file};filename=clip.mp4;type=video/mp4", url + PATH], cache)[0]
        return Cost(wall=cost.wall, cpu=cost.cpu, memory=0)  # the system counts in what forked it
    return Cost(**json.loads(run([sys.executable, "-m", "bench.upload", kind, url, str(file)], cache)[1]))


def _row(kind: str, costs: list[Cost], ours: list[Cost]) -> str:
    rates = [SIZE / 1e6 / cost.wall for cost in costs]
    ratio = median(cost.wall / mine.wall for cost, mine in zip(costs, ours, strict=True))
    cpu = median(cost.cpu for cost in costs)
    memory = median(cost.memory for cost in costs)
    name = KINDS[kind][0] if kind in KINDS else "curl -F"
    return f"| {name} | {spread(rates)} | {cpu:.2f} | {f'{memory:.0f}' if memory else ''} | {ratio:.2f} |"


def main(kind: str, url: str, file: Path) -> None:
    """Send once."""
    asyncio.run(KINDS[kind][1](url, file))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
