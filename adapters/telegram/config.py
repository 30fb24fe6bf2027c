"""What an operator decides about the Telegram bot, as the adapter needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

API_URL = "https://api.telegram.org"

DOWNLOAD_BYTES = 20 << 20
"""What `getFile` hands out on Telegram's own servers."""
UPLOAD_BYTES = 50_000_000
UPLOAD_BYTES_LOCAL = 2_000_000_000
"""With a Bot API server of one's own in `--local` mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds and counts that tests make small."""

    poll: int = 50
    """How long one `getUpdates` waits for news."""
    retry_first: float = 1.0
    """Pause before a call that certainly did not arrive is tried again; doubled each time, ..."""
    retry_most: float = 60.0
    """... up to this, ..."""
    retry_total: float = 900.0
    """... and given up when so long has passed."""
    answer: float = 30.0
    """Longest wait for the answer to a call without files."""
    upload_silence: float = 300.0
    """Longest time without a byte passing while a file is sent, and longest wait for its answer."""
    edit_every: float = 3.0
    edit_every_group: float = 5.0
    edits_per_minute: int = 20
    edits_per_minute_group: int = 12
    """A group bears about twenty messages and edits; the rest is kept for what must arrive."""
    action_every: float = 4.0
    """A chat action fades after five seconds."""
    action_life: float = 150.0
    """A job that had nothing to show for so long is not acted for any more."""
    draft_every: float = 20.0
    """A draft fades after thirty seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramConfig:
    """One bot."""

    token: str = field(repr=False)
    api_url: str = API_URL
    """Root of the Bot API; files are below `/file/bot<token>/`."""
    local: bool = False
    """The server runs in `--local` mode: no size limit of its own, files may be named by their path on this disk."""
    local_dir: Path | None = None
    """The local server's folder as seen from here; checked at start when given."""
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    allowed_users: frozenset[str] = frozenset()
    """User ids that may use the bot; with `allowed_chats` empty as well, everybody may."""
    allowed_chats: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    """User ids of those who run this bot; always allowed."""
    drafts: bool = False
    """In private chats, live lines are drafts until their last words."""
    timing: Timing = field(default_factory=Timing)

    @property
    def download_bytes(self) -> int | None:
        """Largest file that can be had, or None when only the editor's own limits count."""
        return None if self.local else DOWNLOAD_BYTES

    @property
    def upload_bytes(self) -> int:
        """Largest file that can be sent."""
        return UPLOAD_BYTES_LOCAL if self.local else UPLOAD_BYTES
