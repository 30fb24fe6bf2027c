"""Event streams: how fast one is read, and what an idle one costs. Ours beside httpx with httpx-sse and nothing else.

`python -m bench.streams (events|idle) (ours|bare) URL COUNT PER_WRITE` prints events a second, or kB a stream.
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median

import httpx
import httpx_sse

from bench.beside import PROJECT, client, counterpart, progress, resident, spread
from bench.counterpart import SESSION, TOKEN
from bench.measure import run

EVENTS, IDLE = 20_000, 500
PER_WRITE = (50, 1)


@asynccontextmanager
async def ours(url: str, text: str) -> AsyncIterator[AsyncIterator[object]]:
    """As the bot reads a run: bounded frames, their meaning, secrets blotted out."""
    async with _client(url) as service, service.converse(PROJECT, text) as events:
        yield events


@asynccontextmanager
async def bare(url: str, text: str) -> AsyncIterator[AsyncIterator[object]]:
    """The library alone: frames as text, with time limits like ours."""
    body = {"session_id": SESSION, "new_message": {"role": "user", "parts": [{"text": text}]}}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(timeout=600, trust_env=False) as service:  # noqa: SIM117
        async with httpx_sse.aconnect_sse(service, "POST", url + "/run_sse", json=body, headers=headers) as source:
            yield source.aiter_sse()


async def events(kind: str, url: str, count: int, per_write: int) -> float:
    """Events a second of one stream."""
    opened = (ours if kind == "ours" else bare)(url, f"events {count} {per_write}")
    async with opened as stream:
        began = time.perf_counter()
        seen = 0
        async for _ in stream:
            seen += 1
    assert seen == count, seen
    return seen / (time.perf_counter() - began)


async def idle(kind: str, url: str, count: int, _: int) -> float:
    """kB of memory for each stream that waits."""
    async with AsyncExitStack() as stack:
        hold = await _holder(kind, url, stack)
        await hold()
        before = resident()
        for _ in range(count):
            await hold()
        return (resident() - before) * 1024 / count


async def _holder(kind: str, url: str, stack: AsyncExitStack):
    if kind == "ours":
        service = await stack.enter_async_context(_client(url))

        async def hold() -> None:
            events = await stack.enter_async_context(service.converse(PROJECT, "wait"))
            await anext(aiter(events))

        return hold
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    plain = await stack.enter_async_context(httpx.AsyncClient(timeout=600, trust_env=False, limits=limits))
    body = {"session_id": SESSION, "new_message": {"role": "user", "parts": [{"text": "wait"}]}}

    async def hold_bare() -> None:
        source = await stack.enter_async_context(
            httpx_sse.aconnect_sse(
                plain, "POST", url + "/run_sse", json=body, headers={"Authorization": f"Bearer {TOKEN}"}
            )
        )
        await anext(aiter(source.response.aiter_raw()))

    return hold_bare


def _client(url: str):
    return client(url, Path(tempfile.mkdtemp(prefix="bench-")))


def section(rounds: int, cache: Path) -> str:
    """Measure in turns; Markdown."""
    found: dict[tuple[str, str, int], list[float]] = {}
    for turn in range(1, rounds + 1):
        with counterpart() as urls:
            for what, count, per_write in (*(("events", EVENTS, size) for size in PER_WRITE), ("idle", IDLE, 0)):
                for kind in ("ours", "bare"):
                    arguments = [what, kind, urls["nemo"], str(count), str(per_write)]
                    said = run([sys.executable, "-m", "bench.streams", *arguments], cache)[1]
                    found.setdefault((what, kind, per_write), []).append(float(said))
                    progress(f"streams, round {turn}: {what}, {kind}, {per_write} in one write: {float(said):,.0f}")
    rows = "\n".join(
        f"| {name} | {spread(mine)} | {spread(other)} | {median(a / b for a, b in zip(mine, other, strict=True)):.2f} |"
        for name, what, size in (
            *((f"events/s, {size} in one write", "events", size) for size in PER_WRITE),
            ("kB for an idle stream", "idle", 0),
        )
        for mine, other in [(found[what, "ours", size], found[what, "bare", size])]
    )
    return f"""### Event streams

One stream of {EVENTS:,} tool calls of the agent as fast as it goes; then {IDLE:,} streams that only beat. Plain HTTP.
Ours reads what the events mean, in bounded frames, with our token blotted out; the library alone hands out text.

| what | **this client** | httpx and httpx-sse alone | ratio |
| --- | --- | --- | --- |
{rows}

A run of the agent sends a few events a second.
"""


def main(what: str, kind: str, url: str, count: int, per_write: int) -> None:
    """Measure once."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sys.stdout.write(str(asyncio.run((events if what == "events" else idle)(kind, url, count, per_write))))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
