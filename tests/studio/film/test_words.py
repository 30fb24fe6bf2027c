"""Words on the screen: the right glyphs, broken where the script allows, inside the picture."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageFont

from bot.studio.film import missing
from bot.studio.film.glyphs import FILES, FONTS, covered, runs
from bot.studio.film.lettering import break_lines, draw, width
from bot.studio.film.model import parse
from bot.studio.film.titles import typeset
from tests.studio.film.making import draft, photo, words

SAMPLES = {
    "Latin": "Žluťoučký kůň",
    "Vietnamese": "Những ngày hè rực rỡ",
    "Cyrillic": "Прогулка по набережной",
    "Greek": "Καλημέρα κόσμε",
    "Chinese": "海边的灯塔，薰衣草与热气球！",
    "Traditional": "臺灣東海岸",
    "Japanese": "ありがとう、カメラ",
    "Korean": "안녕하세요",
    "Emoji": "🎉🌊❤👍🏖🥳🎂✈",
}


@pytest.mark.parametrize("script", SAMPLES)
def test_every_character_is_drawn_with_its_own_glyph(script: str) -> None:
    assert missing(SAMPLES[script]) == ""
    for face, text in runs(SAMPLES[script], "display"):
        font = ImageFont.truetype(FONTS / FILES[face], 40)
        nothing = bytes(font.getmask("\U0010fffd"))
        for character in text.replace(" ", ""):
            drawn = bytes(font.getmask(character))
            assert any(drawn), character
            assert drawn != nothing, f"{character} is drawn as the box of a missing glyph"


def test_unknown_glyphs_are_left_out_and_named() -> None:
    film = parse(draft([photo("a", 1000)], texts=[words("Lisbon ꦏ𓀀", 0, 1000), words("ꦏ", 0, 500, "caption")]))
    lettering, notes = typeset(film)
    assert notes == ({"reason": "glyphs", "text": "ꦏ𓀀"}, {"reason": "glyphs", "text": "ꦏ"})
    plain, _ = typeset(parse(draft([photo("a", 1000)], texts=[words("Lisbon ", 0, 1000)])))
    assert len(lettering) == 1, "nothing is left of the second text"
    assert np.array_equal(lettering[0].letters.cover, plain[0].letters.cover)


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "👍🏽", "🇵🇹", "⛱️", "🏳️‍🌈"])
def test_an_emoji_of_several_characters_is_one_sign(sign: str) -> None:
    assert missing(sign) == ""
    assert {face for face, _ in runs(f"Lisbon {sign}", "display")} == {"display", "emoji"}
    assert 30 < width(sign, "display", 60) < 90
    [(_, drawn), *rest] = runs(f"{sign} {sign}", "display")
    assert (drawn, rest[0][0]) == (sign, "display"), "the space is no sign"
    film = parse(draft([photo("a", 1000)], texts=[words(sign, 0, 1000)]))
    alone = parse(draft([photo("a", 1000)], texts=[words(sign[0], 0, 1000)]))
    joined, single = (typeset(one)[0][0].letters.cover.shape[1] for one in (film, alone))
    assert joined < 1.4 * single, "all the way from the draft"


def test_chinese_and_latin_share_a_line() -> None:
    assert runs("里斯本 Lisbon，2024", "display") == [
        ("cjk", "里斯本 "),
        ("display", "Lisbon"),
        ("cjk", "，"),
        ("display", "2024"),
    ]
    assert ord("龘") not in covered("display")


def test_lines_break_where_they_may() -> None:
    lines = break_lines("里斯本的周末：海边、灯塔与薰衣草", "display", 40, 400)
    assert lines == ["里斯本的周末：", "海边、灯塔与薰衣草"], "after punctuation rather than inside a word"
    lines = break_lines("A long weekend in Lisbon with everyone we love", "display", 40, 500)
    assert " ".join(lines) == "A long weekend in Lisbon with everyone we love"
    lengths = [width(line, "display", 40) for line in lines]
    assert max(lengths) <= 500
    assert min(lengths) > 0.6 * max(lengths), "lines of balanced length"
    assert all(width(line, "display", 40) <= 300 for line in break_lines("x" * 90, "display", 40, 300))
    for line in break_lines("他说：“今天（星期六）很好。”我们去海边，好吗？" * 3, "display", 40, 330):
        assert line[0] not in "，。：？）”"
        assert line[-1] not in "（“"


def test_letters_are_not_cut_off() -> None:
    for text in ("Ågjpqy", "Ỗ", "国語龍", "ffi…", "🎉🏖👍"):
        cover = draw([text], "display", 60, 1.2, centred=True)
        assert cover.max() > 0.99
        edges = np.concatenate([cover[0], cover[-1], cover[:, 0], cover[:, -1]])
        assert edges.max() == 0


def test_fonts_are_small_and_free() -> None:
    total = sum(path.stat().st_size for path in FONTS.glob("*.?tf"))
    assert total < 6_000_000
    for path in FONTS.glob("OFL-*.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in path.read_text()
