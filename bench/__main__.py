"""`python -m bench [--rounds N] [--only rendering|services]`: measure in turns, print, write docs/benchmarks.md.

Photos and the peer's environment are kept in a cache folder under the system's temporary folder.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from bench import accepting, streams, upload, waiting
from bench.beside import progress
from bench.measure import Cost, run
from bench.peer import environment
from bench.photos import make_photos
from bench.report import page
from bench.timeline import assets, draft

_PEER_PHOTOS = 2
_PEER_FRAMES = _PEER_PHOTOS * 2 * 30
_HEADING = "## Services\n"
_PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("rendering", "services"), help="keep the other half of the page")
    options = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "highlight-bot-bench"
    cache.mkdir(exist_ok=True)
    before, _, after = _PAGE.read_text(encoding="utf-8").partition(_HEADING) if _PAGE.exists() else ("", "", "")
    first = before if options.only == "services" else rendering(options.rounds, cache)
    second = after if options.only == "rendering" else services(options.rounds, cache)
    text = f"{first.rstrip()}\n\n{_HEADING}{second}"
    _PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def services(rounds: int, cache: Path) -> str:
    """Everything but pictures: bytes, streams, rows, patience. About six minutes on two quiet cores."""
    before, began, sections = os.getloadavg()[0], time.monotonic(), []
    for part in (upload, streams, accepting, waiting):
        sections.append(part.section(rounds, cache))
        progress(f"{part.__name__.rpartition('.')[2]}: done, {time.monotonic() - began:.0f} s so far")
    return f"""
Medians of {rounds} rounds that took turns, [lowest to highest]; a ratio is the median of each round's own. Written by
`python -m bench --only services` on {len(os.sched_getaffinity(0))} cores; load before the first run: {before:.1f}.

""" + "\n".join(sections)


def rendering(rounds: int, cache: Path) -> str:
    """The film beside its limit and a peer."""
    photos = make_photos(cache)
    python = environment(cache)
    job, target = cache / "job.json", cache / "ours.mp4"
    paths = {asset: str(path) for asset, path in assets(photos).items()}
    job.write_text(json.dumps({"draft": draft(), "assets": paths, "target": str(target)}))
    renderer = [sys.executable, "-m", "bot.studio.film"]
    kept = {"cache": str(cache / "kept"), "cache_bytes": 1 << 30}
    filling, edited = cache / "filling.json", cache / "edited.json"
    filling.write_text(json.dumps({"draft": draft(), "assets": paths, "target": str(target)} | kept))
    run([*renderer, str(filling)], cache)
    ours: list[Cost] = []
    again: list[Cost] = []
    limit: list[Cost] = []
    peer: list[Cost] = []
    size, load = 0, os.getloadavg()[0]
    script = str(Path(__file__).with_name("moviepy_peer.py"))
    for number in range(rounds):
        ours.append(run([*renderer, str(job)], cache)[0])
        edit = {"draft": draft(still=number % 10), "assets": paths, "target": str(cache / "edited.mp4")}
        edited.write_text(json.dumps(edit | kept))
        again.append(run([*renderer, str(edited)], cache)[0])
        figures = json.loads(run([sys.executable, "-m", "bench.limit", str(cache)], cache)[1])
        limit.append(Cost(wall=figures["wall"], cpu=figures["cpu"], memory=0))
        size = figures["size"]
        pictures = [str(photo) for photo in photos[:_PEER_PHOTOS]]
        peer.append(run([str(python), script, str(cache / "peer.mp4"), *pictures], cache)[0])
        sys.stderr.write(
            f"round {number + 1}: ours {ours[-1].wall:.1f} s, x264 alone {limit[-1].wall:.1f} s, "
            f"MoviePy {peer[-1].wall:.1f} s for {_PEER_FRAMES} frames\n"
        )
    sizes = (target.stat().st_size, size)
    return page(ours, again, limit, peer, peer_frames=_PEER_FRAMES, sizes=sizes, load=load)


if __name__ == "__main__":
    main()
