import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intents import LIKENESS, Intent, route
from bot.core.routing.likeness import BUCKETS, HARMLESS, LONGEST, Likeness, pieces
from bot.i18n.catalog import load_keywords
from bot.i18n.likeness import load_likeness

KEYWORDS = load_keywords()


def likeness(said, *, least=0.5):
    """One that knows the messages of `said`, each by its own pieces, with an intent for each."""
    classes = tuple(dict.fromkeys(said.values()))
    weights = bytearray(BUCKETS * len(classes))
    for text, intent in said.items():
        for bucket in pieces(text):
            weights[bucket * len(classes) + classes.index(intent)] = 1
    return Likeness(classes=classes, weights=memoryview(bytes(weights)).cast("b"), scale=1.0, least=least)


KNOWN = {"where are we": Intent.STATE, "ship it": Intent.EXPORT, "quit": Intent.STOP, "how much": Intent.CREDITS}


@pytest.mark.parametrize(
    ("masked", "guess"),
    [
        ("where are we", Intent.STATE),
        ("where  are\twe ", Intent.STATE),
        ("how much", Intent.CREDITS),
        ("ship it", None),  # nobody's film is rendered on a likeness
        ("quit", None),
        ("", None),
        (" ", None),
        ("zzz", None),  # as much like one as like the others
        ("where are we" + " " * LONGEST, None),
        ("where are we 2", None),  # a number is that of a shot
    ],
)
def test_only_what_is_sure_and_harmless_is_guessed(masked, guess):
    assert likeness(KNOWN).of(masked) is guess


@pytest.mark.parametrize(("least", "guess"), [(0.9, Intent.STATE), (0.999, None)])
def test_a_guess_has_to_be_sure_enough(least, guess):
    assert likeness(KNOWN, least=least).of("where are we") is guess


def test_pieces_are_letters_words_and_pairs_of_words():
    assert pieces("ab 1") == pieces(" ab  7 ")
    assert pieces("ab") < pieces("ab cd")
    assert pieces("ab cd") != pieces("cd ab")
    assert len(pieces("好") - pieces("a")) == 5  # three stretches, the sign and the word
    assert all(0 <= bucket < BUCKETS for bucket in pieces("so far so good \ud800"))


def test_the_weights_belong_to_the_code():
    known = load_likeness()
    assert len(known.weights) == BUCKETS * len(known.classes)
    assert set(known.classes) > HARMLESS


@given(st.text(max_size=60))
def test_no_text_is_guessed_to_be_more_than_a_question_or_talk(text):
    said = route(text, KEYWORDS, has_media=False)
    assert said.rule != LIKENESS or set(said.intents) <= HARMLESS


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what else do you know", Intent.HELP),
        ("where did my video go", Intent.STATE),
    ],
)
def test_a_message_that_no_row_knows_is_answered_like_those_it_resembles(text, intent):
    said = route(text, KEYWORDS, has_media=False)
    assert (said.intents, said.rule) == ((intent,), LIKENESS)
    assert intent not in route(text, KEYWORDS, has_media=True).intents  # files make it an order about them
