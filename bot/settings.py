"""What the operator can set, from the environment or a `.env` file. The only module that reads the environment."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, TypeAdapter, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.failpoints import POINTS
from bot.core.policy import STUDIO, Policy

NEMO_API_URL = "https://mega-api-prod.nemovideo.ai"
TELEGRAM_API_URL = "https://api.telegram.org"
NEMO_WEB_URL = "https://nemovideo.com"


def default_data_dir() -> Path:
    """`$XDG_DATA_HOME/highlight-bot`, else the same below `~/.local/share`."""
    base = os.environ.get("XDG_DATA_HOME")  # noqa: TID251 - this is the module that may
    return (Path(base) if base else Path.home() / ".local" / "share") / "highlight-bot"


_COMMON = SettingsConfigDict(frozen=True, env_file=".env", env_ignore_empty=True, extra="ignore")


class NemoSettings(BaseSettings):
    """The vendor's names."""

    model_config = SettingsConfigDict(**_COMMON | {"env_prefix": "NEMO_"})

    token: SecretStr | None = None
    """An account's token, used directly. Without one the bot gets an anonymous one."""
    api_url: str | None = None
    """Root of the editing service."""
    web_url: str = NEMO_WEB_URL
    """Root of links that people open in a browser."""
    client_id: str | None = None
    """Stable id of this installation; made and kept when not given."""


class TelegramSettings(BaseSettings):
    """Telegram."""

    model_config = SettingsConfigDict(**_COMMON | {"env_prefix": "TELEGRAM_"})

    token: SecretStr | None = None
    """The bot's token."""
    api_url: str = TELEGRAM_API_URL
    """Root of the Bot API: Telegram's own, or that of a server of one's own."""
    local: bool = False
    """The server at `api_url` runs in `--local` mode: large files, named by their path on a disk that is read here."""
    local_dir: Path | None = None
    """That server's folder as this process sees it; checked at start when given."""
    webhook_url: str | None = None
    """Public address at which Telegram shall deliver updates; without one the bot fetches them."""
    webhook_secret: SecretStr | None = None
    """What Telegram must show with each delivery; derived from the token when not given."""
    allowed_users: Annotated[tuple[str, ...], NoDecode] = ()
    """User ids, separated by commas. With this or `allowed_chats` set, nobody else may use the bot."""
    allowed_chats: Annotated[tuple[str, ...], NoDecode] = ()
    """Group ids, separated by commas."""
    drafts: bool = False
    """In private chats, show progress as a draft that becomes a message when the job ends; without a stop button."""

    @field_validator("allowed_users", "allowed_chats", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _list(value)

    @model_validator(mode="after")
    def _check_local(self) -> TelegramSettings:
        if self.local and self.api_url == TELEGRAM_API_URL:
            raise ValueError("TELEGRAM_LOCAL needs TELEGRAM_API_URL, the root of a Bot API server of one's own")
        return self

    @field_validator("webhook_secret")
    @classmethod
    def _secret_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("1 to 256 letters, digits, _ and -")
        return value


class DiscordSettings(BaseSettings):
    """Discord."""

    model_config = SettingsConfigDict(**_COMMON | {"env_prefix": "DISCORD_"})

    token: SecretStr | None = None
    """The bot's token."""
    api_url: str = ""
    """Root of another server's REST interface; its `/gateway/bot` names the gateway unless `gateway_url` does."""
    cdn_url: str = ""
    """Root of another file server, in place of cdn.discordapp.com and media.discordapp.net."""
    gateway_url: str = ""
    """Another gateway, `wss://...`."""
    message_content: bool | None = None
    """Whether to ask for the message content intent. Unset: ask, and do without where it is not granted."""
    members: bool = False
    """Whether to ask for the server members intent: who leaves a server then takes their files out of its events."""
    lend_links: bool = False
    """Whether the cloud service may fetch files from Discord by their signed links, instead of being sent the bytes."""
    allowed_users: Annotated[tuple[str, ...], NoDecode] = ()
    """User ids, separated by commas. With this or `allowed_roles` set, nobody else may use the bot."""
    allowed_roles: Annotated[tuple[str, ...], NoDecode] = ()
    """Role ids, separated by commas."""
    allowed_channels: Annotated[tuple[str, ...], NoDecode] = ()
    """Channel ids, separated by commas: the only channels of servers in which the bot answers."""

    @field_validator("allowed_users", "allowed_roles", "allowed_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _list(value)


class Settings(BaseSettings):
    """Everything. With nothing set, nothing leaves the machine."""

    model_config = SettingsConfigDict(**_COMMON | {"env_prefix": "HIGHLIGHT_", "env_nested_delimiter": "__"})

    data_dir: Path = Field(default_factory=default_data_dir)
    """Database, spool and the studio's projects. One bot per folder."""
    backend: Literal["studio", "nemo"] | None = None
    """`studio` (embedded) unless a Nemo token or URL is set, then `nemo`."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least important kind of record that is logged."""
    owners: Annotated[tuple[str, ...], NoDecode] = ()
    """Who runs this bot: `platform:user id`, separated by commas."""
    policy: dict[str, Any] = Field(default_factory=dict)
    """Single intervals and limits, as `HIGHLIGHT_POLICY__NAME`; docs/operations.md lists them."""
    failpoint: str | None = None
    """Die by SIGKILL at this point of a turn; for tests of recovery. docs/operations.md lists the points."""
    skill_source: str | None = Field(default=None, validation_alias="SKILL_SOURCE")
    """Where the skill was installed from, told to the service."""
    http_port: int | None = Field(default=None, ge=0, le=65535)
    """Port of the bot's own HTTP server (health, webhook, films); without one there is no server."""
    http_host: str = "127.0.0.1"
    """Address it listens at; `0.0.0.0` in a container."""
    public_url: str | None = None
    """Public address that ends at `HIGHLIGHT_HTTP_PORT`; films too large for a chat are handed out below it."""
    nemo: NemoSettings = Field(default_factory=NemoSettings)
    telegram: TelegramSettings = Field(default_factory=TelegramSettings)
    discord: DiscordSettings = Field(default_factory=DiscordSettings)

    @field_validator("owners", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _list(value)

    @field_validator("failpoint")
    @classmethod
    def _known_point(cls, value: str | None) -> str | None:
        if value is not None and value not in POINTS:
            raise ValueError(f"one of {', '.join(POINTS)}")
        return value

    @model_validator(mode="after")
    def _check_policy(self) -> Settings:
        known = {field.name for field in fields(Policy)}
        if unknown := sorted(set(self.policy) - known):
            raise ValueError(f"HIGHLIGHT_POLICY__{unknown[0].upper()} is no known setting; see docs/operations.md")
        try:
            self.effective_policy()
        except ValidationError as error:
            name = error.errors()[0]["loc"][0]
            raise ValueError(f"HIGHLIGHT_POLICY__{str(name).upper()} must be a number") from None
        return self

    @model_validator(mode="after")
    def _check_webhook(self) -> Settings:
        if self.telegram.webhook_url and self.http_port is None:
            raise ValueError("TELEGRAM_WEBHOOK_URL needs HIGHLIGHT_HTTP_PORT, where the webhook's requests arrive")
        if self.public_url and self.http_port is None:
            raise ValueError("HIGHLIGHT_PUBLIC_URL needs HIGHLIGHT_HTTP_PORT, where the requests for films arrive")
        return self

    @field_validator("public_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~/-]*)?", value):
            raise ValueError("an address that begins with https:// or http://, without user, query or fragment")
        return value

    @property
    def effective_backend(self) -> Literal["studio", "nemo"]:
        """Which editing service is used."""
        return self.backend or ("nemo" if self.nemo.token or self.nemo.api_url else "studio")

    def effective_policy(self) -> Policy:
        """The policy with the backend's defaults and the operator's changes."""
        defaults = STUDIO if self.effective_backend == "studio" else {}
        return _policy().validate_python({**defaults, **self.policy})


@cache
def _policy() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)


def load() -> Settings:
    """Read the settings now. Raises SettingsInvalid with one line per fault."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsInvalid("\n".join(_sentence(fault["loc"], fault["msg"]) for fault in error.errors())) from None


class SettingsInvalid(Exception):
    """Something in the environment cannot be used; the text names it without its value."""


def child_environment() -> dict[str, str]:
    """What a child process of ours needs of the environment, and no secret."""
    kept = (
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "TMPDIR",
        "TZ",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "COVERAGE_PROCESS_START",
    )
    return {name: os.environ[name] for name in kept if name in os.environ}  # noqa: TID251


def _list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    name = "__".join(str(part) for part in where).upper()
    return f"{name}: {message}" if name else message.removeprefix("Value error, ")
