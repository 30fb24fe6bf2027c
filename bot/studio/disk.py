"""Files that are whole or not there, also after a power cut."""

import os
from pathlib import Path


def publish(source: Path, target: Path) -> None:
    """Give a finished file its lasting name: its bytes first, then the name, each on the disk when this returns."""
    _sync(source)
    source.replace(target)
    _sync(target.parent)


def part_of(target: Path) -> Path:
    """What a file is called while it is written."""
    return target.with_name(f".{target.name}.part")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
