"""A notebook in memory."""

from __future__ import annotations


class Notes(dict[str, str]):
    """`engine.ports.Notebook`."""

    async def read(self, key: str) -> str | None:
        return self.get(key)

    async def write(self, key: str, value: str) -> None:
        self[key] = value

    async def erase(self, prefix: str) -> int:
        found = await self.keys(prefix)
        for key in found:
            del self[key]
        return len(found)

    async def keys(self, prefix: str) -> list[str]:  # type: ignore[override]
        return sorted(key for key in dict.keys(self) if key.startswith(prefix))
