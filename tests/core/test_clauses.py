"""Where one order ends and the next begins: lines of classes, cut."""

import pytest

from bot.core.routing.clauses import MAX_CLAUSES, MAX_TOKENS, split
from bot.core.routing.lexicon import Token


def tokens(line):
    return [Token(text=kind, kind=kind) for kind in line.split()]


def cut(line):
    """`*` begins a sentence; what stands before a clause is in front of its colon."""
    return " | ".join(
        f"{'*' * clause.strong}{clause.joint}: {' '.join(token.kind for token in clause.tokens)}"
        for clause in split(tokens(line))
    )


@pytest.mark.parametrize(
    ("line", "clauses"),
    [
        ("", ""),
        ("comma full", ""),
        ("export", "*: export"),
        ("edit then export", "*: edit | then: export"),
        ("edit comma export", "*: edit | comma: export"),
        ("edit comma then export", "*: edit | then: export"),  # says more than the comma
        ("edit comma join export", "*: edit | comma: export"),
        ("edit full join export", "*: edit | *full: export"),
        ("edit comma but export", "*: edit | but: export"),
        ("edit full again export", "*: edit | *again: export"),
        ("edit then comma export", "*: edit | then: export"),
        ("edit although look comma export", "*: edit | although: look | comma: export"),
        ("full edit", "*full: edit"),
        ("then edit", "*then: edit"),
        ("export question", "*: export question"),
        ("export question question question", "*: export question"),
        ("question export", "*: question | *: export"),
        ("question question export", "*: question | *: export"),
        ("export question edit", "*: export question | *: edit"),
        ("export question comma edit", "*: export question | *comma: edit"),
        ("edit comma question export", "*: edit | comma: export"),
        ("edit full", "*: edit"),
    ],
)
def test_a_message_is_cut_at_its_borders(line, clauses):
    assert cut(line) == clauses


@pytest.mark.parametrize(
    ("line", "clauses"),
    [
        ("edit says export", "*: edit says"),
        ("edit says quote export", "*: edit says quote export"),  # the text is the quotation
        ("edit says export full export", "*: edit says | *full: export"),
        ("edit says export question export", "*: edit says question | *: export"),
        ("edit says word then export", "*: edit says | then: export"),
        ("edit says word again export", "*: edit says | again: export"),
        ("edit says word media", "*: edit says media"),
        ("edit says word link word", "*: edit says link word"),
        ("edit says comma export", "*: edit says"),
        ("look colon export", "*: look"),
        ("word colon export", "*: word"),
        ("sign colon export", "*: sign"),
        ("ui colon export", "*: ui"),
        ("please colon export", "*: please | colon: export"),
        ("export colon word", "*: export | colon: word"),
        ("look colon quote export", "*: look | colon: quote export"),
        ("look full please colon export", "*: look | *full: please | colon: export"),
        ("look please colon export", "*: look please"),
        ("edit says", "*: edit says"),
    ],
)
def test_the_films_own_text_is_no_order(line, clauses):
    assert cut(line) == clauses


def test_long_messages_cost_no_more_than_their_bounds():
    (clause,) = split(tokens("word " * (MAX_TOKENS + 5)))
    assert len(clause.tokens) == MAX_TOKENS
    asked, after = split(tokens("word " * (MAX_TOKENS + 5) + "question edit"))
    assert (len(asked.tokens), len(after.tokens)) == (MAX_TOKENS, 1)
    cut_short, _ = split(tokens("word " * (MAX_TOKENS + 5) + "comma edit"))
    assert len(cut_short.tokens) == MAX_TOKENS
    every = split(tokens("edit comma " * MAX_CLAUSES))
    assert [clause.joint for clause in every] == ["", *["comma"] * (MAX_CLAUSES - 1)]
    kept = split(tokens("help then " * (MAX_CLAUSES // 2) + "look comma " * 9 + "edit but " * (MAX_CLAUSES // 2)))
    assert [clause.tokens[0].kind for clause in kept] == ["help"] * (MAX_CLAUSES // 2) + ["edit"] * (MAX_CLAUSES // 2)
