"""The parent's side: a studio as a child process that is started, watched, restarted and stopped."""

import asyncio
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_log = logging.getLogger(__name__)


class StudioUnavailable(RuntimeError):
    """The embedded studio could not be started; the message says why, in words for the operator."""


class Studio:
    """`async with Studio(data_dir) as studio:` serves at `studio.url` until the block ends.

    The address stays the same when the child dies and is started again; what it had accepted goes on by itself.
    `environment` None is this process's own; the child needs no secret of the bot's. `log` takes what the child has to
    say, added at its end; None sends it to this process's own stderr. Times are seconds.
    Entering raises StudioUnavailable.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
        start_limit: float = 30.0,
        stop_limit: float = 5.0,
        first_delay: float = 0.2,
        longest_delay: float = 10.0,
    ) -> None:
        self._data_dir = data_dir
        self._options = tuple(options)
        self._environment = dict(environment) if environment is not None else None
        self._log_file = log
        self._start_limit = start_limit
        self._stop_limit = stop_limit
        self._first_delay = first_delay
        self._longest_delay = longest_delay
        self._group = asyncio.TaskGroup()
        self._process: asyncio.subprocess.Process | None = None
        self._url = ""

    @property
    def url(self) -> str:
        """Where the studio listens."""
        return self._url

    @property
    def pid(self) -> int | None:
        """The running child, if there is one at this moment."""
        process = self._process
        return process.pid if process and process.returncode is None else None

    async def __aenter__(self) -> Self:
        self._process, self._url = await self._started(port=0)
        await self._group.__aenter__()
        self._watcher = self._group.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watcher.cancel()
        # Not told about the block's own error, so that the group does not wrap it.
        await self._group.__aexit__(None, None, None)
        if self._process:
            await self._end(self._process)

    async def _watch(self) -> None:
        delay = self._first_delay
        clock = asyncio.get_running_loop().time
        while True:
            assert self._process is not None
            started = clock()
            code = await self._process.wait()
            if clock() - started > self._longest_delay:
                delay = self._first_delay
            _log.warning("the studio ended with code %d and is started again in %.1f s", code, delay)
            await asyncio.sleep(delay)
            delay = min(self._longest_delay, delay * 2)
            try:
                self._process, self._url = await self._started(port=int(self._url.rpartition(":")[2]))
            except StudioUnavailable as error:
                _log.error("%s", error)

    async def _started(self, *, port: int) -> tuple[asyncio.subprocess.Process, str]:
        with self._log_opened() as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.studio", "--tied"),
                *("--data-dir", str(self._data_dir), "--port", str(port), *self._options),
                # Held open for as long as this process lives: its end is how the child learns of our death.
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=self._environment,
            )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(self._start_limit):
                line = await process.stdout.readline()
            return process, str(json.loads(line)["url"])
        except TimeoutError:
            await self._end(process)
            raise StudioUnavailable(f"The studio was not ready after {self._start_limit:g} s.") from None
        except (ValueError, KeyError, TypeError):
            await self._end(process)
            raise StudioUnavailable("The studio could not start; the reason is in the log above.") from None
        except BaseException:
            await self._end(process)
            raise

    def _log_opened(self) -> AbstractContextManager[IO[bytes] | None]:
        return self._log_file.open("ab") if self._log_file else nullcontext()

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(self._stop_limit):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
