"""What Discord's refusals mean."""

from __future__ import annotations

import discord

from bot.core.errors import DeliveryError

UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_TOKEN = 10015, 10062, 50027
UNKNOWN_MEMBER, UNKNOWN_USER = 10007, 10013
TOO_LARGE = 40005


class Fault(DeliveryError):
    """Something went wrong that is none of the kinds below."""


class Lost(Fault):
    """No answer: the request may have been carried out."""


class Refused(Fault):
    """403: a permission is missing, or the person does not take direct messages."""


class Gone(Fault):
    """404: the channel or the message is not there any more."""


class NoMember(Gone):
    """404: somebody is not in the guild."""


class Dead(Fault):
    """The interaction's token is over: 401, or an unknown webhook."""


class TooLarge(Fault):
    """413: more bytes than this place takes."""


class Wait(Fault):
    """429 with a pause that is too long to sit out."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


def classified(error: Exception) -> Fault:
    """The fault behind what discord.py or the network raised."""
    if isinstance(error, discord.RateLimited):
        return Wait(error.retry_after)
    if not isinstance(error, discord.HTTPException):
        return Lost()
    if error.status >= 500:
        return Lost()
    if error.status == 413 or error.code == TOO_LARGE:
        return TooLarge()
    if error.status == 401 or error.code in {UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_TOKEN}:
        return Dead()
    if error.status == 403:
        return Refused()
    if error.status == 404:
        return NoMember() if error.code in {UNKNOWN_MEMBER, UNKNOWN_USER} else Gone()
    return Wait(_retry_after(error)) if error.status == 429 else Fault()


def _retry_after(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers.get("Retry-After", "5"))
    except ValueError:
        return 5.0
