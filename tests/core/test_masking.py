"""What the router takes for words, and what for content, links and noise."""

import pytest

from bot.core.routing.text import LINK, MAX_CHARACTERS, MEDIA_LINK, QUOTE, fold, mask, units


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('title "export"', ["title", QUOTE]),
        ("加 “导出”", ["加", QUOTE]),
        ("“导出” 1", [QUOTE, "1"]),
        ("“导出”", ["“", "导", "出", "”"]),  # a quotation that is the whole message is what is said
        ("“导出”!", ["“", "导", "出", "”", "!"]),
        ("'export' 🙏", ["'", "export", "'", "🙏"]),
        ("don't 'export' it", ["don't", QUOTE, "it"]),
        ("a 'b'c", ["a", "'", "b'c"]),
        ("「导出」 https://a.example/x", [QUOTE, LINK]),
        ("https://a.example/film.mp4", [MEDIA_LINK]),
        ("see www.a.example/a.MOV", ["see", MEDIA_LINK]),
        ("https://a.example/film.mp4?x=1", [MEDIA_LINK]),
        ("https://a.example/film.mp4/page", [LINK]),
        ("http://[bad.mp4", [LINK]),
        ("@bot export", ["export"]),
        ("me@example.org", ["me", "@", "example", ".", "org"]),
        ("e x p o r t it", ["export", "it"]),
        ("a b c", ["a", "b", "c"]),
        ("a b c d", ["abcd"]),
        ("one\ntwo", ["one", "。", "two"]),
        ("v1.5 l'export", ["v1.5", "l'", "export"]),
        ("it’s done", ["it's", "done"]),
    ],
)
def test_a_message_is_cut_into_words_signs_and_stand_ins(text, masked):
    assert [unit.text for unit in units(mask(fold(text, {})))] == masked


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＥＸＰＯＲＴ", "export"),
        ("Café", "cafe"),
        ("Straße", "strasse"),
        ("експорт Ё", "експорт е"),
        ("ex\u200bport", "ex\u200bport".replace("\u200b", "")),
        ("👍🏽é", "👍e"),
        ("\ue000é", "e"),
        ("導é", "导e"),
        ("한국", "한국"),
        ("plain", "plain"),
        ("\u200bé\u200f", "e"),
        ("é\u2010", "e\u2010"),
        ("é\u2029a", "e\u2029a"),
        ("\u202aé\u202e", "e"),
        ("\u2060é\u2064", "e"),
        ("\ufe00é\ufe0f", "e"),
        ("\ufeffé\xad", "e"),
        ("\U0001f3fbé\U0001f3ff", "e"),
        ("\u064bحـ\u0655", "ح"),
    ],
)
def test_letters_are_made_comparable(text, folded):
    assert fold(text, {ord("導"): "导"}) == folded


@pytest.mark.parametrize(
    ("size", "kept"), [(MAX_CHARACTERS, MAX_CHARACTERS), (MAX_CHARACTERS + 1, MAX_CHARACTERS + 1), (9_000, 4_001)]
)
def test_of_a_long_message_the_beginning_and_the_end_count(size, kept):
    text = "a" * (size // 2) + "b" * (size - size // 2)
    folded = fold(text, {})
    assert len(folded) == kept
    assert (folded[0], folded[-1]) == ("a", "b")
    assert ("\n" in folded) is (size > MAX_CHARACTERS)


def test_words_are_told_from_signs():
    assert [(unit.text, unit.word) for unit in units("go 出!")] == [("go", True), ("出", False), ("!", False)]
