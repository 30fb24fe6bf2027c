"""`python -m bot.studio.samples FOLDER [--count N] [--seed S]`: prints the path of each photo as it is ready."""

import argparse
from pathlib import Path

from bot.studio.samples.album import samples


def main() -> None:
    """Paint the photos that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bot.studio.samples", description="Paint sample photos.")
    parser.add_argument("folder", type=Path, help="where to put them; made if missing")
    parser.add_argument("--count", type=_positive, default=10, help="how many (default: 10)")
    parser.add_argument("--seed", type=int, default=7, help="other numbers give other pictures (default: 7)")
    options = parser.parse_args()
    for path in samples(options.folder, options.count, seed=options.seed):
        print(path, flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    main()
