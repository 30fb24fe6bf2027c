"""One message, several films: "each of these separately", or an album whose captions are different orders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.turn import Item

CAPTION_MOST = 200
"""Characters of a caption that go along with another one's order."""
PARTS_MOST = 30
"""Films that one message may ask for."""

_SEPARATELY = re.compile(
    r"\b(?:each|every)\b[^.!?]*\b(?:separate(?:ly)?|on its own|by itself|individual(?:ly)?|its own)\b"
    r"|\bseparately\b|\bindividually\b|\bone (?:video|film|clip|reel)s? (?:per|for each|for every)\b"
    r"|\b(?:separate|individual) (?:videos|films|clips|reels)\b|\bone by one\b"
    r"|分别|分開|分开(?:做|剪|处理|生成)|各自|逐个|逐一|逐張|逐张|一张一个|每(?:张|个|段|條|条)(?:都)?(?:单独|各|分别|做成一个|一个)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One film of a batch."""

    item: int
    """Id of the file it is made of."""
    name: str
    prompt: str


def asks_for_each(text: str) -> bool:
    """Whether the words want a film of each file instead of one of all."""
    return bool(_SEPARATELY.search(text))


def plan(text: str, items: Sequence[Item], orders: dict[int, str]) -> tuple[Part, ...]:
    """The films of a batch in order, or nothing when one film is wanted.

    `orders` has the captions that are orders, by item id. Two different ones make a batch of the files that carry them;
    "each separately" makes one of all files.
    """
    if len(items) < 2:
        return ()
    if asks_for_each(text):
        parts = [Part(item=item.id, name=item.ref.name, prompt=orders.get(item.id) or text) for item in items]
    elif len(set(orders.values())) >= 2:
        parts = [Part(item=item.id, name=item.ref.name, prompt=orders[item.id]) for item in items if item.id in orders]
    else:
        parts = []
    return tuple(parts[:PARTS_MOST])


def captioned(text: str, items: Sequence[Item], captions: dict[str, str]) -> str:
    """An order with what the captions of an album say, each with its file's place; `captions` by event."""
    said = [
        f"file {place}: {shortened}"
        for place, item in enumerate(items, 1)
        if (shortened := " ".join(captions.get(item.event, "").split())[:CAPTION_MOST])
    ]
    return f"{text}\n({'; '.join(said)})" if len(said) > 1 else text
