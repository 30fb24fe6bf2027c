"""Splitting for chats: nothing lost, nothing too long, no character broken."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.text import shorten, split, utf16_units

FAMILY = "👨‍👩‍👧"
LETTERS = st.sampled_from([*"ab \n.，é", "👍🏽", "🇩🇪", FAMILY, "e\u0301"]) | st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(LETTERS, max_size=60).map("".join)


def test_utf16_counts_as_telegram_does():
    assert [utf16_units(text) for text in ("a", "é", "好", "👍", FAMILY)] == [1, 1, 1, 2, 8]


@given(TEXTS, st.integers(2, 30))
@example("", 2)
def test_parts_fit_and_nothing_but_white_space_is_lost(text, limit):
    parts = split(text, limit)
    assert all(0 < utf16_units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["👍🏽", "🇩🇪", FAMILY, "e\u0301", "x"]), max_size=30), st.integers(8, 20))
def test_no_character_is_broken(characters, limit):
    whole = set(characters)
    for part in split("".join(characters), limit):
        for character in sorted(whole, key=len, reverse=True):
            part = part.replace(character, "")
        assert part == ""


def test_cuts_fall_where_a_reader_pauses():
    assert split("One two three. Four five six.", 20) == ["One two three.", "Four five six."]
    assert split("First paragraph\n\nSecond one, longer", 24) == ["First paragraph", "Second one, longer"]
    assert split("第一句话。第二句话。", 8) == ["第一句话。", "第二句话。"]
    assert split("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@given(TEXTS, st.integers(1, 30))
def test_a_shortened_text_fits_and_says_so(text, limit):
    short = shorten(text, limit)
    assert utf16_units(short) <= limit
    assert short == text or short.endswith("…")


def test_other_measures():
    assert split("👍👍👍", 2, measure=len) == ["👍👍", "👍"]
