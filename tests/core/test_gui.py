import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.gui import Action, ActionKind, translate
from bot.i18n.gui import load_gui

VOCABULARY = load_gui()
CORPUS = Path(__file__).parent / "gui_corpus"

LEAK = re.compile(
    r"\b(?:click|clicking|double-click|right-click|drag|dragging|button|buttons|sidebar|toolbar|dropdown|panel|"
    r"checkbox|slider|playhead|top[- ]right|upper[- ]right|bottom[- ]left|lower[- ]left|spacebar|ctrl|"
    r"billing page|account page|dashboard)\b"
    r"|点击|单击|双击|拖拽|拖动|拖到|按钮|面板|选项卡|侧边栏|工具栏|右上角|右下角|账户页面|打开左侧|打开右侧"
    r"|haz clic|arrastr|botón|cliquez|bouton|panneau|klick|schaltfläche|clique no|arraste|botão"
    r"|ボタン|クリックして|パネルを開|нажмите|кнопк|перетащ",
    re.IGNORECASE,
)
"""Written without a look at the table: what nobody may read in a chat."""


def rows(half):
    return [json.loads(line) for line in (CORPUS / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def said(text):
    return translate(text, vocabulary=VOCABULARY)


def words(text):
    return set(re.findall(r"[a-zA-ZÀ-ÿА-я']{2,}|\d+|[\u3040-\u9fff]", text.lower()))


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_the_corpus(half):
    wrong, leaks, lost, spoilt = [], [], [], []
    for row in rows(half):
        result = said(row["backend_text"])
        clean = row["text"] == row["backend_text"]
        if clean and result.text != row["backend_text"]:
            spoilt.append(row["id"])
        if not clean and any(hit[0].lower() not in row["text"].lower() for hit in LEAK.finditer(result.text)):
            leaks.append(row["id"])
        if words(row["text"]) - words(result.text):
            lost.append(row["id"])
        if (result.text, list(result.kinds)) != (row["text"], row["actions"]):
            wrong.append((row["id"], result.text, [*result.kinds]))
    count = len(rows(half))
    right = count - len(wrong)
    print(
        f"{half}: {right} of {count} right, {len(leaks)} leak, {len(lost)} lose words, {len(spoilt)} clean ones spoilt"
    )
    assert leaks == []
    assert len(lost) <= count * 0.02, lost
    assert len(spoilt) <= count * 0.02, spoilt
    assert len(wrong) <= count * 0.05, wrong


def test_the_halves_are_what_the_page_says():
    tune, measure = rows("tune"), rows("measure")
    every = [*tune, *measure]
    assert len(every) >= 260
    assert not {row["backend_text"] for row in tune} & {row["backend_text"] for row in measure}
    clean = sum(row["text"] == row["backend_text"] for row in every)
    chinese = sum(bool(re.search(r"[\u4e00-\u9fff]", row["backend_text"])) for row in every)
    assert 0.4 < clean / len(every) < 0.6
    assert chinese / len(every) > 0.28


def edit(prompt="", *, optional):
    return (Action(kind=ActionKind.EDIT, optional=optional, prompt=prompt),)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Drag the clips if you want to change the order.", edit("change the order", optional=True)),
        ("Drag the slider to make the music quieter.", edit("make the music quieter", optional=False)),
        ("Click the Auto Captions button.", edit(optional=False)),
        ('Click "Auto Captions" for subtitles.', edit("Auto Captions", optional=False)),
        ("Click OK.", edit(optional=False)),
        ("如果想调整顺序，可以拖动片段。", edit("调整顺序", optional=True)),
        ("You can click Export.", (Action(kind=ActionKind.EXPORT, optional=True),)),
        ("Please click Export.", (Action(kind=ActionKind.EXPORT, optional=False),)),
    ],
)
def test_a_suggestion_is_marked_and_an_edit_has_the_words_for_it(text, actions):
    assert said(text).actions == actions


def test_no_prompt_speaks_of_the_interface():
    for row in [*rows("tune"), *rows("measure")]:
        for action in said(row["backend_text"]).actions:
            assert not LEAK.search(action.prompt), (row["id"], action.prompt)
            assert action.kind is ActionKind.EDIT or not action.prompt


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1. Music added\n2. Click Export\n3. Title added", "1. Music added\n2. Title added"),
        ("To export:\n- Click Export\n- Choose MP4", ""),
        ("Done.\n\n## How to export\nClick Export.\n\n## Length\n30 s", "Done.\n\n## Length\n30 s"),
        ("A.\n\nClick Export.\n\n\nB.", "A.\n\nB."),
        ("| Step | How |\n|---|---|\n| 1 | Click Export |", ""),
        ("| Shot | s |\n|---|---|\n| Sea | 4 |\n| Drag the slider | 5 |", "| Shot | s |\n|---|---|\n| Sea | 4 |"),
        ("**Music added. Click Export.**", "Music added."),
        ("Music added — **click Export**.", "Music added."),
        ("Is it fine? Then click Export!", "Is it fine?"),
        ("It's long; want to click Export?", "It's long."),
        ("Get it: https://example.com/film.mp4", "Get it: https://example.com/film.mp4"),
    ],
)
def test_what_is_left_reads_well(text, left):
    assert said(text).text == left


ENGLISH = ["Click ", "the ", "Export", " button", "I've added music", "drag ", " and ", ". ", ", ", ": ", "(", ")"]
MARKS = ["**", "`", '"', "“", "”", "\n", "- ", "1. ", "| ", "# ", "🎬", "\ud800", "\ue000", "\u200d"]
OTHERS = ["点击", "导出", "，", "。", "打开面板", "Музыка ", "нажмите ", "クリックして"]
PIECES = st.sampled_from([*ENGLISH, *MARKS, *OTHERS])


@settings(max_examples=300)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_any_text_is_translated_and_none_grows(text):
    result = said(text)
    assert len(result.text) <= len(text)
    if not re.search(r"[^\W\d_]", text):
        assert result.text == text  # without a letter there is no instruction


FLOODS = [", and then you can ", "and ", "if you, ", "click ", "Export ", "by clicking ", "in the panel on the left "]
FLOODS += ['"a" ', "(", "**", "— ", ":\n", "| a |\n", "# a\n", "1. Click\n2. b\n", "a.b ", "A", "\u3000", "'"]
FLOODS += ["点击导出，", "在面板中"]


@pytest.mark.uncounted
@pytest.mark.parametrize("piece", FLOODS)
def test_a_flood_of_anything_comes_to_an_end(piece):
    """Twice what a transcript lets through. The time limit of every test ends what is worse than linear."""
    flood = (piece * 40_000)[:40_000]
    assert len(said(flood).text) <= len(flood)
