"""What the parts of the store share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine


class Part:
    """Statements that belong together, on one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
