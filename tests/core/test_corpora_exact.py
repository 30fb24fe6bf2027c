"""The halves of the corpora that the tables were tuned on are right to the last row: whatever breaks one shows here."""

import json
from pathlib import Path

import pytest

from bot.core.gui import translate
from bot.core.intents import route
from bot.i18n.catalog import load_keywords
from bot.i18n.gui import load_gui
from tests.core.corpus_files import messages

pytestmark = pytest.mark.uncounted


def test_every_message_of_the_tuned_half_is_understood():
    keywords = load_keywords()
    routed = {
        each.id: ("+".join(route(each.text, keywords, has_media=each.has_media).intents), each)
        for each in messages("tune")
    }
    assert [each for intents, each in routed.values() if intents != each.intent] == []


def test_every_reply_of_the_tuned_half_is_translated():
    vocabulary = load_gui()
    text = (Path(__file__).parent / "gui_corpus" / "tune.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, text.splitlines()):
        said = translate(row["backend_text"], vocabulary=vocabulary)
        assert (said.text, list(said.kinds)) == (row["text"], row["actions"]), row["id"]
