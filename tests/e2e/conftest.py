from tests.engine.conftest import nemo
from tests.platforms.discord.conftest import discord
from tests.platforms.telegram.conftest import telegram

__all__ = ["discord", "nemo", "telegram"]
