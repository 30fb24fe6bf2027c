"""What the bot makes of the agent's words, and of a draft: for measuring, one JSON object a line."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from bot.core import summary, timeline
from bot.core.gui import translate
from bot.core.language import language_of
from bot.explain import lines_of
from bot.i18n import catalog
from bot.i18n.gui import load_gui

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.gui import Vocabulary

    Entry = dict[str, Any]


def explain_replies(source: IO[bytes], out: IO[str], errors: IO[str]) -> bool:
    """`{"id", "backend_text"}` a line in, `{"id", "text", "actions"}` a line out. Whether every line could be read."""
    vocabulary, sentences = load_gui(), catalog.load()
    return _each(source, out, errors, lambda entry: reply(entry, vocabulary, sentences))


def explain_drafts(source: IO[bytes], out: IO[str], errors: IO[str]) -> bool:
    """`{"id", "draft"}` a line in, `{"id", "summary", "ready"}` a line out. Whether every line could be read."""
    return _each(source, out, errors, draft)


def reply(entry: Entry, vocabulary: Vocabulary, sentences: catalog.Catalog) -> Entry:
    """The text as the chat would show it alone, never empty, and the kinds of actions. Raises ValueError."""
    said = entry.get("backend_text")
    if not isinstance(said, str):
        raise ValueError("needs a string `backend_text`")  # noqa: TRY004 - one kind of error for every unusable line
    translated = translate(said, vocabulary=vocabulary)
    language = language_of(said, hint="en", known=sentences.languages)
    text = translated.text if translated.text.strip() else sentences.text(language, "edit.nothing_said")
    return {"text": text, "actions": list(translated.kinds)}


def draft(entry: Entry) -> Entry:
    """The summary of a draft, and whether it can be exported."""
    read = timeline.read(entry.get("draft"))
    return {"summary": summary.summarise(read), "ready": read.ready}


def _each(source: IO[bytes], out: IO[str], errors: IO[str], answer: Callable[[Entry], Entry]) -> bool:
    good = True
    for number, line in lines_of(source):
        try:
            entry = _entry(line)
            print(json.dumps({"id": entry["id"], **answer(entry)}), file=out)
        except ValueError as error:
            print(f"line {number}: {error}", file=errors)
            good = False
    return good


def _entry(line: bytes) -> Entry:
    """Raises ValueError in words."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("is not JSON, is nested too deeply, or is too long") from None
    if not isinstance(entry, dict) or "id" not in entry:
        raise ValueError("is not an object with an id")
    return entry
