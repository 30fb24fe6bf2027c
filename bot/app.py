"""The composition root: the only module that knows every concrete class, and in which order they live."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot import nemo
from bot.core.errors import BotError
from bot.durable.turns import DurableTurns
from bot.engine.curator import Curator
from bot.engine.engine import Engine
from bot.engine.intake import Intake
from bot.engine.janitor import Janitor, empty_spool
from bot.engine.stops import Stops
from bot.engine.turn import Bell, Desk, Repeats
from bot.i18n import catalog
from bot.i18n.gui import load_gui
from bot.media.tools import file_tools
from bot.nemo.attribution import detect_platform, load_skills
from bot.nemo.client import NemoClient
from bot.nemo.tokens import Identity
from bot.settings import NEMO_API_URL, child_environment
from bot.store.database import Database
from bot.store.engines import lock, sync_engine
from bot.store.sql import SqlStore
from bot.studio.supervise import Studio, StudioUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from bot.engine.ports import Platform, Shelf
    from bot.settings import Settings

DATABASE = "bot.sqlite"
CONSOLE_OWNER = "console:you"
"""Who sits at the machine runs the bot."""
SKILLS = Path(nemo.__file__).parent / "skills"


async def run(settings: Settings, platforms: Sequence[Platform], shelf: Shelf | None = None) -> None:
    """Serve the platforms until all of them have ended, until SIGTERM, or until cancelled.

    What is under way then goes on at the next start. Raises BotError for what the operator must mend.
    """
    try:
        with _ended_by(signal.SIGTERM):
            async with engine(settings, platforms, shelf) as intake, asyncio.TaskGroup() as group:
                taking = group.create_task(intake.run())
                async with asyncio.TaskGroup() as serving:
                    for platform in platforms:
                        serving.create_task(platform.run(intake.accept))
                taking.cancel()
    except BaseExceptionGroup as group_of_errors:
        raise _cause(group_of_errors) from None


@contextmanager
def _ended_by(number: signal.Signals) -> Iterator[None]:
    """From now on a signal ends the block: it is cancelled, and left without an error."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    asked = asyncio.Event()

    def end() -> None:
        if not asked.is_set():
            asked.set()
            task.cancel()

    loop.add_signal_handler(number, end)
    try:
        yield
    except asyncio.CancelledError:
        if not asked.is_set() or task.uncancel():
            raise
    finally:
        loop.remove_signal_handler(number)


def _cause(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What the operator can mend, if that is among the errors; else all of them."""
    mendable: BaseException | None = group.subgroup(BotError)
    while isinstance(mendable, BaseExceptionGroup):
        mendable = mendable.exceptions[0]
    return mendable or group


@asynccontextmanager
async def engine(
    settings: Settings, platforms: Sequence[Platform], shelf: Shelf | None = None
) -> AsyncIterator[Intake]:
    """Everything but the platforms' own loops. Raises BotError when the data directory or the studio cannot be used."""
    folder, policy = settings.data_dir, settings.effective_policy()
    async with AsyncExitStack() as stack:
        stack.enter_context(lock(folder))
        store = await stack.enter_async_context(SqlStore(Database(folder / DATABASE)).opened())
        editor = await stack.enter_async_context(_editor(settings))
        media = await stack.enter_async_context(file_tools(policy))
        durable = DurableTurns(sync_engine(folder / DATABASE), policy)
        spool = films(settings).parent
        empty_spool(spool)
        desk = Desk(
            editor=editor,
            store=store,
            media=media,
            durable=durable,
            platforms={platform.name: platform for platform in platforms},
            catalog=catalog.load(),
            keywords=catalog.load_keywords(),
            gui=load_gui(),
            policy=policy,
            spool=spool,
            shelf=shelf,
            owners=frozenset(settings.owners) | {CONSOLE_OWNER},
            bell=Bell(),
            stops=Stops(store, policy.pulse),
            repeats=Repeats(policy.same_failure),
            reached=_dies_at(settings.failpoint),
        )
        await stack.enter_async_context(durable.running(Engine(desk).run))
        duties = await stack.enter_async_context(asyncio.TaskGroup())  # ends first: its threads are the loop's own
        for duty in (durable.watch(), Janitor(desk).run(), Curator(desk).run()):
            stack.callback(duties.create_task(duty).cancel)
        yield Intake(desk)


def films(settings: Settings) -> Path:
    """Where finished films are kept: see `Desk.film_path`."""
    return settings.data_dir / "spool" / "films"


def _dies_at(failpoint: str | None) -> Callable[[str], None]:
    def reached(point: str) -> None:
        if point == failpoint:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


@asynccontextmanager
async def _editor(settings: Settings) -> AsyncIterator[NemoClient]:
    """The editing service: the embedded one as a child process, or the cloud."""
    backend = settings.effective_backend
    async with AsyncExitStack() as stack:
        if backend == "studio":
            url = await stack.enter_async_context(_studio(settings.data_dir))
            scope, token = "studio", ""  # its port may change, its accounts do not
        else:
            url = scope = settings.nemo.api_url or NEMO_API_URL
            token = settings.nemo.token.get_secret_value() if settings.nemo.token else ""
        identity = Identity(
            settings.data_dir / "nemo", scope=scope, token=token, client_id=settings.nemo.client_id or ""
        )
        yield await stack.enter_async_context(
            NemoClient(
                url,
                policy=settings.effective_policy(),
                skills=load_skills(SKILLS),
                identity=identity,
                platform=detect_platform(settings.skill_source or "", SKILLS),
                web_url=settings.nemo.web_url,
                name=backend,
            )
        )


class StudioDown(BotError):
    """The embedded editing service cannot be started; `params` has its `reason`."""

    key = "operator.studio"


@asynccontextmanager
async def _studio(data_dir: Path) -> AsyncIterator[str]:
    """The embedded editing service; gives its URL."""
    log = data_dir / "studio.log"
    studio = Studio(data_dir / "studio", environment=child_environment(), log=log)
    try:
        await studio.__aenter__()
    except StudioUnavailable as error:
        raise StudioDown(reason=str(error), log=str(log)) from None
    try:
        yield studio.url
    finally:
        await studio.__aexit__(None, None, None)
