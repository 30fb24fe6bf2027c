import io
import json

from bot.explain_reply import explain_drafts, explain_replies


def run(explain, *lines):
    source = io.BytesIO(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    out, errors = io.StringIO(), io.StringIO()
    good = explain(source, out, errors)
    return good, [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()


def test_replies():
    good, answers, errors = run(
        explain_replies,
        {"id": 1, "backend_text": "Done. Click **Export** to download it."},
        {"id": "b", "backend_text": "请点击“导出”按钮。"},
        {"id": "c", "backend_text": ""},
        {"id": "d", "backend_text": "A lone \ud800 stays."},
    )
    assert good
    assert not errors
    assert answers[0] == {"id": 1, "text": "Done.", "actions": ["export"]}
    assert answers[1]["actions"] == ["export"]
    assert answers[1]["text"].startswith("准备好了")
    assert answers[2]["text"]
    assert answers[3]["text"] == "A lone \ud800 stays."


def test_a_line_that_is_none_is_named_and_the_others_go_on():
    good, answers, errors = run(
        explain_replies, b"{", b"[1]", b"[" * 100_000, {"id": 4}, {"id": 5, "backend_text": "Done."}
    )
    assert not good
    assert [answer["id"] for answer in answers] == [5]
    assert [line.split(":")[0] for line in errors.splitlines()] == ["line 1", "line 2", "line 3", "line 4"]


def test_drafts():
    good, answers, _ = run(
        explain_drafts,
        {"id": 1, "draft": {"t": [{"tt": 0, "sg": [{"d": 2500, "m": {"title": "sea"}}]}]}},
        {"id": 2, "draft": None},
        {"id": 3},
    )
    assert good
    assert answers == [
        {"id": 1, "summary": "Timeline (1 track): 1. Video: sea (0-2.5s)", "ready": True},
        {"id": 2, "summary": "Timeline (0 tracks): empty", "ready": False},
        {"id": 3, "summary": "Timeline (0 tracks): empty", "ready": False},
    ]
