import json
import re
from pathlib import Path

import pytest
from hypothesis import given
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
    r"|haz clic|arrastr|botón|cliquez|bouton|panneau|klick|schaltfläche|clique no|arraste|botão|ボタン|クリックして|パネルを開|нажмите|кнопк|перетащ",
    re.IGNORECASE,
)
"""Written without a look at the table: what nobody may read in a chat."""


def rows(half):
    return [json.loads(line) for line in (CORPUS / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def said(text):
    return translate(text, vocabulary=VOCABULARY)


def words(text):
    return re.findall(r"[a-zA-ZÀ-ÿА-я']{2,}|\d+|[\u3040-\u9fff]", text.lower())


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_the_corpus(half):
    wrong, leaks, lost = [], [], []
    for row in rows(half):
        result = said(row["backend_text"])
        clean = row["text"] == row["backend_text"]
        if not clean and any(hit[0].lower() not in row["text"].lower() for hit in LEAK.finditer(result.text)):
            leaks.append(row["id"])
        if set(words(row["text"])) - set(words(result.text)):
            lost.append(row["id"])
        if (result.text, list(result.kinds)) != (row["text"], row["actions"]):
            wrong.append((row["id"], result.text, [*result.kinds]))
    count = len(rows(half))
    print(f"{half}: {count - len(wrong)} of {count} right, {len(leaks)} leak, {len(lost)} lose words")
    assert leaks == []
    assert len(lost) <= count * 0.02, lost
    assert len(wrong) <= count * 0.05, wrong
