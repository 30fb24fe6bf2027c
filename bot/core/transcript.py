"""What a run amounted to: its events, folded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.events import Complained, Said, Worked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.events import AgentEvent

TEXT_LIMIT = 20_000
"""Characters kept of one run's words."""
TOOLS_KEPT = 100

_SENTENCE_END = re.compile(r"[.!?…](?=\s)|[。！？…]|\n")
_COMPLETE = re.compile(r"[.!?…:。！？：][^\w\s]*\s*$")
_TEMPORARY = re.compile(
    r"\b(?:temporar(?:y|ily)|transient|momentary|brief|intermittent)\b.{0,40}"
    r"\b(?:issues?|errors?|problems?|glitch(?:es)?|hiccups?|failures?|difficult(?:y|ies)|unavailable|outage)\b"
    r"|\b(?:technical|connection) (?:issue|difficult(?:y|ies)|problem|hiccup)s?\b"
    r"|\b(?:something|it) (?:went|has gone|seems to have gone) wrong\b"
    r"|(?:临时|暂时|短暂|技术)(?:性|上)?的?[^。！？]{0,6}(?:问题|错误|故障|异常|困难)|暂时(?:不可用|无法|出现)",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"\b(?:fixed|solved|resolved|replaced|removed|worked around|instead)\b|已(?:经)?(?:解决|修复|替换|去掉)",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"^\W*(?:(?:i'm |i am |so |very )*sorry|(?:i )?apologi[sz]e|apologies|please (?:try|retry|bear|wait|stand)"
    r"|(?:you can |let me )?try(?:ing)? (?:again|that)|would you like me to (?:re)?try"
    r"|抱歉|很抱歉|对不起|请(?:您)?(?:稍后|重试|再试|稍等)|稍后)",
    re.IGNORECASE,
)
_PHASES = (
    ("status.working_sound", ("music", "suno", "audio", "voiceover", "voice_over", "tts", "bgm")),
    ("status.working_video", ("generate_video", "seedance")),
    ("status.working_look", ("understand", "analyze", "analyse")),
    ("status.working_titles", ("title", "caption", "subtitle")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The outcome of a run so far."""

    texts: tuple[str, ...] = ()
    """What was said, nothing of it twice."""
    tools: tuple[str, ...] = ()
    """Names of tools that finished."""
    complaint: Complained | None = None

    @property
    def text(self) -> str:
        """The agent's words, joined, in whole sentences; a trailing "temporary issue" after a good run is dropped."""
        texts = [text.strip() for text in self.texts if text.strip()]
        if texts:
            calm = _without_noise(texts[-1])
            if calm or len(texts) > 1 or self.tools:  # alone it is all there is
                texts[-1] = calm
        return _within(_joined(text for text in texts if text), TEXT_LIMIT)


def fold(transcript: Transcript, event: AgentEvent) -> Transcript:
    """Add one event. Of a final that repeats what was said, and adds to it, only the addition counts."""
    if isinstance(event, Said):
        fresh = _unsaid(transcript.texts, event.text)
        return replace(transcript, texts=(*transcript.texts, fresh)) if fresh.strip() else transcript
    if isinstance(event, Worked) and event.finished:
        return replace(transcript, tools=(*transcript.tools, event.tool)[-TOOLS_KEPT:])
    if isinstance(event, Complained):
        return replace(transcript, complaint=event)
    return transcript


def phase_of(tool: str) -> str:
    """The key of the live line for a tool of the agent's, by what its name is known to contain."""
    name = tool.lower()
    return next((key for key, parts in _PHASES if any(part in name for part in parts)), "status.working")


def _unsaid(texts: tuple[str, ...], text: str) -> str:
    """What of a text has not been said yet."""
    if any(text.strip() == said.strip() for said in texts):
        return ""
    for said in ("".join(texts), texts[-1] if texts else ""):
        if said.strip() and _COMPLETE.search(said) and (rest := _after(said, text)) is not None:
            return rest
    return text


def _after(said: str, text: str) -> str | None:
    """What follows in `text` once it has repeated `said`, white space apart; None when it says something else."""
    letters = ((at, letter) for at, letter in enumerate(text) if not letter.isspace())
    end = 0
    for wanted in "".join(said.split()):
        at, letter = next(letters, (0, ""))
        if letter != wanted:
            return None
        end = at + 1
    return text[end:].strip()


def _without_noise(text: str) -> str:
    """A text without the "temporary issue" at its end, and what the agent adds to it ("please try again")."""
    borders = [0, *(hit.end() for hit in _SENTENCE_END.finditer(text)), len(text)]
    kept, noise = len(borders) - 1, False
    while kept > 0:
        sentence = text[borders[kept - 1] : borders[kept]]
        temporary = _TEMPORARY.search(sentence) and not _MENDED.search(sentence)
        if sentence.strip() and not temporary and not _FOLLOW_UP.search(sentence):
            break
        noise = noise or bool(temporary)
        kept -= 1
    return text[: borders[kept]].strip() if noise else text


def _joined(texts: Iterable[str]) -> str:
    """Finals as paragraphs; a sentence that was cut in two by one is made whole."""
    joined = ""
    for text in texts:
        cut = joined and text[:1].islower() and not _COMPLETE.search(joined)
        joined = f"{joined}{' ' if cut else chr(10) * 2 if joined else ''}{text}"
    return joined


def _within(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    ends = [hit.end() for hit in _SENTENCE_END.finditer(text, 0, limit)]
    return text[: ends[-1] if ends else limit].rstrip()
