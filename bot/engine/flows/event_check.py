"""After an event's edit: whether everybody is in the film, by what the service says is on its timeline."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core import timeline
from bot.core.event.brief import EVERYTHING, missing
from bot.core.turn import ItemState
from bot.engine.outcome import sent_names, session_of
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Check:
    """Asks once for those who are missing, and keeps on record what the film shows."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises EditorError when the service cannot be asked."""
        store = self.desk.store
        marks = await store.marks(turn.id)
        shown = await self._shown(turn)
        if shown and "following" not in marks and await self._missing(turn, shown):
            await store.mark(turn.id, "order", EVERYTHING[turn.language == "zh"])
            return Step.FOLLOW
        await store.set_shown(turn.chat, turn.project, shown or await self._sent(turn))
        await store.mark(turn.id, "checked")
        return Step.EXPORT

    async def _sent(self, turn: Turn) -> frozenset[int]:
        items = await self.desk.store.items(turn.chat, turn.project)
        return frozenset(item.id for item in items if item.state is ItemState.UPLOADED)

    async def _shown(self, turn: Turn) -> frozenset[int]:
        """The files on the timeline; none when its labels name no file, which says nothing about them."""
        draft = timeline.read((await self.desk.editor.state(await session_of(self.desk, turn))).draft)
        labels = {
            Path(segment.label).stem for track in draft.tracks if track.kind == "video" for segment in track.segments
        }
        names = sent_names(await self.desk.store.items(turn.chat, turn.project))
        return frozenset(item for item, name in names.items() if Path(name).stem in labels)

    async def _missing(self, turn: Turn, shown: frozenset[int]) -> list[str]:
        files: dict[str, set[int]] = defaultdict(set)
        for share in await self.desk.store.shares(turn.chat, turn.project):
            if share.state is ItemState.UPLOADED:
                files[share.person].add(share.id)
        return missing([(key, frozenset(items)) for key, items in files.items()], shown)
