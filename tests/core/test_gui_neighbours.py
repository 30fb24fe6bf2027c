"""Whatever instruction stands beside it, what is said stays: replies without an interface and ones of nothing else."""

import json
import random
import re
from pathlib import Path

import pytest

from bot.core.gui import translate
from bot.i18n.gui import load_gui

VOCABULARY = load_gui()
PAIRS = 120
ENDED = re.compile(r"[.!?。！？]$")


def one_liners():
    text = (Path(__file__).parent / "gui_corpus" / "tune.jsonl").read_text(encoding="utf-8")
    rows = map(json.loads, text.splitlines())
    return [row for row in rows if "\n" not in row["backend_text"] and ENDED.search(row["backend_text"])]


def in_language(language, texts):
    return [text for text in texts if VOCABULARY.of(text)(text) is VOCABULARY.grammar(language)]


ROWS = one_liners()
SAID = [row["backend_text"] for row in ROWS if row["text"] == row["backend_text"]]
ASKED = [row["backend_text"] for row in ROWS if not row["text"] and row["actions"] and row["backend_text"][0] != ">"]
DOUBTFUL = {"See the difference? The sky is bluer now."}
"""What may as well be part of the instruction beside it."""


@pytest.mark.parametrize("language", ["en", "zh", "es", "fr", "ja"])
def test_what_is_said_stays_beside_an_instruction(language):
    said, asked = in_language(language, SAID), in_language(language, ASKED)
    assert said
    assert asked
    choice = random.Random(1)
    for _ in range(PAIRS if language in {"en", "zh"} else PAIRS // 6):
        content, instruction = choice.choice(said), choice.choice(asked)
        if content in DOUBTFUL:
            continue
        for both in (f"{content} {instruction}", f"{instruction} {content}"):
            assert translate(both, vocabulary=VOCABULARY).text.strip() == content, both
