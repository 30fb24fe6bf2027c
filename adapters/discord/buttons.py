"""Next steps as buttons that work after a restart: what they say is in the notebook, whose they are in their id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

if TYPE_CHECKING:
    import re

TEMPLATE = r"hb:(?P<name>[0-9a-f]{16}):(?P<owner>[0-9]{0,20})"


def custom_id(name: str, owner: str) -> str:
    """What Discord gives back when the button is pressed. Without an owner, anybody may."""
    return f"hb:{name}:{owner}"


class NextStep(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
    """One button. discord.py makes it from the id of the one that was pressed."""

    def __init__(self, name: str, owner: str) -> None:
        super().__init__(discord.ui.Button(custom_id=custom_id(name, owner)))
        self._name = name
        self._owner = owner

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """As pressed."""
        return cls(match["name"], match["owner"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Tell the client, as it is told of everything else."""
        interaction.client.dispatch("press", interaction, self._name, self._owner)
