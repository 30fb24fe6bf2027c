"""What went wrong with a call, by what it means for the next step. Telegram's refusals are told apart by wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.core.errors import BotError, DeliveryError, VideoTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable


NONSENSE = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError, OSError, RecursionError)
"""What the library raises for an update or an answer that is none: it reads without checking."""


class NotSent(NetworkError):
    """The request did not reach Telegram whole: it may be repeated."""


class Unwell(NetworkError):
    """Telegram answered that it failed (500, 502, 503): the request was not carried out."""


class Flood(TelegramError):
    """Telegram wants silence (429) for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"pause of {seconds} s")
        self.seconds = seconds


class AnswerLost(NetworkError):
    """The whole request left and no answer came back: it may have been carried out."""


class Unknown(TelegramError):
    """The server does not know this method."""


class TokenRefused(BotError):
    """Telegram does not know the token: malformed, revoked, or of a deleted bot."""

    key = "operator.telegram_token"


class StartRefused(BotError):
    """Telegram refuses a call that the bot cannot do without; `params` has its `reason`."""

    key = "operator.telegram_refused"


class LocalFilesUnreadable(BotError):
    """The local Bot API server's folder cannot be read by this process; `params` has its `path`."""

    key = "operator.telegram_local"


class ShutOut(DeliveryError):
    """The bot cannot speak in this chat any more: blocked, kicked, muted, or the chat is gone."""

    key = "telegram.shut_out"


class TopicGone(DeliveryError):
    """The forum topic was deleted or closed."""


class NoVideos(DeliveryError):
    """This chat allows the bot words but no videos."""

    key = "telegram.no_videos"


class MessageGone(DeliveryError):
    """The message to be changed was deleted, or is too old."""


class Unsupported(DeliveryError):
    """The server has no method for this."""


class NotModified(DeliveryError):
    """The message reads so already."""


_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "message not found",
)
_SHUT_OUT = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "have no rights to send",
    "not enough rights to send text messages",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "bot is not a member",
    "group chat was deactivated",
    "bot was kicked",
    "bot was blocked",
)
_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_NO_VIDEOS = ("not enough rights to send video", "not enough rights to send media", "chat_send_videos_forbidden")


def understood(error: TelegramError) -> DeliveryError:
    """What a refusal means, where no repetition can mend it."""
    words = error.message.lower()
    if isinstance(error, Unknown):
        return Unsupported()
    if isinstance(error, Forbidden):
        return ShutOut()
    if "entity too large" in words:
        return VideoTooLarge()
    if isinstance(error, BadRequest):
        return _bad_request(words)
    return DeliveryError()


def _bad_request(words: str) -> DeliveryError:
    if "message is not modified" in words:
        return NotModified()
    if _any(words, _GONE):
        return MessageGone()
    if _any(words, _TOPIC):
        return TopicGone()
    if _any(words, _NO_VIDEOS):
        return NoVideos()
    return ShutOut() if _any(words, _SHUT_OUT) else DeliveryError()


def _any(words: str, known: Iterable[str]) -> bool:
    return any(phrase in words for phrase in known)
