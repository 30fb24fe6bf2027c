"""The commands."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot import logs, settings
from bot.core.errors import BotError
from bot.i18n import catalog
from bot.store.engines import make_folder
from bot.store.sqlite import refuse_old_sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

STUDIO_PORT = 8377
EXIT_FAILED, EXIT_USAGE = 1, 2
EXIT_PASSING, EXIT_UNUSABLE = 75, 78
"""EX_TEMPFAIL and EX_CONFIG of sysexits.h: whether starting again later may help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        loaded = settings.load()
    except settings.SettingsInvalid as error:
        print(f"A setting cannot be used:\n{error}", file=sys.stderr)
        return EXIT_UNUSABLE
    try:
        code = int(options.command(loaded, options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("\nStopped. What was under way goes on at the next start.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads: not what is buffered either
        return EXIT_FAILED
    except BotError as error:
        print(catalog.load().text("en", error.key, **error.params), file=sys.stderr)
        return EXIT_PASSING if error.passing else EXIT_UNUSABLE


def _begin(loaded: settings.Settings) -> None:
    """What every command with a database needs, before it does anything slow."""
    refuse_old_sqlite()
    make_folder(loaded.data_dir)


def _run(loaded: settings.Settings, options: argparse.Namespace) -> int:
    from bot.run import serve  # the chat libraries take a second to load

    _begin(loaded)
    logs.set_up(loaded.log_level)
    asyncio.run(serve(loaded))
    return 0


def _demo(loaded: settings.Settings, options: argparse.Namespace) -> int:
    from bot.demo import play  # the terminal is drawn only by this command

    _begin(loaded)
    logs.set_up(loaded.log_level, file=loaded.data_dir / "bot.log")
    if missing := [str(path) for path in options.media if not path.is_file()]:
        print(f"No such file: {', '.join(missing)}", file=sys.stderr)
        return EXIT_USAGE
    return asyncio.run(play(loaded, media=options.media, says=options.say, out=options.out))


def _chat(loaded: settings.Settings, options: argparse.Namespace) -> int:
    from bot.demo import converse

    _begin(loaded)
    logs.set_up(loaded.log_level, file=loaded.data_dir / "bot.log")
    asyncio.run(converse(loaded, out=options.out))
    return 0


def _studio(loaded: settings.Settings, options: argparse.Namespace) -> int:
    from bot.studio_command import serve_alone

    logs.set_up(loaded.log_level)
    return asyncio.run(serve_alone(options.data_dir or loaded.data_dir / "studio-alone", port=options.port))


def _doctor(loaded: settings.Settings, options: argparse.Namespace) -> int:
    from bot.doctor.examine import report

    logs.set_up("ERROR")
    return EXIT_FAILED if asyncio.run(report(loaded)) else 0


def _explain(_: settings.Settings, options: argparse.Namespace) -> int:
    from bot.explain import explain, explain_lines
    from bot.explain_reply import explain_drafts, explain_replies

    if options.jsonl:
        measured = explain_replies if options.reply else explain_drafts if options.draft else explain_lines
        return 0 if measured(sys.stdin.buffer, sys.stdout, sys.stderr) else EXIT_FAILED
    if options.text is None or options.reply or options.draft:
        print("Say which text, or give lines of JSON with --jsonl.", file=sys.stderr)
        return EXIT_USAGE
    print(explain(options.text, has_media=options.media is not None))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="highlight-bot",
        description="Drop photos and clips into a chat, get a highlight video back.",
        epilog="Settings come from the environment or a .env file; README.md lists the important ones.",
    )
    parser.add_argument("--version", action="version", version=f"highlight-bot {version('highlight-bot')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    run = commands.add_parser(
        "run",
        help="serve Telegram and Discord",
        description="Serves every platform whose token is set (TELEGRAM_TOKEN, DISCORD_TOKEN) until SIGTERM or Ctrl-C. "
        "What is under way then goes on at the next start.",
    )
    run.set_defaults(command=_run)
    demo = commands.add_parser(
        "demo",
        help="watch a chat in which photos become a film",
        description="Plays a conversation on the embedded editing service, with no account and no network, "
        "and leaves the film. Killed in the middle, the same command goes on where it was.",
    )
    demo.add_argument(
        "media", nargs="*", type=Path, metavar="MEDIA", help="photos and clips; sample photos if none are given"
    )
    demo.add_argument("--say", action="append", metavar="TEXT", help="what to say to the bot; may be repeated")
    demo.add_argument(
        "--out", type=Path, default=Path("highlight.mp4"), metavar="FILE", help="where the film goes (%(default)s)"
    )
    demo.set_defaults(command=_demo)
    chat = commands.add_parser(
        "chat",
        help="talk to the bot in this terminal",
        description="A conversation: words, commands with a slash, files by path or dragged into the window. "
        "Ctrl-C stops the turn, not the program.",
    )
    chat.add_argument(
        "--out",
        type=Path,
        default=Path("highlight.mp4"),
        metavar="FILE",
        help="where films go (%(default)s, then -2 ...)",
    )
    chat.set_defaults(command=_chat)
    studio = commands.add_parser(
        "studio",
        help="serve the embedded editing service alone, for any client",
        description="Serves on loopback until stopped; docs/operations.md shows a film made with curl.",
    )
    studio.add_argument("--port", type=int, default=STUDIO_PORT, help="0 takes any free port (%(default)s)")
    studio.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where it keeps everything (studio-alone in the data directory)"
    )
    studio.set_defaults(command=_studio)
    doctor = commands.add_parser(
        "doctor",
        help="look at every part, and say what mends each fault",
        description="Exits with 0 when everything works, else with 1. Changes nothing and spends nothing.",
    )
    doctor.set_defaults(command=_doctor)
    explain = commands.add_parser(
        "explain",
        help="show how a message is understood, and by which row of the table",
        description="docs/routing.md explains the rows. With --jsonl it reads lines of "
        '{"id", "text", "has_media"} and writes lines of {"id", "intent"}; with --reply also, {"id", "backend_text"} '
        'and {"id", "text", "actions"}; with --draft also, {"id", "draft"} and {"id", "summary", "ready"}.',
    )
    explain.add_argument("text", nargs="?", metavar="TEXT", help="what somebody says")
    explain.add_argument("--media", choices=["photo", "video", "audio"], help="as if such a file came with it")
    explain.add_argument("--jsonl", action="store_true", help="read messages from standard input, one a line")
    measured = explain.add_mutually_exclusive_group()
    measured.add_argument("--reply", action="store_true", help="with --jsonl: what the chat shows of an agent's reply")
    measured.add_argument("--draft", action="store_true", help="with --jsonl: what the chat shows of a draft")
    explain.set_defaults(command=_explain)
    return parser
