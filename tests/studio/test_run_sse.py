"""The stream of a run: both modes, every switch, and what happens when nobody listens."""

import anyio
import httpx
import pytest

from tests.studio.counterpart import ASK, frames, photo, signed_in, studio, texts

READY = "Your film is ready: 1 photo in 6 s"


async def test_without_streaming_each_turn_of_the_model_is_one_event(tmp_path):
    async with studio(tmp_path) as client:
        await client.upload(photo())
        call, answer, said = await client.say(ASK)
        draft = (await client.state())["draft"]
    assert list(call["content"]["parts"][0]["functionCall"]) == ["id", "args", "name"]
    assert call["content"]["role"] == "model"
    assert call["longRunningToolIds"] == []
    response = answer["content"]["parts"][0]["functionResponse"]
    assert answer["content"]["role"] == "user"
    assert response["name"] == "edit_multitrack"
    assert response["id"] == call["content"]["parts"][0]["functionCall"]["id"]
    assert answer["actions"]["stateDelta"] == {"draft": draft}
    assert said["content"]["parts"][0]["text"].startswith(READY)
    assert said["finishReason"] == "STOP"
    for event in (call, answer, said):
        assert "partial" not in event
        assert event["author"] == "nemo_agent"
        assert event["invocationId"] == call["invocationId"]
        assert isinstance(event["timestamp"], float)
        assert {"stateDelta", "artifactDelta", "requestedAuthConfigs", "requestedToolConfirmations"} == set(
            event["actions"]
        )
    assert len({event["id"] for event in (call, answer, said)}) == 3


async def test_with_streaming_deltas_add_up_to_the_text_that_is_repeated(tmp_path):
    async with studio(tmp_path) as client:
        await client.upload(photo())
        events = await client.say(f"{ASK}, title “里斯本 — Ünïcode”", streaming=True)
    said = [event for event in events if "text" in event["content"]["parts"][0]]
    deltas = [event["content"]["parts"][0]["text"] for event in said if event["partial"]]
    whole = [event["content"]["parts"][0]["text"] for event in said if not event["partial"]]
    assert len(deltas) >= 3
    assert ["".join(deltas)] == whole
    assert "里斯本 — Ünïcode" in whole[0]
    calls = [event for event in events if "functionCall" in event["content"]["parts"][0]]
    assert [event["partial"] for event in calls] == [True, False]


async def test_frames_are_compact_and_unescaped(tmp_path):
    async with studio(tmp_path) as client:
        body = client.message("你能做什么")
        raw = (await client.post("/run_sse", body)).content
    assert raw.startswith(b'data: {"content":{"parts":[{"text":"')
    assert raw.endswith(b"}\n\n")
    assert "时长".encode() in raw


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("empty", "data:"),
        ("comment", ": heartbeat"),
        ("json", 'data: {"heartbeat":true}'),
        ("typed", 'data: {"type":"heartbeat"}'),
    ],
)
async def test_heartbeats_while_nothing_happens(tmp_path, form, line):
    async with studio(tmp_path, f"heartbeat={form}", "heartbeat-interval=0.05", "stall=0.5") as client:
        text = (await client.post("/run_sse", client.message("help"))).text
    before, after = text.split('data: {"content"', 1)
    assert set(before.strip().split("\n\n")) == {line}
    assert "heartbeat" not in after


@pytest.mark.parametrize(
    ("form", "last"),
    [
        ("nothing", None),
        ("empty-parts", {"content": {"parts": [], "role": "model"}, "finishReason": "STOP"}),
        ("empty-partial", {"content": {"parts": [], "role": "model"}, "partial": True}),
        ("stop-code", {"errorCode": "STOP"}),
        ("no-content-code", {"errorCode": "MODEL_RETURNED_NO_CONTENT"}),
    ],
)
async def test_silent_edits_change_the_draft_without_words(tmp_path, form, last):
    async with studio(tmp_path, f"silent={form}") as client:
        await client.upload(photo())
        events = await client.say(ASK)
        assert texts(events) == []
        assert "functionResponse" in events[1]["content"]["parts"][0]
        if last is None:
            assert len(events) == 2
        else:
            assert last.items() <= events[2].items()
        assert (await client.state())["draft"]["t"]


async def test_typed_frames(tmp_path):
    async with studio(tmp_path, "frames=typed") as client:
        await client.upload(photo())
        events = await client.say(ASK)
    assert [event["type"] for event in events] == ["tool_call", "tool_result", "text"]
    assert events[0]["name"] == "edit_multitrack"
    assert events[1]["result"] == {"status": "ok"}
    assert events[2]["content"].startswith(READY)


async def test_two_stages_show_the_raw_cut_first(tmp_path):
    async with studio(tmp_path, "two-stage=on") as client:
        await client.upload(photo())
        events = await client.say(ASK)
        drafts = [event["actions"]["stateDelta"].get("draft") for event in events if event["actions"]["stateDelta"]]
        assert [[track["tt"] for track in draft["t"]] for draft in drafts] == [[0], [0, 1]]
        assert len(texts(events)) == 2
        assert (await client.state())["draft"] == drafts[1]
        # Only a generation has two stages.
        assert len(texts(await client.say("make it 4 seconds"))) == 1


async def test_a_temporary_issue_is_said_after_good_words(tmp_path):
    async with studio(tmp_path, "temporary-issue=on") as client:
        await client.upload(photo())
        said = texts(await client.say(ASK))
    assert said[0].startswith(READY)
    assert "temporary issue" in said[1]


@pytest.mark.parametrize("form", ["raw", "escaped", "detailed", "system", "safety"])
async def test_error_frames_of_every_version(tmp_path, form):
    async with studio(tmp_path, f"error-frame={form}") as client:
        await client.upload(photo())
        response = await client.post("/run_sse", client.message(ASK))
        assert response.status_code == 200
        assert (await client.state())["draft"] == {}
        # The session is free again.
        assert (await client.post("/run_sse", client.message(ASK))).status_code == 200
    events = frames(response.text)
    if form == "raw":
        assert response.text.startswith('data: {"error": "The agent stopped with an error: "unexpected')
        assert "\nThe project is as it was." in response.text
    elif form == "system":
        assert events[0]["author"] == "system"
        assert texts(events)[0].startswith("Error: ")
    elif form == "safety":
        assert (events[0]["errorCode"], "content" in events[0]) == ("SAFETY", False)
    elif form == "detailed":
        assert events[0]["errorCode"] == "RuntimeError"
        assert set(events[1]["error_details"]) == {"error_type", "error_message", "timestamp"}
    else:
        assert list(events[0]) == ["error"]


async def test_a_run_goes_on_when_the_client_hangs_up_and_its_session_is_busy_meanwhile(tmp_path):
    async with studio(tmp_path, "latency=0.3") as client:
        await client.upload(photo())
        async with client.http.stream("POST", "/run_sse", headers=client.headers, json=client.message(ASK)) as stream:
            assert stream.status_code == 200
        busy = await client.post("/run_sse", client.message("make it 4 seconds"))
        assert (busy.status_code, busy.json()["code"]) == (409, 409)
        assert busy.json()["detail"] == busy.json()["message"]
        with anyio.fail_after(20):
            while not (await client.state())["draft"]:
                await anyio.sleep(0.05)
        while (await client.credits())["frozen"]:
            await anyio.sleep(0.05)
        assert (await client.credits())["available"] == 1_000_000 - 100


async def collect(client, received):
    async with client.http.stream("POST", "/run_sse", headers=client.headers, json=client.message(ASK)) as stream:
        async for chunk in stream.aiter_bytes():
            received.extend(chunk)


async def test_a_stream_that_is_cut_leaves_a_finished_run(tmp_path):

    async with studio(tmp_path, "cut-after=1") as client:
        await client.upload(photo())
        received = bytearray()
        with pytest.raises(httpx.RemoteProtocolError):
            await collect(client, received)
        assert received.count(b"data: ") == 1
        assert (await client.state())["draft"]["t"]


async def test_sessions_run_beside_each_other(tmp_path):
    async with studio(tmp_path, "stall=60") as client:
        other = await signed_in(client.http, "client-2")
        for one in (client, other):
            async with one.http.stream("POST", "/run_sse", headers=one.headers, json=one.message(ASK)) as stream:
                assert stream.status_code == 200


async def test_before_media_the_agent_asks_for_them_and_remembers_what_was_wished(tmp_path):
    async with studio(tmp_path) as client:
        assert texts(await client.say("make a 4 second vertical video")) == [
            "Send me photos or clips, and I will make the film from them."
        ]
        assert (await client.state())["draft"] == {}
        await client.upload(photo())
        assert "in 4 s at 9:16" in texts(await client.say("go"))[0]


async def test_the_language_of_the_answer_is_that_of_the_message_else_of_the_session(tmp_path):
    async with studio(tmp_path) as client:
        made = await client.post("/api/tasks/me/with-session/nemo_agent", {"language": "zh-CN"})
        client.session = made.json()["data"]["session_id"]
        assert texts(await client.say("帮助"))[0].startswith("我用你的照片")
        assert texts(await client.say("help"))[0].startswith("I make a film")
        assert texts(await client.say("9:16"))[0].startswith("请先发照片")


async def test_the_state_carries_what_is_documented(tmp_path):
    async with studio(tmp_path) as client:
        empty = await client.state()
        assert empty == {
            "video_infos": [],
            "draft": {},
            "canvas_config": {},
            "video_analyses": {},
            "generated_media": [],
        }
        await client.upload(photo())
        await client.say(f"{ASK}, square")
        state = await client.state()
        whole = (await client.get(client.path("state"))).json()["data"]
    assert state["canvas_config"] == {"width": 1080, "height": 1080, "aspect_ratio": "1:1"}
    assert (whole["session_id"], whole["user_id"], whole["task_name"]) == (client.session, client.user, "project")


@pytest.mark.parametrize(
    "change",
    [
        {"session_id": None},
        {"session_id": 5},
        {"new_message": None},
        {"new_message": {"parts": "x"}},
        {"new_message": {"parts": []}},
        {"new_message": {"parts": [{"text": "  "}]}},
        {"new_message": {"parts": [{"text": "x" * 30_000}]}},
        {"user_id": "somebody"},
        {"app_name": 7},
    ],
)
async def test_a_body_that_says_nothing_is_422(tmp_path, change):
    async with studio(tmp_path) as client:
        answer = await client.post("/run_sse", client.message("hi") | change)
        assert (answer.status_code, answer.json()["code"]) == (422, 422)
        assert answer.json()["detail"]
        assert (await client.post("/run_sse", client.message("hi", app_name="other"))).status_code == 404
