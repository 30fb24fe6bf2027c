"""One studio per data directory: an fcntl lock that dies with its process."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DataDirInUse(RuntimeError):
    """Another studio holds the data directory."""


@contextmanager
def locked(data_dir: Path, *, wait: float) -> Iterator[None]:
    """Hold `data_dir` for this process. Waits `wait` seconds for one that is just dying. Raises DataDirInUse."""
    data_dir.mkdir(parents=True, exist_ok=True)
    give_up = time.monotonic() + wait
    with (data_dir / "studio.lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= give_up:
                    raise DataDirInUse(f"Another studio is using {data_dir}.") from None
                time.sleep(0.1)
        yield
