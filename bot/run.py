"""`highlight-bot run`: every platform that has a token, on one engine, until told to stop."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from adapters.discord.addresses import Addresses
from adapters.discord.gate import Gate
from adapters.discord.platform import Discord
from adapters.telegram.config import TelegramConfig
from adapters.telegram.platform import Telegram
from adapters.telegram.webhook import handler, path_of, secret_of
from bot import app
from bot.core.errors import BotError
from bot.i18n import catalog
from bot.store.database import Database
from bot.store.engines import make_folder
from bot.store.notebook import SqlNotebook
from bot.web.films import DAY, FilmShelf, key_in
from bot.web.server import WebServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.engine.ports import Notebook, Platform
    from bot.i18n.catalog import Catalog
    from bot.settings import Settings
    from bot.web.server import Handler

DISCORD_FILES = "discord"
"""Folder of files that Discord hands out once. Not in the spool, which is emptied at each start."""

FILM_KEY = "films.key"


class NothingToRun(BotError):
    """No platform has a token."""

    key = "operator.nothing_to_run"


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or cancellation. Raises BotError for what the operator must mend."""
    platforms: list[Platform] = []
    posts: dict[str, Handler] = {}
    checks: dict[str, Callable[[], bool]] = {}
    shelf: FilmShelf | None = None
    async with AsyncExitStack() as stack:
        make_folder(settings.data_dir)
        notes = Database(settings.data_dir / app.DATABASE)
        stack.push_async_callback(notes.close)
        words = catalog.load()
        if settings.telegram.token is not None:
            config = telegram_config(settings)
            notebook = SqlNotebook(notes, Telegram.name)
            telegram = await stack.enter_async_context(Telegram.opened(config, notebook, words))
            platforms.append(telegram)
            checks[telegram.name] = lambda: telegram.reception.ready
            if config.webhook_url:
                posts[path_of(config)] = handler(secret_of(config), telegram.take)
        if settings.discord.token is not None:
            discord = discord_platform(settings, SqlNotebook(notes, Discord.name), words)
            platforms.append(discord)
            checks[discord.name] = lambda: discord.ready
        if not platforms:
            raise NothingToRun
        if settings.http_port is not None:
            shelf = film_shelf(settings)
            server = WebServer(
                host=settings.http_host,
                port=settings.http_port,
                ready=lambda: {name: check() for name, check in checks.items()},
                posts=posts,
                gets={shelf.route: shelf.serve} if shelf else {},
            )
            await stack.enter_async_context(server.serving())
        await app.run(settings, platforms, shelf)


def film_shelf(settings: Settings) -> FilmShelf | None:
    """Where films can be had by address, if the bot has one of its own."""
    if settings.public_url is None:
        return None
    policy = settings.effective_policy()
    return FilmShelf(
        app.films(settings),
        key=key_in(settings.data_dir / FILM_KEY),
        public_url=settings.public_url,
        days=min(policy.film_link_days, policy.keep_films / DAY),
    )


def telegram_config(settings: Settings) -> TelegramConfig:
    """The Telegram adapter's part of the settings."""
    given = settings.telegram
    assert given.token is not None
    return TelegramConfig(
        token=given.token.get_secret_value(),
        api_url=given.api_url,
        local=given.local,
        local_dir=given.local_dir,
        webhook_url=given.webhook_url or "",
        webhook_secret=given.webhook_secret.get_secret_value() if given.webhook_secret else "",
        allowed_users=frozenset(given.allowed_users),
        allowed_chats=frozenset(given.allowed_chats),
        owners=frozenset(owner.removeprefix("telegram:") for owner in settings.owners if owner.startswith("telegram:")),
        drafts=given.drafts,
    )


def discord_platform(settings: Settings, notebook: Notebook, words: Catalog) -> Discord:
    """The Discord adapter with its part of the settings."""
    given = settings.discord
    assert given.token is not None
    return Discord(
        token=given.token.get_secret_value(),
        notebook=notebook,
        catalog=words,
        policy=settings.effective_policy(),
        folder=settings.data_dir / DISCORD_FILES,
        addresses=Addresses(api=given.api_url, cdn=given.cdn_url, gateway=given.gateway_url),
        gate=Gate(
            owners=frozenset(
                owner.removeprefix("discord:") for owner in settings.owners if owner.startswith("discord:")
            ),
            users=frozenset(given.allowed_users),
            roles=frozenset(given.allowed_roles),
            channels=frozenset(given.allowed_channels),
        ),
        message_content=given.message_content,
        members=given.members,
        lend_links=given.lend_links,
    )
