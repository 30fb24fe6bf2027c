"""Bring a project's files to the backend: each once, in order, the broken ones named."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import BackendDown, MediaError, MediaTooLarge, SessionGone, UnsupportedMedia, UserError
from bot.core.intents import Intent
from bot.core.media import LOST, MEGABYTE, MediaKind, max_bytes, skill_for
from bot.core.tips import tip_for
from bot.core.turn import Item, ItemState
from bot.engine.download import download
from bot.engine.lending import address_of, fetched
from bot.engine.outcome import opened_session, sent_names
from bot.engine.passed import Passed
from bot.engine.ports import Button
from bot.engine.ports_media import Prepared
from bot.engine.turn import Desk, Step, file_stem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.errors import BotError
    from bot.core.session import Session
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Upload:
    """Download, check and convert in parallel; send one after the other, so that the order stays."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Entered again, it skips what the backend already lists. Raises EditorError when it is gone."""
        items = await self.desk.store.items(turn.chat, turn.project)
        waiting = [item for item in items if item.state is ItemState.ARRIVED]
        if waiting or Intent.EDIT in turn.route.intents:
            skill = skill_for({item.ref.kind for item in items if item.state is not ItemState.REFUSED})
            session = await opened_session(self.desk, turn, voice, skill=skill)
            if waiting:
                await self._send(turn, voice, session, items)
        if Intent.EDIT in turn.route.intents:
            await self._tip(turn, voice, items)
            return Step.EDIT
        if Intent.EXPORT in turn.route.intents:
            return Step.EXPORT
        items = await self.desk.store.items(turn.chat, turn.project)
        await voice.close("status.received", count=sum(item.state is ItemState.UPLOADED for item in items))
        return Step.DONE

    async def _tip(self, turn: Turn, voice: Voice, items: list[Item]) -> None:
        """Once, before a project's first film; never in an event, where every message is one too many."""
        if "brief" in await self.desk.store.marks(turn.id):
            return
        if (await self.desk.store.project(turn.chat)).delivered or turn.project < 0:
            return
        usable = [item.ref for item in items if item.state is not ItemState.REFUSED]
        largest = max((ref.size or 0 for ref in usable if ref.kind is MediaKind.VIDEO), default=0)
        if key := tip_for(photos=sum(ref.kind is MediaKind.PHOTO for ref in usable), largest_video=largest):
            await voice.say(key)

    async def _send(self, turn: Turn, voice: Voice, session: Session, items: list[Item]) -> None:
        names = sent_names(items)
        waiting, too_many = await self._within_limit(items)
        limit = self.desk.policy.tray_limit
        refused = ["• " + voice.text("media.too_many", name=name, limit=limit) for name in too_many]
        if "uploading" in await self.desk.store.marks(turn.id):
            waiting = await self._without_known(session, waiting, names)
        await self.desk.store.mark(turn.id, "uploading")
        folder = self.desk.spool / file_stem(turn.id)
        folder.mkdir(parents=True, exist_ok=True)
        places = asyncio.Semaphore(self.desk.policy.upload_parallel)
        try:
            async with asyncio.TaskGroup() as group:
                prepared = [group.create_task(self._prepare(item, names[item.id], folder, places)) for item in waiting]

                async def ready(number: int) -> Prepared | MediaError | None:
                    """Its turn has come: the file, or nothing where the service has fetched it by itself."""
                    outcome = await prepared[number]
                    if not isinstance(outcome, str):
                        return outcome
                    if await fetched(self.desk, session, outcome):
                        return None
                    item = waiting[number]
                    return await self._converted(item, names[item.id], folder)

                group.create_task(self._send_in_order(turn, voice, session, waiting, ready, refused))
        except BaseExceptionGroup as errors:
            raise _first(errors) from errors
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if refused:
            again = await self._fetch_again(turn, voice, {item.id for item in waiting})
            await voice.say("upload.refused", count=len(refused), names="\n".join(refused), buttons=again)
        if len(refused) == len(waiting) == len(items):
            raise UserError("upload.nothing_usable")

    async def _fetch_again(self, turn: Turn, voice: Voice, sent: set[int]) -> tuple[Button, ...]:
        """What could not be downloaded now is fetched by a press; whoever sent it need not look for it again."""
        items = await self.desk.store.items(turn.chat, turn.project)
        lost = any(item.id in sent and item.state is ItemState.REFUSED and item.reason in LOST for item in items)
        return (Button(label=voice.text("button.retry"), command="fetch"),) if lost else ()

    async def _within_limit(self, items: list[Item]) -> tuple[list[Item], list[str]]:
        """What a project may still take, and the names of what is too much."""
        waiting = [item for item in items if item.state is ItemState.ARRIVED]
        there = sum(item.state is ItemState.UPLOADED for item in items)
        room = max(0, self.desk.policy.tray_limit - there)
        for item in waiting[room:]:
            await self.desk.store.set_item(item.id, ItemState.REFUSED, "media.too_many")
        return waiting[:room], [item.ref.name for item in waiting[room:]]

    async def _without_known(self, session: Session, waiting: list[Item], names: dict[int, str]) -> list[Item]:
        """A crash may have come between an upload and its record: ask the backend what it has."""
        stems = {Path(media.name).stem for media in (await self.desk.editor.state(session)).media}
        for item in waiting:
            if Path(names[item.id]).stem in stems:
                await self.desk.store.set_item(item.id, ItemState.UPLOADED)
        return [item for item in waiting if Path(names[item.id]).stem not in stems]

    async def _send_in_order(
        self,
        turn: Turn,
        voice: Voice,
        session: Session,
        items: list[Item],
        ready: Callable[[int], Awaitable[Prepared | MediaError | None]],
        refused: list[str],
    ) -> None:
        for number, item in enumerate(items):
            await self.desk.heed_stop(turn)
            await voice.show("status.uploading", done=number, total=len(items))
            outcome = await ready(number)
            if isinstance(outcome, Prepared):
                error = await self._upload(voice, session, outcome, done=number, total=len(items))
            else:
                error = outcome
            if error is None:
                self.desk.reached("file-uploaded")
                await self.desk.store.set_item(item.id, ItemState.UPLOADED)
                self.desk.reached("file-recorded")
            else:
                await self.desk.store.set_item(item.id, ItemState.REFUSED, error.key)
                error.params["name"] = item.ref.name
                refused.append("• " + voice.reason(error))
        await voice.show("status.uploaded", done=len(items) - len(refused), total=len(items))

    async def _upload(
        self, voice: Voice, session: Session, file: Prepared, *, done: int, total: int
    ) -> BotError | None:
        """None when the backend took it; the error when it is about this file alone."""
        refused: BotError | None = None
        passed = Passed(size=file.path.stat().st_size)
        async with asyncio.TaskGroup() as group:
            telling = group.create_task(passed.told(voice, done=done, total=total))
            try:
                await self.desk.editor.upload(session, file.path, name=file.name, mime=file.mime, progress=passed.count)
            except (UnsupportedMedia, MediaTooLarge) as error:
                key = "media.too_large" if isinstance(error, MediaTooLarge) else "media.unsupported"
                refused = MediaError(key, name=file.name, limit=max_bytes(file.kind) // MEGABYTE)
            finally:
                telling.cancel()
                file.path.unlink(missing_ok=True)
        return refused

    async def _prepare(
        self, item: Item, name: str, folder: Path, places: asyncio.Semaphore
    ) -> Prepared | MediaError | str:
        """The file, or the address at which the service may fetch it."""
        async with places:
            address = await address_of(self.desk, item.ref, name=name)
            return address or await self._converted(item, name, folder)

    async def _converted(self, item: Item, name: str, folder: Path) -> Prepared | MediaError:
        source = folder / f"{item.id}.in"
        try:
            await download(self.desk, item.ref, source)
            return await self.desk.media.prepare(source, name=name, folder=folder)
        except MediaError as error:
            return error


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that stands for the group: the others are its consequences."""
    leaves = [_first(error) if isinstance(error, BaseExceptionGroup) else error for error in errors.exceptions]
    with suppress(StopIteration):
        return next(leaf for leaf in leaves if isinstance(leaf, SessionGone | BackendDown))
    return leaves[0]
