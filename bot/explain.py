"""Why a message is understood as it is: for people who extend the table, and for measuring."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any

from bot.core.intents import LIKENESS, readings, route
from bot.i18n.catalog import load_keywords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.intents import Keywords

MAX_LINE = 1 << 20
"""Bytes of one line of input; a longer one is refused."""
_SPACES_OF_SIGNS = re.compile(r"(?<=[\u2e80-\u9fff\uac00-\ud7af]) (?=[\u2e80-\u9fff\uac00-\ud7af])")
NOTHING_SAID = "help"
"""What an empty message without files counts as: there is nothing to carry out, so the answer is how to begin."""


def explain(text: str, *, has_media: bool) -> str:
    """The decision about a message and the rows that made it, in words, for a terminal."""
    table = load_keywords()
    decided = route(text, table, has_media=has_media)
    lines = [f"{intent_of(text, table, has_media=has_media)}" + (" (a highlight request)" if decided.highlight else "")]
    if has_media:
        lines.append("  the files: upload")
    if decided.rule == LIKENESS:
        lines.append(f'  as a whole: {decided.intents[0]}, by "{LIKENESS}": much like messages that are known')
    for part in readings(text, table, has_media=has_media):
        words = _SPACES_OF_SIGNS.sub("", " ".join(token.text for token in part.clause.tokens))
        kinds = " ".join(token.kind for token in part.clause.tokens)
        lines += [f'  "{words}": {part.means}, by "{part.rule}": {part.why}', f"    read as: {kinds}"]
    return "\n".join(lines).encode("utf-8", "replace").decode()


def intent_of(text: str, table: Keywords, *, has_media: bool) -> str:
    """The intents of a message in order, joined by "+"."""
    return "+".join(route(text, table, has_media=has_media).intents) or NOTHING_SAID


def explain_lines(source: IO[bytes], out: IO[str], errors: IO[str]) -> bool:
    """Read `{"id", "text", "has_media"}` a line, write `{"id", "intent"}` a line. Whether every line could be read."""
    table = load_keywords()
    good = True
    for number, line in lines_of(source):
        try:
            name, text, has_media = _message(line)
        except ValueError as error:
            print(f"line {number}: {error}", file=errors)
            good = False
            continue
        print(json.dumps({"id": name, "intent": intent_of(text, table, has_media=has_media)}), file=out)
    return good


def lines_of(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; one that is too long comes as nothing, in bounded memory."""
    number = 0
    while line := source.readline(MAX_LINE):
        number += 1
        whole = line
        while line and not line.endswith(b"\n"):  # the rest of a line that is too long, or the end of the input
            line = source.readline(MAX_LINE)
            whole = b"" if line else whole
        if whole.strip() or not whole:
            yield number, whole


def _message(line: bytes) -> tuple[Any, str, bool]:
    """Raises ValueError in words."""
    if not line:
        raise ValueError(f"longer than {MAX_LINE} bytes")
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("is not JSON") from None
    if not isinstance(entry, dict) or "id" not in entry:
        raise ValueError("is not an object with an id")
    if not isinstance(entry.get("text"), str):
        raise ValueError("needs a string `text`")  # noqa: TRY004 - one kind of error for every unusable line
    return entry["id"], entry["text"], bool(entry.get("has_media"))
