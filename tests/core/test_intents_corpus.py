"""The router beside labelled messages. `pytest -s` prints the figures that docs/routing.md quotes."""

from collections import Counter, defaultdict

import pytest

from bot.core.intents import Intent, readings, route
from bot.core.routing.decide import HELD, STEP
from bot.core.routing.grammar import first_fit
from bot.i18n.catalog import load_keywords
from tests.core.corpus_files import messages

KEYWORDS = load_keywords()
HALVES = {half: messages(half) for half in ("tune", "measure")}


def routed(message):
    return "+".join(route(message.text, KEYWORDS, has_media=message.has_media).intents)


def exports(intents):
    return Intent.EXPORT in intents.split("+")


def recalls(half):
    right, all_of = Counter(), Counter()
    for message in HALVES[half]:
        all_of[message.intent] += 1
        right[message.intent] += routed(message) == message.intent
    return {intent: (right[intent], count) for intent, count in sorted(all_of.items())}


def test_the_corpus_is_as_large_and_as_mixed_as_it_claims():
    every = [message for half in HALVES.values() for message in half]
    assert len(every) >= 700
    assert len({(message.text, message.has_media) for message in HALVES["measure"]}) == len(HALVES["measure"]) >= 350
    assert not {message.text for message in HALVES["tune"]} & {message.text for message in HALVES["measure"]} - {
        "thanks!"
    }
    languages = Counter(message.language for message in every)
    assert languages["zh"] >= len(every) * 0.29
    assert sum(count for name, count in languages.items() if name not in {"en", "zh"}) >= len(every) / 10
    assert sum(message.nasty for message in every) >= len(every) / 2
    assert {part for message in every for part in message.intent.split("+")} >= {
        "export", "credits", "state", "upload", "edit", "help", "stop", "new", "smalltalk", "off_topic"
    }  # fmt: skip


@pytest.mark.parametrize("half", HALVES)
def test_no_message_is_exported_that_does_not_ask_for_it(half):
    assert [message.text for message in HALVES[half] if exports(routed(message)) and not exports(message.intent)] == []


@pytest.mark.parametrize(("half", "least"), [("tune", 0.99), ("measure", 0.95)])
def test_nearly_every_message_is_understood(half, least):
    figures = recalls(half)
    right, count = (sum(column) for column in zip(*figures.values(), strict=True))
    print(f"\n{half}: {right} of {count} right ({right / count:.1%})")
    for intent, (found, of) in figures.items():
        print(f"  {intent:24} {found:4} of {of:4} ({found / of:.0%})")
    assert right >= count * least


def test_every_row_catches_something_and_says_what():
    caught = defaultdict(list)
    for half in HALVES.values():
        for message in half:
            for part in readings(message.text, KEYWORDS, has_media=message.has_media):
                caught[part.rule].append(message.text)
                if row := first_fit(KEYWORDS.highlight, KEYWORDS.alphabet.spell(t.kind for t in part.clause.tokens)):
                    caught[row.name].append(message.text)
    rows = [row.name for row in (*KEYWORDS.rows, *KEYWORDS.captions, *KEYWORDS.highlight)]
    for name in [*rows, STEP, HELD]:
        print(f"\n{name}: {len(caught[name])}, such as {caught[name][:4]}")
    assert [name for name in [*rows, STEP, HELD] if not caught[name]] == []
    assert len(rows) == len(set(rows))


def test_every_pattern_of_a_row_is_needed_by_some_message():
    used = set()
    for half in HALVES.values():
        for message in half:
            for part in readings(message.text, KEYWORDS, has_media=message.has_media):
                letters = KEYWORDS.alphabet.spell(token.kind for token in part.clause.tokens)
                for row in (*KEYWORDS.rows, *KEYWORDS.captions, *KEYWORDS.highlight):
                    used |= {(row.name, pattern.pattern) for pattern in row.patterns if pattern.search(letters)}
    every = {(row.name, pattern.pattern) for row in KEYWORDS.rows for pattern in row.patterns}
    assert every - used == set()
