import io
import json
import subprocess
import sys

from bot.explain import MAX_LINE, explain, explain_lines


def lines(source):
    out, errors = io.StringIO(), io.StringIO()
    good = explain_lines(io.BytesIO(source), out, errors)
    return good, [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()


def test_a_decision_is_told_with_the_rows_that_made_it():
    told = explain("add music, don't export yet", has_media=False)
    assert told.splitlines()[0] == "edit"
    assert '"don\'t export yet": held, by "not this order"' in told
    assert explain("做个集锦然后导出", has_media=True).startswith("upload+edit+export (a highlight request)\n")
    assert explain("\udcff", has_media=False)


def test_lines_are_answered_in_order_with_their_ids():
    asked = [
        {"id": 7, "text": "export"},
        {"id": "b", "text": "加上音乐，然后导出", "has_media": False},
        {"id": "c", "text": "upload these", "has_media": True},
        {"id": "d", "text": ""},
    ]
    good, answered, errors = lines("\n".join(map(json.dumps, asked)).encode())
    assert good
    assert errors == ""
    assert answered == [
        {"id": 7, "intent": "export"},
        {"id": "b", "intent": "edit+export"},
        {"id": "c", "intent": "upload"},
        {"id": "d", "intent": "help"},
    ]


def test_unusable_lines_are_named_and_the_others_go_on():
    bad = [b"nonsense", b"[1]", b'{"text": "x"}', b'{"id": 1}', b"\xff\xfe", b'"' + b"x" * (2 * MAX_LINE) + b'"']
    source = b"\n\n".join([*bad, b'{"id": 2, "text": "\\ud800 export", "more": 1}'])
    good, answered, errors = lines(source)
    assert not good
    assert answered == [{"id": 2, "intent": "export"}]
    assert [line.partition(":")[0] for line in errors.splitlines()] == [f"line {n}" for n in (1, 3, 5, 7, 9, 11)]


def test_the_command():
    command = [sys.executable, "-m", "bot", "explain"]
    run = subprocess.run(
        [*command, "--jsonl"], input=b'{"id": 1, "text": "credits"}\n?\n', capture_output=True, check=False
    )
    assert (run.returncode, json.loads(run.stdout)) == (1, {"id": 1, "intent": "credits"})
    told = subprocess.run([*command, "导出", "--media", "photo"], capture_output=True, check=True)
    assert told.stdout.decode().splitlines()[0] == "upload+export"
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_a_reader_that_leaves_gets_no_traceback():
    command = [sys.executable, "-m", "bot", "explain", "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
