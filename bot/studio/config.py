"""What a studio is started with: where it lives, what it allows, how it misbehaves."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.studio.switches import Switches

MEGABYTE = 1024 * 1024
GENEROUS_CREDITS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request or one project may cost. Sizes in bytes, times in seconds."""

    json_bytes: int = 4 * MEGABYTE
    image_bytes: int = 200 * MEGABYTE
    media_bytes: int = 500 * MEGABYTE
    files_per_request: int = 100
    assets_per_session: int = 1000
    message_characters: int = 20_000
    probe_seconds: float = 60.0
    url_seconds: float = 120.0
    jobs_at_once: int = 2
    renders_per_session: int = 20
    renders_per_user: int = 1000
    job_attempts: int = 3
    job_silence: float = 300.0
    run_attempts: int = 3
    cache_bytes: int = 1024 * MEGABYTE
    disk_bytes: int = 20 * 1024 * MEGABYTE
    idle_seconds: float = 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """`credits` is what a new anonymous account starts with; `port` 0 takes any free one.

    `public_url` is what URLs in answers begin with, where that is not the address the server listens on.
    """

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 0
    public_url: str | None = None
    credits: int = GENEROUS_CREDITS
    lock_wait: float = 10.0
    limits: Limits = field(default_factory=Limits)
    switches: Switches = field(default_factory=Switches)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "studio.db"

    @property
    def uploads(self) -> Path:
        """Accepted media, one file per asset, named by asset id."""
        return self.data_dir / "uploads"

    @property
    def incoming(self) -> Path:
        """Uploads that are not accepted yet; emptied at start."""
        return self.data_dir / "incoming"

    @property
    def films(self) -> Path:
        """Finished renders, named by their unguessable key."""
        return self.data_dir / "films"

    def film(self, key: str) -> Path:
        """Where the film of a key lies."""
        return self.films / f"{key}.mp4"

    @property
    def jobs(self) -> Path:
        """Job files handed to the film process, and what it writes before it is renamed; emptied at start."""
        return self.data_dir / "jobs"

    @property
    def cache(self) -> Path:
        """Encoded pieces of films, for films that differ little; may be deleted at any time."""
        return self.data_dir / "cache"
