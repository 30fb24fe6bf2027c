"""What a run amounted to: its events, folded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.events import Complained, Said, Worked

if TYPE_CHECKING:
    from bot.core.events import AgentEvent

TEXT_LIMIT = 20_000
"""Characters kept of one run's words."""

_TEMPORARY = re.compile(
    r"^[^.!?\n]*\b(?:encountered|ran into|experienc\w+|hit)\b[^.!?\n]*"
    r"\b(?:temporary|transient)\b[^.!?\n]*\b(?:issue|error|problem)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The outcome of a run so far."""

    texts: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    """Names of tools that finished."""
    complaint: Complained | None = None

    @property
    def text(self) -> str:
        """The agent's words, finals joined, a trailing "temporary issue" after real output dropped."""
        texts = list(self.texts)
        if len(texts) > 1 or (texts and self.tools):
            while texts and _TEMPORARY.match(texts[-1].strip()):
                texts.pop()
        return "\n\n".join(text.strip() for text in texts if text.strip())[:TEXT_LIMIT]


def fold(transcript: Transcript, event: AgentEvent) -> Transcript:
    """Add one event. The same sentence repeated by a later final counts once."""
    if isinstance(event, Said):
        if not event.text.strip() or (transcript.texts and transcript.texts[-1].strip() == event.text.strip()):
            return transcript
        return replace(transcript, texts=(*transcript.texts, event.text))
    if isinstance(event, Worked) and event.finished:
        return replace(transcript, tools=(*transcript.tools, event.tool)[-100:])
    if isinstance(event, Complained):
        return replace(transcript, complaint=event)
    return transcript
