"""The parts of the reply translator one by one: shadows, sentences, clauses, lines, lists, and what is left of them."""

import re

import pytest

from bot.core.gui import translate
from bot.core.gui.heading import left_alone
from bot.core.gui.line import translate_line
from bot.core.gui.repair import balanced, joined
from bot.core.gui.shadow import HIDDEN, QUOTED, shadow_of
from bot.core.gui.split import clauses, sentences
from bot.core.gui.verdict import Fate, Verdict
from bot.i18n.gui import load_gui

VOCABULARY = load_gui()
ENGLISH = VOCABULARY.grammar("en")


def english(_sentence):
    return ENGLISH


JOINT = re.compile(r" and\b")


def said(text):
    return translate(text, vocabulary=VOCABULARY).text


# the vocabulary


@pytest.mark.parametrize("language", VOCABULARY.languages)
def test_every_language_can_be_compiled_and_is_so_once(language):
    grammar = VOCABULARY.grammar(language)
    assert VOCABULARY.grammar(language) is grammar
    assert grammar.drop


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("export", "en"),
        ("le film est prêt pour vous", "fr"),
        ("el video está listo para ti", "es"),
        ("音楽を足しました", "ja"),
        ("音乐好了 и ещё", "zh"),
        ("12:30", "en"),
        ("музыка and the film is ready", "en"),
        ("музыка готова and done", "ru"),
    ],
)
def test_a_text_is_read_in_the_language_of_its_script_or_its_commonest_words(text, language):
    assert VOCABULARY.of(text)(text) is VOCABULARY.grammar(language)


# the shadow


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("a  b\t c", "a b c"),
        ("**a** `b` ~~c~~", "a b c"),
        ("_a_ snake_case", "a snake_case"),
        ("it’s", "it's"),
        ("a\u200bb\ufeff", "ab"),
        ('say "x y" now', f"say {QUOTED * 5} now"),
        ("“ab” „cd“ «ef»", f"{QUOTED * 4} {QUOTED * 4} {QUOTED * 4}"),
        ("「ab」《c》", QUOTED * 7),
        ("don't 'ab' won't", f"don't {QUOTED * 4} won't"),
        ('"unclosed', '"unclosed'),
        ("see https://a.example/b now", f"see {HIDDEN * 19} now"),
        ("", ""),
    ],
)
def test_a_shadow_has_the_words_alone(line, seen):
    shadow = shadow_of(line)
    assert shadow.text == seen
    assert shadow.slice(0, len(seen)) == line
    assert len(shadow.index) == len(seen) + 1


def test_markup_belongs_to_the_word_that_it_stands_at():
    shadow = shadow_of("see **this thing** now")
    assert shadow.text == "see this thing now"
    assert shadow.slice(4, 14) == "**this thing**"
    assert shadow.slice(0, 4) == "see "
    assert shadow.slice(14, 18) == " now"
    bracketed = shadow_of("(**a**)")
    assert (bracketed.slice(0, 1), bracketed.slice(1, 2), bracketed.slice(2, 3)) == ("(", "**a**", ")")


def test_what_is_hidden_keeps_its_length():
    hidden = shadow_of("solar **panel** here").hide(re.compile("solar panel"))
    assert hidden.text == HIDDEN * 11 + " here"
    assert hidden.slice(0, 11) == "solar **panel**"


# sentences and clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A b. C d! E? F", ["A b. ", "C d! ", "E? ", "F"]),
        ("e.g. this, i.e. that. Next", ["e.g. this, i.e. that. ", "Next"]),
        ("approx. 3 s. Done", ["approx. 3 s. ", "Done"]),
        ("No. five. 2 of them... and more", ["No. five. ", "2 of them... ", "and more"]),
        ("the cut is done. tell me more", ["the cut is done. ", "tell me more"]),
        ("wait... what", ["wait... ", "what"]),
        ("Wow! it works", ["Wow! ", "it works"]),
        ('He said "x." Then', ['He said "x." ', "Then"]),
        ("version 1.5 is here", ["version 1.5 is here"]),
        ("好。再来！", ["好。", "再来！"]),
        ("Done. 🎉 Next", ["Done. 🎉 ", "Next"]),
        ("Done. 👉 Next", ["Done. ", "👉 Next"]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text, parts):
    found = list(sentences(text))
    assert [text[start:end] for start, end in found] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b; c: d", ["a", ", b", "; c", ": d"]),
        ("1,5 and b", ["1,5", " and b"]),
        ("a (b and c) d", ["a", " (b and c)", " d"]),
        ("a — b - c", ["a", " — b", " - c"]),
        ("一，二；三", ["一", "，二", "；三"]),
        ("a-b", ["a-b"]),
        ("一（二）三", ["一", "（二）", "三"]),
        ("(a and b) and c", ["(a and b)", " and c"]),
    ],
)
def test_clauses_are_parted_and_parentheses_hold_one(text, parts):
    assert [text[start:end] for start, end in clauses(text, (0, len(text)), JOINT)] == parts


def test_clauses_of_the_second_sentence_start_where_it_does():
    text = "x, y. a, b and c"
    assert [text[start:end] for start, end in clauses(text, (6, len(text)), JOINT)] == ["a", ", b", " and c"]


# what is left


@pytest.mark.parametrize(
    ("text", "left"),
    [("**a", "a"), ("**a**", "**a**"), ("`a", "a"), ("__a", "a"), ("**a** **b", "a b"), ("`a` __b", "`a` b"), ("", "")],
)
def test_half_an_emphasis_is_none(text, left):
    assert balanced(text) == left


@pytest.mark.parametrize(
    ("parts", "goes", "left"),
    [
        (["A b", ", c", " and d."], [False, True, True], "A b."),
        (["Click", ", and then music is added."], [True, False], "Music is added."),
        (["click", ", and music is added."], [True, False], "music is added."),
        (["A b", ", do you click?"], [False, True], "A b."),
        (["甲", "，点击？"], [False, True], "甲。"),
        (["甲", "，点击！"], [False, True], "甲！"),
        (["A b", " and click"], [False, True], "A b"),
        (["A b,", " and", " click"], [False, False, True], "A b"),
        (["Click", "."], [True, False], ""),
        (["A b", ", click! 🎉 "], [False, True], "A b! 🎉 "),
        ([" Click", ", 5 shots are in."], [True, False], " 5 Shots are in."),
        (["点击", "，然后音乐好了。"], [True, False], "音乐好了。"),
        (["A", " b."], [False, False], "A b."),
    ],
)
def test_what_stays_of_a_sentence_reads_like_one(parts, goes, left):
    text = "".join(parts)
    ends = [sum(map(len, parts[: at + 1])) for at in range(len(parts))]
    spans = list(zip([0, *ends], ends, strict=False))
    verdicts = [Verdict(span=span, fate=Fate.GO if gone else Fate.KEEP) for span, gone in zip(spans, goes, strict=True)]
    assert joined(shadow_of(text), (0, len(text)), verdicts, goes) == left


def test_a_phrase_that_is_cut_leaves_one_space():
    text = "The film in the panel is done."
    verdict = Verdict(span=(0, len(text)), fate=Fate.CUT, cuts=((9, 21),))
    assert joined(shadow_of(text), (0, len(text)), [verdict], [False]) == "The film is done."


# lines


@pytest.mark.parametrize(
    ("line", "prefix", "item"),
    [
        ("- a", "- ", True),
        ("* a", "* ", True),
        ("  • a", "  • ", True),
        ("1. a", "1. ", True),
        ("**2)** a", "**2)** ", True),
        ("3、a", "3、", True),
        ("② a", "② ", True),
        ("1\ufe0f\u20e3 a", "1\ufe0f\u20e3 ", True),
        ("(b) a", "(b) ", True),
        ("> - a", "> - ", True),
        ("> a", "> ", False),
        ("## a", "## ", False),
        ("a", "", False),
        ("1.5 s", "", False),
        ("| a |", "", True),
        ("-a", "", False),
    ],
)
def test_a_line_knows_its_prefix(line, prefix, item):
    found = translate_line(line, english)
    assert (found.prefix, found.item, found.text) == (prefix, item, line)
    assert not found.touched


@pytest.mark.parametrize(
    ("line", "announces"),
    [
        ("# a", True),
        ("To export:", True),
        ("导出：", True),
        ("**Export:**", True),
        ("**Export**", True),
        ("a **b**", False),
        ("a: b", False),
        ("", False),
        ("**a** b", False),
    ],
)
def test_a_line_that_announces(line, announces):
    assert translate_line(line, english).announces is announces


@pytest.mark.parametrize(("line", "blank"), [("", True), ("---", True), ("- ", True), ("a", False), ("- a", False)])
def test_a_line_without_words_is_blank(line, blank):
    assert translate_line(line, english).blank is blank


# whole replies

GO = "Click Export."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # numbers
        (f"1. A\n2. {GO}\n3. B\n4. C", "1. A\n2. B\n3. C"),
        (f"1. {GO}\n2. A\n3. B", "1. A\n2. B"),
        (f"3. {GO}\n4. A", "3. A"),
        (f"1. A\n2. B\n\n{GO}\n\n5. C", "1. A\n2. B\n\n5. C"),
        (f"1. A\n2. {GO}\nWords.\n1. B", "1. A\nWords.\n1. B"),
        (f"1. A\n2. {GO}\n   - a\n3. B", "1. A\n   - a\n2. B"),
        (f"**1.** {GO}\n**2.** A", "**1.** A"),
        # announcements
        (f"To export:\n{GO}\n\nMusic added.", "Music added."),
        (f"To export:\n\n{GO}\n\nMusic added.", "Music added."),
        (f"Changes:\n- A\n- {GO}", "Changes:\n- A"),
        (f"# Film\n\nA.\n\n# Export\n\n{GO}\n\n{GO}", "# Film\n\nA."),
        (f"{GO}\n\nTo sum up:", "To sum up:"),
        (f"**Export**\n{GO}\n\nA.", "A."),
        # tables
        (f"| A | B |\n|---|---|\n| x | {GO} |\n\nC.", "C."),
        (f"| x | {GO} |\n| y | z |", "| y | z |"),
        (f"A.\n| x | {GO} |\nB.", "A.\nB."),
        # gaps
        (f"A.\n\n{GO}\n\nB.", "A.\n\nB."),
        (f"A.\n\n\n{GO}\nB.", "A.\n\n\nB."),
        (f"{GO}\n\nA.", "A."),
        (f"A.\n\n{GO}\n\n", "A."),
        (f"A.\n\n\nB.\n{GO}", "A.\n\n\nB."),
        (f"A.\n{GO}\n\n---\n\nB.", "A.\n\n---\n\nB."),
    ],
)  # fmt: skip
def test_lists_headings_tables_and_gaps_close_up(text, left):
    assert said(text) == left


@pytest.mark.parametrize(
    "text",
    ["A.\n\n\n\nB.  \n", "1. A\n3. B\n7. C", "| a |\n|---|", "# A\n\n# B", "To do:\n", "", "\n\n", "**A", "a  b"],
)
def test_what_has_no_interface_in_it_is_not_touched(text):
    assert said(text) == text


# headings


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("How to export", ""),
        ("Next steps", ""),
        ("**Tips**", ""),
        ("Here's how to get it:", ""),
        ("To export:", ""),
        ("If you want to change it:", ""),
        ("Summer in Lisbon", "Summer in Lisbon"),
        ("Length", "Length"),
        ("Length:", ""),  # what ends in a colon leads to something
        ("Your film is ready:", "Your film is ready."),
        ("**Your film is ready:**", "**Your film is ready.**"),
        ("Ready to export:", ""),
        ("Music added. To export:", "Music added."),
        ("Music added! Next steps:", "Music added!"),
        ("The music is added, and here's how to export it:", "The music is added."),
        ("It runs 20 s, with two titles; next steps:", "It runs 20 s."),
        ('Title: "Porto"', 'Title: "Porto"'),
        ('"Porto"', '"Porto"'),
        ("Step 2", ""),
        ("Is it ready? Next:", "Is it ready?"),
    ],
)
def test_a_heading_keeps_what_it_tells(heading, left):
    assert left_alone(heading, ENGLISH) == left


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("操作方法：", ""),
        ("下一步", ""),
        ("视频已生成：", "视频已生成。"),
        ("片子", "片子"),
        ("共20秒。导出方法：", "共20秒。"),
    ],
)
def test_a_chinese_heading_keeps_what_it_tells(heading, left):
    assert left_alone(heading, VOCABULARY.grammar("zh")) == left


@pytest.mark.parametrize(
    ("reply", "left"),
    [
        ("# A\n## Export\nClick Export.\n## B\nx", "# A\n## B\nx"),
        ("# Export\n## Steps\nClick Export.\n# B\nx", "# B\nx"),
        ("# Export\n## Steps\nClick Export.\n## B\nx", "# Export\n## B\nx"),  # something of it stays
        ("## Export\nClick Export.\n# B\nx", "# B\nx"),
        ("## Export\n\nClick Export.\n\nx", "## Export\n\nx"),
        ("**Export**\nClick Export.\n\nx", "x"),
        ("**Export**\n\nClick Export.\nx", "**Export**\n\nx"),
        ("**Export**\nClick Export.\n**B**\nx", "**B**\nx"),
        ("To export:\n## B\nClick Export.", "To export:\n## B"),
        ("## Export", "## Export"),
        ("###### Export\nClick Export.\n###### B", "###### B"),
    ],
)
def test_a_heading_goes_with_all_that_stands_below_it(reply, left):
    assert said(reply) == left


# bounds


def test_an_instruction_far_behind_in_one_clause_is_not_looked_for():
    far = "word " * 420 + "please click the Export button"
    assert said(far) == far
    assert said(far.removeprefix("word " * 400)) != far.removeprefix("word " * 400)


def test_words_that_stay_of_a_sentence_do_not_take_their_neighbour_along():
    assert said("I added music, and you can click Export. Choose 1080p.") == "I added music. Choose 1080p."
    assert said("Click Export. Choose 1080p.") == ""
