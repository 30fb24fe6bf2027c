"""The words of a small table, and rows over its classes."""

import re

import pytest

from bot.core.routing.grammar import Alphabet, Row, TableError, first_fit
from bot.core.routing.lexicon import Lexicon, begun
from bot.core.routing.table import keywords
from bot.core.routing.text import fold, mask

CLASSES = {
    "export": ["export", "ex it", "dl", "导出"],
    "look": ["export style", "white balance", "上传统"],
    "cost": ["balance", "export"],  # the first class that names a phrase keeps it
    "upload": ["上传", "上載"],
    "step": ["v2", "step 2 now"],
}
LEXICON = Lexicon(CLASSES, typos=["export", "dl"], right=["expert"], traditional={ord("導"): "导", ord("載"): "载"})


def read(text):
    return [(token.kind, token.text) for token in LEXICON.tokens(mask(fold(text, LEXICON.traditional)))]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("export", [("export", "export")]),
        ("export style", [("look", "export style")]),
        ("export stylish", [("export", "export"), ("word", "stylish")]),
        ("white balance", [("look", "white balance")]),
        ("balance", [("cost", "balance")]),
        ("加上传统", [("sign", "加"), ("look", "上 传 统")]),
        ("上传", [("upload", "上 传")]),
        ("上載", [("upload", "上 载")]),
        ("導出", [("export", "导 出")]),
        ("step 2", [("word", "step"), ("number", "2")]),  # only the beginning of a phrase
        ("step 2 now", [("step", "step 2 now")]),
        ("v2 2nd", [("step", "v2"), ("number", "2nd")]),
        ("a, b. c? d: e; f!", [*zip(
            ["word", "comma", "word", "full", "word", "question", "word", "colon", "word", "full", "word", "full"],
            ["a", ",", "b", ".", "c", "?", "d", ":", "e", ";", "f", "!"],
            strict=True,
        )]),
        ("a\nb", [("word", "a"), ("full", "。"), ("word", "b")]),
        ("% & 出", [("sign", "出")]),  # what does not matter is left out
        ('x "y"', [("word", "x"), ("quote", "\ue000")]),
        ("x http://a.example", [("word", "x"), ("link", "\ue001")]),
        ("x http://a.example/b.png", [("word", "x"), ("media", "\ue002")]),
    ],
)  # fmt: skip
def test_the_longest_phrase_wins_from_the_left(text, tokens):
    assert read(text) == tokens


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("exprot", "export"),  # neighbours swapped
        ("exort", "export"),  # a letter missing
        ("expott", "export"),  # a wrong one
        ("exxport", "export"),  # one too many
        ("exports", "export"),  # one behind
        ("expor", "export"),
        ("exportttt", "export"),
        ("eexport", "export"),
        ("xport", "word"),  # the first letter is right
        ("expert", "word"),  # a word of its own
        ("exrpott", "word"),  # two slips
        ("ld", "export"),  # neighbours of a short word
        ("d", "word"),
        ("dll", "word"),
        ("dlll", "export"),
        ("balence", "word"),  # only some words are corrected
        ("balanceee", "cost"),
    ],
)
def test_one_slip_is_forgiven_in_the_words_that_are_listed_for_it(word, kind):
    assert [token.kind for token in LEXICON.tokens(word)] == [kind]


def written_out(phrase):
    """All plain phrases that a phrase with choices stands for, unit by unit."""
    return [
        f"{first} {more}".strip() for first, rest in begun(phrase) for more in (written_out(rest) if first else [""])
    ]


@pytest.mark.parametrize(
    ("phrase", "plain"),
    [
        ("a", ["a"]),
        ("(a|b) c", ["a c", "b c"]),
        ("a (b |)c", ["a b c", "a c"]),
        ("(a|b)(c|d)", ["ac", "ad", "bc", "bd"]),
        ("a  b ", ["a b"]),
        ("a(b|) c", ["ab c", "a c"]),
        ("导(出|)(来|去)", ["导 出 来", "导 出 去", "导 来", "导 去"]),
        ("(a (b|c)|d) e", ["a b e", "d e", "a c e", "d e"]),
        ("a (b|)", ["a b", "a"]),
        ("l'(ab|cd)", ["l' ab", "l' cd"]),
        ("", [""]),
    ],
)
def test_choices_stand_for_all_their_phrases(phrase, plain):
    assert written_out(phrase) == plain


def test_only_the_first_units_of_a_phrase_are_written_out():
    assert list(begun("(a|b c) (d|e) (f|)")) == [("a", " (d|e) (f|)"), ("b", " c (d|e) (f|)")]


ALPHABET = Alphabet(["a", "b", "c", "b"], {"ab": "a b", "all": "ab c"})


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("a b", ["a b", "c a b c"], ["b a", "a c b", "a", ""]),
        ("^ a $", ["a"], ["a a", "b a", ""]),
        ("^ ab* c $", ["c", "a c", "b a c"], ["c c", "a", ""]),
        ("^ a? b+ $", ["b", "a b", "b b"], ["a", "a a b"]),
        ("^ a|c $", ["a", "c"], ["b"]),
        ("a ... c", ["a c", "a b b c"], ["c a", "a b"]),
        ("^ a !b all $", ["a c", "a a"], ["a b", "a"]),
        ("-b a", ["a", "c a"], ["a b", "b a", "c"]),
        ("-b -c ^ a", ["a a"], ["a b", "a c", "b"]),
        ("-c ^ b $", ["b"], ["b b", "a b"]),
    ],
)
def test_a_pattern_over_classes(pattern, fitting, others):
    row = Row(name="x", means="edit", why="", patterns=(ALPHABET.compile(pattern, where="x"),))
    fits = {line: row.fits(ALPHABET.spell(line.split())) for line in (*fitting, *others)}
    assert fits == dict.fromkeys(fitting, True) | dict.fromkeys(others, False)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("A", "row 1: cannot read 'A'"),
        ("a**", "row 1: cannot read 'a**'"),
        ("d", "row 1: there is no class or group 'd'"),
        ("a|d", "row 1: there is no class or group 'd'"),
        ("-d a", "row 1: there is no class or group 'd'"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_where(pattern, message):
    with pytest.raises(TableError, match=f"^{re.escape(message)}$"):
        ALPHABET.compile(pattern, where="row 1")


def test_a_group_of_unknown_classes_says_which():
    with pytest.raises(TableError, match=r"^group x: there is no class or group 'd'$"):
        Alphabet(["a"], {"x": "a d"})


def test_the_first_row_that_fits_decides():
    rows = [Row(name=name, means="edit", why="", patterns=(re.compile(name),)) for name in ("a", "b", "ab")]
    assert [row and row.name for row in (first_fit(rows, "ab"), first_fit(rows, "b"), first_fit(rows, "c"))] == [
        "a",
        "b",
        None,
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"means": "edits", "like": ["a"]}, "row 'x': 'edits' is neither an intent nor one of"),
        ({"means": "edit+held", "like": ["a"]}, "row 'x': 'edit+held' is neither an intent nor one of"),
        ({"means": "edit", "like": ["a", "nothing"]}, "row 'x': there is no class or group 'nothing'"),
    ],
)
def test_a_table_with_a_row_that_means_nothing_says_which(row, message):
    raw = {
        "class": {"a": {"en": ["a"]}},
        "groups": {},
        "typos": {"correct": [], "right": []},
        "row": [{"name": "x", "why": ""} | row],
        "caption": [],
        "highlight": [],
    }
    with pytest.raises(TableError, match=f"^{re.escape(message)}"):
        keywords(raw, traditional={}, likeness=lambda _: None)
    good = keywords(
        raw | {"row": [{"name": "x", "why": "y", "means": "edit+export", "like": ["a", "word"]}]},
        traditional={},
        likeness=lambda _: None,
    )
    assert [(one.name, one.means, one.why, len(one.patterns)) for one in good.rows] == [("x", "edit+export", "y", 2)]
