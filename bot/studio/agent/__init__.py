"""The studio's agent: rules, not a model. Pure functions from a message and a project to a film and words about it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.studio.agent.answer import answer
from bot.studio.agent.apply import apply
from bot.studio.agent.compose import compose
from bot.studio.agent.differences import changes, same_moments
from bot.studio.agent.facts import Facts, facts
from bot.studio.agent.listing import Line, lines, versions
from bot.studio.agent.operations import Explain, ListShots, Operation, Versions
from bot.studio.agent.reasons import Row, reasons
from bot.studio.agent.recipe import Media, Recipe, from_json, to_json
from bot.studio.agent.text import Message
from bot.studio.agent.understand import understand

__all__ = ["Media", "Reply", "converse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The project after a message, its draft (None while there is nothing to show), and what to say."""

    project: dict[str, Any]
    draft: dict[str, Any] | None
    operations: list[dict[str, Any]]
    text: str


def converse(project: dict[str, Any] | None, message: str, media: Sequence[Media], language: str) -> Reply:
    """Carry out one message on a stored project; `media` in order of upload, `language` of the session as fallback."""
    known = {one.id: one for one in media}
    old = from_json(project)
    operations = understand(message)
    chinese = _in_chinese(message, language)
    applied = apply(old, operations, media, "zh" if chinese else "en")
    new = applied.project
    before = facts(old.present, known) if old.present.shots else None
    after = facts(new.present, known) if new.present.shots else None
    text = answer(
        before=before,
        after=after,
        changes=changes(before, after, known) if before and after else [],
        remarks=applied.remarks,
        why=_asked_why(operations, new.present, known),
        shots=_asked_shots(operations, before, after, lines(new.present, known)),
        versions=versions(new, known) if Versions() in operations else (),
        chinese=chinese,
    )
    return Reply(
        project=to_json(new),
        draft=compose(new.present, known),
        operations=[_as_json(operation) for operation in operations],
        text=text,
    )


def _asked_why(operations: Sequence[Operation], recipe: Recipe, media: Mapping[str, Media]) -> tuple[Row, ...] | None:
    asked = [one for one in operations if isinstance(one, Explain)]
    return reasons(recipe, media, " ".join(one.question for one in asked)) if asked else None


def _asked_shots(
    operations: Sequence[Operation], before: Facts | None, after: Facts | None, shots: tuple[Line, ...]
) -> tuple[Line, ...]:
    """What is in the film, where somebody asks or other moments of recordings are in it than before."""
    if ListShots() in operations:
        return shots
    if after is None or not any(one.moment for one in after.shown):
        return ()
    return () if before is not None and same_moments(before, after) else shots


def _in_chinese(message: str, language: str) -> bool:
    spoken = Message(message).language
    return (spoken or language.lower()).startswith("zh")


def _as_json(operation: Operation) -> dict[str, Any]:
    """As the arguments of the edit tool show it."""
    return {"operation": type(operation).__name__} | asdict(operation)
