"""`python -m bot.studio`: serve until told to stop."""

import argparse
import asyncio
import json
import logging
import signal
import sys
from importlib.metadata import version
from pathlib import Path

from bot.studio.config import GENEROUS_CREDITS, Config
from bot.studio.lock import DataDirInUse
from bot.studio.server import serving
from bot.studio.store.database import WrongVersion
from bot.studio.switches import Switches, set_switches

EXIT_UNUSABLE = 3


def main(arguments: list[str] | None = None) -> int:
    """Run the server; 0 after an orderly stop, 3 when it cannot start, with one line on stderr that says why."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="studio %(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(_serve(_config(options), tied=options.tied))
    except (DataDirInUse, WrongVersion, OSError, ValueError) as error:
        print(f"The studio cannot start: {error}", file=sys.stderr)
        return EXIT_UNUSABLE
    return 0


async def _serve(config: Config, *, tied: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if tied:
        await _stop_at_eof(stop)
    async with serving(config) as url:
        print(json.dumps({"ready": True, "url": url, "version": version("highlight-bot")}), flush=True)
        await stop.wait()


async def _stop_at_eof(stop: asyncio.Event) -> None:
    """Set `stop` when stdin ends: the parent holds its other end and is gone."""

    class Stdin(asyncio.Protocol):
        def connection_lost(self, exc: Exception | None) -> None:
            stop.set()

    await asyncio.get_running_loop().connect_read_pipe(Stdin, sys.stdin)


def _config(options: argparse.Namespace) -> Config:
    return Config(
        data_dir=options.data_dir,
        host=options.host,
        port=options.port,
        public_url=options.public_url,
        credits=options.credits,
        lock_wait=options.lock_wait,
        switches=set_switches(Switches(), options.switch),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.studio", description="A Nemo-compatible server that really edits."
    )
    parser.add_argument("--data-dir", type=Path, required=True, help="where everything is kept; one studio at a time")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port (default)")
    parser.add_argument("--public-url", help="what URLs in answers begin with, if not the address listened on")
    parser.add_argument("--credits", type=int, default=GENEROUS_CREDITS, help="what a new account starts with")
    parser.add_argument(
        "--lock-wait", type=float, default=10.0, metavar="SECONDS", help="for a studio that is just ending"
    )
    parser.add_argument("--tied", action="store_true", help="stop when stdin ends: for a supervised child")
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="misbehave: docs/studio.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
