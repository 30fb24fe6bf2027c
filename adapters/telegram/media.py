"""What a message carries: each kind of Telegram's as a reference, nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.telegram.ids import NAME
from adapters.text import whole
from bot.core.media import MediaKind, MediaRef, kind_of

if TYPE_CHECKING:
    from telegram import Message

_SUFFIXES = {
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/ogg": ".ogg",
    "audio/x-wav": ".wav",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/gif": ".gif",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}
"""For files that came without a name: `mimetypes` answers differently from system to system."""
_UNTELLING = ("", "application/octet-stream", "binary/octet-stream")


def media_of(message: Message) -> MediaRef | None:
    """The message's file, if it is one that an editor may know what to do with.

    For old clients Telegram repeats a live photo as a photo and an animation as a document: the first of this order
    counts, the repetition does not. Of a photo's sizes the largest is taken.
    """
    number = message.message_id
    if live := message.live_photo:
        return _ref(live, MediaKind.VIDEO, f"live_{number}.mp4", mime="video/mp4")
    for timed, stem in ((message.video, "video"), (message.animation, "animation")):
        if timed:
            return _ref(timed, MediaKind.VIDEO, timed.file_name or f"{stem}_{number}{_suffix(timed.mime_type, '.mp4')}")
    if note := message.video_note:
        return _ref(note, MediaKind.VIDEO, f"video_note_{number}.mp4", mime="video/mp4")
    if audio := message.audio:
        name = audio.file_name or f"{audio.title or f'audio_{number}'}{_suffix(audio.mime_type, '.mp3')}"
        return _ref(audio, MediaKind.AUDIO, name)
    if voice := message.voice:
        return _ref(voice, MediaKind.AUDIO, f"voice_{number}{_suffix(voice.mime_type, '.ogg')}")
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        return _ref(largest, MediaKind.PHOTO, f"photo_{number}.jpg", mime="image/jpeg")
    if document := message.document:
        mime = (document.mime_type or "").lower()
        name = document.file_name or f"file_{number}{_suffix(mime, '')}"
        kind = kind_of(name, mime)
        if kind is not MediaKind.OTHER or mime in _UNTELLING:
            return _ref(document, kind, name)
    return None


def is_declined(message: Message) -> bool:
    """Whether the message carries something that no film can use: a sticker, a place, a contact, a text document."""
    others = (
        message.document,
        message.sticker,
        message.contact,
        message.location,
        message.venue,
        message.poll,
        message.dice,
        message.story,
        message.game,
        message.paid_media,
        message.checklist,
    )
    return any(others)


def _ref(file: Any, kind: MediaKind, name: str, *, mime: str = "") -> MediaRef:  # noqa: ANN401 - any of Telegram's kinds
    """Nothing in it is believed: what is no text or number here would be none in the database either."""
    size, given = file.file_size, getattr(file, "mime_type", None)
    return MediaRef(
        platform=NAME,
        locator=whole(file.file_id),
        name=whole(name),
        kind=kind,
        mime=mime or whole(given or ""),
        size=size if isinstance(size, int) and size >= 0 else None,
    )


def _suffix(mime: str | None, otherwise: str) -> str:
    return _SUFFIXES.get((mime or "").lower(), otherwise)
