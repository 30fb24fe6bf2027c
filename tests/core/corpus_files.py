"""The labelled messages: `tune` may shape the table, `measure` may not."""

import json
from pathlib import Path
from typing import NamedTuple


class Message(NamedTuple):
    id: str
    text: str
    has_media: bool
    intent: str
    language: str
    nasty: bool


def messages(half):
    lines = (Path(__file__).parent / "corpus" / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Message(**json.loads(line)) for line in lines]
