"""What frames mean: each documented or captured kind is a row."""

from __future__ import annotations

import json

import pytest

from bot.core.events import Beat, Complained, Said, Worked
from bot.nemo.stream import RUN_CHARS, RunReader


def adk(*parts, role="model", **fields):
    return {"content": {"parts": list(parts), "role": role}, "author": "nemo_agent", "invocationId": "e-1"} | fields


def text(words, **fields):
    return adk({"text": words}, **fields)


CALL = {"functionCall": {"id": "adk-1", "name": "edit_track", "args": {"title": "Hi"}}}
RESULT = {"functionResponse": {"id": "adk-1", "name": "edit_track", "response": {"status": "ok"}}}
CALLED, RETURNED = Worked(tool="edit_track", finished=False), Worked(tool="edit_track", finished=True)


def read(*frames):
    """All that a run of these frames means, beats left out."""
    reader = RunReader()
    events = [
        event for frame in frames for event in reader.feed(frame if isinstance(frame, str) else json.dumps(frame))
    ]
    return [event for event in [*events, *reader.close()] if event != Beat()]


RUNS = {
    "one final": ([text("Done.")], [Said(text="Done.")]),
    "several parts": ([adk({"text": "Do"}, {"text": "ne."})], [Said(text="Done.")]),
    "text and call together": (
        [adk({"text": "Working. "}, CALL), adk(RESULT, role="user"), text("Title added.")],
        [Said(text="Working. "), CALLED, RETURNED, Said(text="Title added.")],
    ),
    "snake case": (
        [
            adk({"function_call": {"name": "edit_track"}}),
            adk({"function_response": {"name": "edit_track"}}, role="user"),
        ],
        [CALLED, RETURNED],
    ),
    "partials, aggregate without the key (1.14)": (
        [text("Ti", partial=True), text("tle", partial=True), text("Title"), adk(CALL)],
        [Said(text="Title"), CALLED],
    ),
    "partials with the call, aggregate false (1.22)": (
        [text("Hm ", partial=True), adk(CALL, partial=True), adk({"text": "Hm "}, CALL, partial=False)],
        [Said(text="Hm "), CALLED],
    ),
    "chunks and aggregate share an id (2.x)": (
        [text("Hi", partial=True, id="7"), text("Hi", partial=False, id="7")],
        [Said(text="Hi")],
    ),
    "a final that words it differently": ([text("Titel", partial=True), text("Title")], [Said(text="Title")]),
    "leftover partials": ([text("All ", partial=True), text("good", partial=True)], [Said(text="All good")]),
    "leftover partials that were said": (
        [text("Hello  there"), text("Hello there", partial=True)],
        [Said(text="Hello  there")],
    ),
    "the same final twice": ([text("Done.", id="7"), text("Done.", id="7")], [Said(text="Done.")]),
    "the same words in two events": (
        [text("Done.", id="7"), text("Done.", id="8")],
        [Said(text="Done."), Said(text="Done.")],
    ),
    "two authors": (
        [text("A", partial=True, author="a"), text("B", author="b"), text("A", author="a")],
        [Said(text="B"), Said(text="A")],
    ),
    "thoughts": ([adk({"text": "hm", "thought": True}, {"text": "Yes."})], [Said(text="Yes.")]),
    "only thoughts": ([adk({"text": "hm", "thought": True})], []),
    "the user echoed": ([text("make it", author="user"), text("make it", role="user")], []),
    "tool only": ([adk(CALL), adk(RESULT, role="user")], [CALLED, RETURNED]),
    "silent, empty parts (1.26)": ([adk(CALL), adk(RESULT, role="user"), adk()], [CALLED, RETURNED]),
    "silent, lone partial (1.26 streaming)": ([adk(partial=True)], []),
    "silent, STOP (1.14)": ([text("Ok."), {"author": "nemo_agent", "errorCode": "STOP"}], [Said(text="Ok.")]),
    "silent, no content (2.13)": (
        [
            {
                "errorCode": "MODEL_RETURNED_NO_CONTENT",
                "errorMessage": "nothing",
                "content": {"parts": [], "role": "model"},
            }
        ],
        [],
    ),
    "words with STOP": ([text("Ok.", errorCode="STOP")], [Said(text="Ok.")]),
    "url-safe media": (
        [adk({"inlineData": {"mimeType": "image/png", "data": "_-8="}}, {"text": "Look."})],
        [Said(text="Look.")],
    ),
    "other parts": ([adk({"executableCode": {}}, {"fileData": {}}, {"text": 5}, {"text": None}, "x", None)], []),
    "a trailing excuse stays words; the conversation judges it": (
        [text("Done."), text("I encountered a temporary issue.")],
        [Said(text="Done."), Said(text="I encountered a temporary issue.")],
    ),
    "typed frames": (
        [
            {"type": "text", "content": "Generating"},
            {"type": "tool_call", "name": "edit_track", "args": {}},
            {"type": "tool_result", "name": "edit_track", "result": {}},
            {"type": "heartbeat"},
            {"type": "text", "text": "Done"},
            {"type": "status", "content": "busy"},
        ],
        [Said(text="Generating"), CALLED, RETURNED, Said(text="Done")],
    ),
    "typed error": (
        [{"type": "error", "code": 2001, "message": "no credits"}],
        [Complained(code="2001", message="no credits", error="NoCredits")],
    ),
    "bare text": ([{"text": "Hello"}, {"content": "you"}], [Said(text="Hello"), Said(text="you")]),
    "escaped error (1.24)": (
        [{"error": 'it said "no"\nloudly'}],
        [Complained(code="", message='it said "no"\nloudly')],
    ),
    "unescaped error (1.22)": (['{"error": "it said "no""}'], [Complained(code="", message='it said "no"')]),
    "unescaped error, cut by its line break": (
        ['{"error": "it said "no'],
        [Complained(code="", message='it said "no')],
    ),
    "error as text (1.23)": ([text("Error: it broke", author="system")], [Complained(code="", message="it broke")]),
    "error as event and frame (2.13)": (
        [
            {"errorCode": "ValueError", "errorMessage": "bad", "author": "nemo_agent"},
            {"error": "ValueError: bad", "error_details": {"error_type": "ValueError", "error_message": "bad"}},
        ],
        [Complained(code="ValueError", message="bad")],
    ),
    "error with details only": (
        [{"error": "ValueError: bad", "error_details": {"error_type": "ValueError"}}],
        [Complained(code="", message="ValueError: bad")],
    ),
    "safety": (
        [{"errorCode": "SAFETY", "errorMessage": "blocked", "author": "nemo_agent"}],
        [Complained(code="SAFETY", message="blocked")],
    ),
    "snake case error": ([{"error_code": "SAFETY", "error_message": "no"}], [Complained(code="SAFETY", message="no")]),
    "a code of the service": (
        [{"code": "2001", "message": "no credits"}, {"error": {"code": 1002, "message": "gone"}}],
        [
            Complained(code="2001", message="no credits", error="NoCredits"),
            Complained(code="1002", message="gone", error="SessionGone"),
        ],
    ),
    "detail": ([{"detail": "Session not found"}], [Complained(code="", message="Session not found")]),
    "signs of life": (
        ["", " ", "[DONE]", "heartbeat", "ping", "{}", "null", "7", '"x"', "[1]", '{"heartbeat":true}'],
        [],
    ),
    "lone surrogates and NUL": (['{"text":"a\\u0000\\ud800b"}'], [Said(text="a?b")]),
    "blank words": ([text("  \n")], []),
    "nothing": ([], []),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run(name):
    frames, expected = RUNS[name]
    assert read(*frames) == expected


def test_every_frame_is_a_sign_of_life():
    reader = RunReader()
    for frames, _ in RUNS.values():
        for frame in frames:
            assert reader.feed(frame if isinstance(frame, str) else json.dumps(frame))


def test_unreadable_frames_are_complaints_not_words():
    assert read("<html>no</html>") == [Complained(code="UNREADABLE", message="<html>no</html>")]
    assert RunReader().feed("still here", "heartbeat") == [Beat()]
    assert RunReader().feed("oh no", "error") == [Complained(code="UNREADABLE", message="oh no")]
    assert RunReader().feed('{"message":"oh no"}', "error") == [Complained(code="", message="oh no")]


def test_a_service_that_talks_without_end_is_cut_short():
    reader = RunReader()
    said = [event for _ in range(30) for event in reader.feed(json.dumps(text("x" * 10_000)))]
    assert sum(len(event.text) for event in said if isinstance(event, Said)) == RUN_CHARS
