"""One file of 200 MB to the service: our client, httpx's own `files=`, curl.

`python -m bench.upload (ours|httpx) URL FILE` sends it once and prints what it cost.
"""

import asyncio
import json
import shutil
import sys
import time
from pathlib import Path
from statistics import median

import httpx

from bench.beside import PROJECT, client, counterpart, memory_of, spread
from bench.counterpart import SESSION, TOKEN
from bench.measure import Cost, run

SIZE = 200_000_000
PATH = f"/api/upload-video/nemo_agent/me/{SESSION}"


async def ours(url: str, file: Path) -> None:
    """As the bot does it."""
    async with client(url, file.parent) as service:
        await service.upload(PROJECT, file, name="clip.mp4", mime="video/mp4", progress=lambda sent: None)


async def plain(url: str, file: Path) -> None:
    """As httpx does it."""
    async with httpx.AsyncClient(timeout=600, trust_env=False) as service:
        with file.open("rb") as source:
            answer = await service.post(
                url + PATH,
                files={"files": ("clip.mp4", source, "video/mp4")},
                headers={"Authorization": f"Bearer {TOKEN}"},
            )
        answer.raise_for_status()


def section(rounds: int, cache: Path) -> str:
    """Measure in turns; Markdown."""
    file = cache / "clip.bin"
    if not file.exists() or file.stat().st_size != SIZE:
        with file.open("wb") as target:
            target.truncate(SIZE)
    costs: dict[str, list[Cost]] = {"ours": [], "httpx": []} | ({"curl": []} if shutil.which("curl") else {})
    with counterpart() as urls:
        for _ in range(rounds):
            for kind, found in costs.items():
                found.append(_once(kind, urls["nemo"], file, cache))
    rows = "\n".join(_row(kind, found, costs["ours"]) for kind, found in costs.items())
    return f"""### Upload

One file of {SIZE // 1_000_000} MB over loopback to a server on the same cores that reads and forgets it. Start of the
interpreter and imports are not counted for the Python clients; curl is counted whole.

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
    names = {"ours": "**this client**", "httpx": "httpx, `files=`", "curl": "curl -F"}
    rates = [SIZE / 1e6 / cost.wall for cost in costs]
    ratio = median(cost.wall / mine.wall for cost, mine in zip(costs, ours, strict=True))
    cpu = median(cost.cpu for cost in costs)
    memory = median(cost.memory for cost in costs)
    return f"| {names[kind]} | {spread(rates)} | {cpu:.2f} | {f'{memory:.0f}' if memory else ''} | {ratio:.2f} |"


def main(kind: str, url: str, file: Path) -> None:
    """Send once."""
    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(ours(url, file) if kind == "ours" else plain(url, file))
    cost = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "memory": memory_of("self", "VmHWM")}
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
