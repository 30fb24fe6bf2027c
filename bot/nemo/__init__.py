"""The client of the NemoVideo editing service, and of anything that speaks its wire format."""

from bot.nemo.attribution import detect_platform, load_skills
from bot.nemo.client import NemoClient
from bot.nemo.tokens import Identity

__all__ = ["Identity", "NemoClient", "detect_platform", "load_skills"]
