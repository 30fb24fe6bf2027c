"""`python -m bench [--rounds N] [--only PART]`: measure in turns, print, write docs/benchmarks.md.

Parts are rendering, services and recordings. Photos, footage and the peers' environments are kept in a cache folder
under the system's temporary folder.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bench import accepting, cutting, listening, quality, streams, upload, waiting, zoompan
from bench.beside import progress
from bench.measure import Cost, run
from bench.peer import environment, ffmpeg
from bench.photos import make_photos
from bench.report import page
from bench.timeline import assets, draft

if TYPE_CHECKING:
    from collections.abc import Callable

_MANY = 20
_PEER_PHOTOS = 2
_PEER_FRAMES = _PEER_PHOTOS * 2 * 30
_HEADINGS = {"services": "## Services\n", "recordings": "## Recordings\n"}
_PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("rendering", *_HEADINGS), help="keep the rest of the page")
    options = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "highlight-bot-bench"
    cache.mkdir(exist_ok=True)
    known = _parts(_PAGE.read_text(encoding="utf-8") if _PAGE.exists() else "")
    measured = {"rendering": rendering, "services": services, "recordings": recordings}
    for name, measure in measured.items():
        if options.only in {None, name}:
            known[name] = measure(options.rounds, cache)
    text = "\n\n".join(_HEADINGS.get(name, "") + known[name].rstrip() for name in measured if known[name]) + "\n"
    _PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _parts(page: str) -> dict[str, str]:
    """The page as it is, by what was measured."""
    rest, _, about_recordings = page.partition(_HEADINGS["recordings"])
    films, _, about_services = rest.partition(_HEADINGS["services"])
    return {"rendering": films, "services": about_services, "recordings": about_recordings}


def services(rounds: int, cache: Path) -> str:
    """Everything but pictures: bytes, streams, rows, patience. About six minutes on two quiet cores."""
    return _sections((upload, streams, accepting, waiting), "services", rounds, cache)


def recordings(rounds: int, cache: Path) -> str:
    """Long recordings: finding moments, cutting reels. About ten minutes, and five more for the first time."""
    return _sections((listening, cutting), "recordings", rounds, cache)


def _sections(parts: tuple[ModuleType, ...], name: str, rounds: int, cache: Path) -> str:
    before, began, sections = os.getloadavg()[0], time.monotonic(), []
    for part in parts:
        sections.append(part.section(rounds, cache))
        progress(f"{part.__name__.rpartition('.')[2]}: done, {time.monotonic() - began:.0f} s so far")
    return f"""
Medians of {rounds} rounds that took turns, [lowest to highest]; a ratio is the median of each round's own. Written by
`python -m bench --only {name}` on {len(os.sched_getaffinity(0))} cores; load before the first run: {before:.1f}.

""" + "\n".join(sections)


def rendering(rounds: int, cache: Path) -> str:
    """The film beside its limit and its peers."""
    photos = make_photos(cache, _MANY)
    python = environment(cache)
    kept = {"cache": str(cache / "kept"), "cache_bytes": 1 << 30}
    renderer = [sys.executable, "-m", "bot.studio.film"]
    script = str(Path(__file__).with_name("moviepy_peer.py"))
    pictures = [str(photo) for photo in photos[:_PEER_PHOTOS]]
    many = draft(_MANY)
    run([*renderer, _job(cache, "filling", draft(), photos, **kept)], cache)
    load = os.getloadavg()[0]
    turns: dict[str, Callable[[int], tuple[Cost, str]]] = {
        "ours": lambda _: run([*renderer, _job(cache, "ours", draft(), photos)], cache),
        "again": lambda turn: run([*renderer, _job(cache, "edited", draft(still=turn % 10), photos, **kept)], cache),
        "many": lambda _: run([*renderer, _job(cache, "many", many, photos)], cache),
        "limit": lambda _: run([sys.executable, "-m", "bench.limit", str(cache)], cache),
        "best": lambda _: run(zoompan.best(ffmpeg(cache), photos[:_PEER_PHOTOS], cache / "best.mp4"), cache),
        "usual": lambda _: run(zoompan.usual(ffmpeg(cache), photos[:_PEER_PHOTOS], cache / "usual.mp4"), cache),
        "moviepy": lambda _: run([str(python), script, str(cache / "peer.mp4"), *pictures], cache),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in turns}
    size = 0
    for turn in range(rounds):
        for name, measured in turns.items():
            cost, said = measured(turn)
            if name == "limit":
                figures = json.loads(said)
                size, cost = figures["size"], Cost(wall=figures["wall"], cpu=figures["cpu"], memory=0)
            costs[name].append(cost)
            sys.stderr.write(f"round {turn + 1}: {name} {cost.wall:.1f} s, {cost.cpu:.1f} s of processor\n")
    likeness = {
        "ours": quality.ours(cache / "ours.mp4", photos[0], draft()),
        "best": quality.peers(cache / "best.mp4", photos[0], quality.of_zoompan),
        "usual": quality.peers(cache / "usual.mp4", photos[0], quality.of_zoompan),
        "moviepy": quality.peers(cache / "peer.mp4", photos[0], quality.of_moviepy),
    }
    frames = {"best": zoompan.frames(_PEER_PHOTOS), "usual": zoompan.frames(_PEER_PHOTOS), "moviepy": _PEER_FRAMES}
    sizes = ((cache / "ours.mp4").stat().st_size, size)
    return page(costs, likeness, peer_frames=frames, sizes=sizes, load=load)


def _job(folder: Path, name: str, film: dict[str, Any], photos: list[Path], **kept: object) -> str:
    """Write a job for the renderer, whose film will have the same name; its path."""
    paths = {asset: str(path) for asset, path in assets(photos).items()}
    job = folder / f"{name}.json"
    job.write_text(json.dumps({"draft": film, "assets": paths, "target": str(folder / f"{name}.mp4")} | kept))
    return str(job)


if __name__ == "__main__":
    main()
