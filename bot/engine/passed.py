"""How much of a file has passed, told while that takes its time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.media import MEGABYTE

if TYPE_CHECKING:
    from bot.engine.turn import Voice


@dataclass(slots=True, kw_only=True)
class Passed:
    """Bytes of one file that have left, out of `size`."""

    size: int
    sent: int = 0

    def count(self, sent: int) -> None:
        """So many have left by now."""
        self.sent = sent

    async def told(self, voice: Voice, *, done: int, total: int) -> None:
        """Show it until cancelled; `done` of `total` files went before. What goes at once is not worth a line.

        Once all has left, the service looks at what it got.
        """
        while True:
            await asyncio.sleep(voice.policy.pulse)
            sent, size = (max(1, round(count / MEGABYTE)) for count in (self.sent, self.size))
            await voice.show("status.uploading_size", done=done, total=total, sent=min(sent, size), size=size)
            if self.sent >= self.size:
                break
        await asyncio.sleep(voice.policy.pulse)
        await voice.show("status.working_look")
