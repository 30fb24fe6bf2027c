"""What the frames of a run mean: ADK events (F2), typed frames (F1), errors in every framing, and noise. Pure."""

from __future__ import annotations

import re
from typing import Any

from bot.core.events import AgentEvent, Beat, Complained, Said, Worked
from bot.nemo.codes import NOT_FAILURES, Call, meaning
from bot.nemo.envelope import REASON_CHARS, clean, error_code, error_text, parse

RUN_CHARS = 200_000
"""Most characters of one run's words that are kept: a service that says more is not talking to a person."""

UNREADABLE = "UNREADABLE"
"""The code of a complaint about a frame that says nothing readable."""

_TYPED_CALLS = frozenset({"tool_call", "function_call", "tool_start"})
_TYPED_RESULTS = frozenset({"tool_result", "function_response", "tool_end"})
_TYPED_TOOLS = _TYPED_CALLS | _TYPED_RESULTS
_TYPED_TEXT = frozenset({"text", "message"})
_SILENT_EVENTS = frozenset({"heartbeat", "ping", "done"})
_TOOL_PARTS = {"functionCall": False, "function_call": False, "functionResponse": True, "function_response": True}
_MARKERS = frozenset({"", "[done]", "heartbeat", "ping", "keep-alive", "keepalive"})
_BROKEN_ERROR = re.compile(r'\s*\{\s*"error"\s*:\s*"?(.*?)"?\s*\}?\s*', re.DOTALL)
_SYSTEM_ERROR = re.compile(r"\s*Error:\s*(.*)", re.DOTALL)


class RunReader:
    """Reads one run. Words are counted once: deltas are held back until the event that repeats them, or the end."""

    def __init__(self) -> None:
        self._held: dict[str, list[str]] = {}
        self._said: list[str] = []
        self._finals: set[tuple[str, str]] = set()
        self._chars = 0
        self._complaint = ""

    def feed(self, data: str, event: str = "") -> list[AgentEvent]:
        """What one frame means: at least one event, since any frame is a sign of life. Never raises."""
        if data.strip().lower() in _MARKERS:
            return [Beat()]
        try:
            body = parse(data)
        except ValueError:
            return [self._unreadable(data, event)]
        if event.lower() == "error":
            return [self._complain(body)]
        return (self._typed(body) or self._adk(body)) if isinstance(body, dict) else [Beat()]

    def close(self) -> list[AgentEvent]:
        """The stream ended well: words whose repetition never came are said now."""
        said = _squeezed("".join(self._said))
        leftovers = ["".join(parts) for parts in self._held.values()]
        self._held.clear()
        return [Said(text=text) for text in leftovers if text.strip() and _squeezed(text) not in said]

    def _unreadable(self, data: str, event: str) -> AgentEvent:
        if event.lower() in _SILENT_EVENTS:
            return Beat()
        # ADK up to 1.22 does not escape the text of its error frames: quotes and line breaks make them invalid JSON.
        broken = _BROKEN_ERROR.fullmatch(data)
        return Complained(code="" if broken else UNREADABLE, message=_short(broken[1] if broken else data))

    # ---- typed frames -----------------------------------------------------------------------------------------------

    def _typed(self, body: dict[str, Any]) -> list[AgentEvent]:
        kind = body.get("type")
        if not isinstance(kind, str) or isinstance(body.get("content"), dict):
            return []
        kind = kind.lower()
        if kind in _TYPED_TOOLS:
            return [Worked(tool=_name(body), finished=kind in _TYPED_RESULTS)]
        if kind == "error":
            return [self._complain(body)]
        return self._words(body, _plain_text(body)) if kind in _TYPED_TEXT else [Beat()]

    # ---- ADK events -------------------------------------------------------------------------------------------------

    def _adk(self, body: dict[str, Any]) -> list[AgentEvent]:
        complaint = self._complaint_of(body)
        if complaint is not None:
            return [complaint]
        content = body.get("content")
        if not isinstance(content, dict):
            return self._words(body, _plain_text(body))
        raw = content.get("parts")
        parts = [part for part in raw if isinstance(part, dict)] if isinstance(raw, list) else []
        spoken = "".join(_part_text(part) for part in parts)
        tools = [] if body.get("partial") is True else [worked for part in parts if (worked := _worked(part))]
        if not spoken or content.get("role") == "user":
            return [*tools] or [Beat()]
        words = self._words(body, spoken)
        return [*words, *tools]

    def _complaint_of(self, body: dict[str, Any]) -> AgentEvent | None:
        code = body.get("errorCode", body.get("error_code"))
        if isinstance(code, str) and code in NOT_FAILURES:
            return None  # a model that merely had nothing to add
        details = body.get("error_details", body.get("errorDetails"))
        if isinstance(details, dict) and self._complaint and details.get("error_type") == self._complaint:
            return Beat()  # ADK 2 reports the same exception as an event and as a frame
        if code or body.get("error") or body.get("detail"):
            return self._complain(body)
        if error_code(body) is not None and meaning(error_code(body), Call.RUN):
            return self._complain(body)
        return None

    # ---- shared -----------------------------------------------------------------------------------------------------

    def _words(self, body: dict[str, Any], spoken: str) -> list[AgentEvent]:
        author = _label(body.get("author"))
        if not spoken or author == "user":
            return [Beat()]
        if author == "system" and (failed := _SYSTEM_ERROR.fullmatch(spoken)):
            return [Complained(code="", message=_short(failed[1]))]  # how ADK 1.23 words an exception
        spoken = clean(spoken)[: max(0, RUN_CHARS - self._chars)]
        self._chars += len(spoken)
        if body.get("partial") is True:
            self._held.setdefault(author, []).append(spoken)
            return [Beat()]
        self._held.pop(author, None)
        mark = (_label(body.get("id")), spoken)
        if not spoken.strip() or (mark[0] and mark in self._finals):
            return [Beat()]
        self._finals.add(mark)
        self._said.append(spoken)
        return [Said(text=spoken)]

    def _complain(self, body: object) -> Complained:
        code = error_code(body)
        if isinstance(body, dict) and code is None:
            code = body.get("errorCode", body.get("error_code", body.get("code")))
            message = body.get("errorMessage", body.get("error_message"))
            text = message if isinstance(message, str) else error_text(body) or _plain_text(body)
        else:
            text = error_text(body)
        self._complaint = clean(str(code)) if isinstance(code, str | int) else ""
        known = meaning(code, Call.RUN)
        return Complained(code=self._complaint[:80], message=_short(text), error=known.__name__ if known else "")


def _short(text: str) -> str:
    return clean(text).strip()[:REASON_CHARS]


def _label(value: object) -> str:
    return value[:100] if isinstance(value, str) else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _plain_text(body: dict[str, Any]) -> str:
    for key in ("content", "text"):
        value = body.get(key)
        if isinstance(value, str):
            return value
    return ""


def _part_text(part: dict[str, Any]) -> str:
    text = part.get("text")
    return text if isinstance(text, str) and not part.get("thought") else ""


def _worked(part: dict[str, Any]) -> Worked | None:
    for key, finished in _TOOL_PARTS.items():
        if isinstance(part.get(key), dict):
            return Worked(tool=_name(part[key]), finished=finished)
    return None


def _name(holder: dict[str, Any]) -> str:
    name = holder.get("name")
    return clean(name)[:200] if isinstance(name, str) else ""
