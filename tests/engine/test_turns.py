"""The path of a photo, against a scripted service on a real socket."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.core.chat import ChatKind
from bot.core.errors import DeliveryUnclear
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import DRAFT, NemoServer
from tests.servers.nemo_script import Line, answer, beat, cut, error_frame, hang, run, said, tool, tool_done

HIGHLIGHT = "turn these photos into a highlight reel"


async def test_photos_and_a_wish_become_one_film(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("", *photos)
        await chat.send(HIGHLIGHT)
        await chat.until(lambda: chat.films and not chat.open_lines)
    assert [len(nemo.asked(call)) for call in ("open", "upload", "run", "render")] == [1, 3, 1, 1]
    assert nemo.asked("run")[0].json["new_message"]["parts"] == [{"text": HIGHLIGHT}]
    assert nemo.asked("render")[0].json["draft"] == DRAFT
    assert chat.texts == ["Done."]
    assert (chat.films[0].width, chat.films[0].name) == (64, "First.mp4")
    assert chat.acknowledged == ["test:000001"]
    assert any("Connecting" in line for line in chat.lines)
    assert all(
        seen.headers.get("X-Skill-Source") == "highlight-editor-photo" for seen in nemo.seen if seen.call != "file"
    )
    kept = sorted(path.suffixes for path in (tmp_path / "bot" / "spool").rglob("*.*"))
    assert kept == [[".cover", ".jpg"], [".mp4"], [".poster", ".jpg"]]  # the newest film stays, to be sent again


async def test_a_later_edit_answers_and_offers_the_export(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("arrange them nicely", *photos)  # no highlight request, but the project's first film
        await chat.until(lambda: chat.films)
        await chat.send("calmer, please")
        await chat.until(lambda: chat.buttons)
        assert len(chat.films) == 1
        await chat.send(chat.buttons[0].prompt)
        await chat.until(lambda: len(chat.films) == 2)
    assert len(nemo.asked("run")) == 2


async def test_an_edit_without_words_is_described(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: chat.films)
        for session in nemo._sessions.values():
            session["draft"] = DRAFT | {"t": [*DRAFT["t"], {"tt": 7, "sg": [{"d": 900, "m": {"title": "Porto"}}]}]}
        nemo.on("run", _changing(nemo, "Lisbon"))
        await chat.send("call it Lisbon")
        await chat.until(lambda: chat.buttons)
    assert 'The title at 0-0.9 s is now "Lisbon" instead of "Porto".' in chat.texts


def _changing(nemo: NemoServer, title: str):
    async def reply(request):
        for session in nemo._sessions.values():
            session["draft"] = DRAFT | {"t": [*DRAFT["t"], {"tt": 7, "sg": [{"d": 900, "m": {"title": title}}]}]}
        return await run(beat(), tool(), tool_done())(request)

    return reply


async def test_a_cut_stream_is_never_posted_again(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async def applied_late(request):
        response = await run(beat(), cut())(request)
        for session in nemo._sessions.values():
            session["draft"] = DRAFT
        return response

    nemo.on("run", applied_late)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films)
    assert len(nemo.asked("run")) == 1
    assert any("Reconnected" in line for line in chat.lines)
    assert chat.texts == ["Your film is arranged: 1 shot, 3 s."]


async def test_no_change_after_a_cut_is_said_and_nothing_is_posted(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", run(beat(), cut()))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: any("haven't sent your request twice" in text for text in chat.texts))
    assert len(nemo.asked("run")) == 1
    assert not chat.films


async def test_a_broken_file_is_named_and_the_rest_is_used(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    whole = photos[1].read_bytes()
    photos[1].write_bytes(whole[: len(whole) // 2])
    photos[2].unlink()
    (text := tmp_path / "notes.jpg").write_text("no picture")
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos, text)
        await chat.until(lambda: chat.films)
    refused = chat.texts[0]
    assert "3 files" in refused
    assert "photo2.jpg is cut off" in refused
    assert "photo3.jpg is no longer there" in refused
    assert "notes.jpg can't be read" in refused
    assert len(nemo.asked("upload")) == 1


async def test_a_session_that_is_gone_is_replaced_once(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("", *photos)
        await chat.until(lambda: len(nemo.asked("upload")) == 3 and not chat.open_lines)
        nemo._sessions.clear()
        nemo._sessions["other"] = {}
        await chat.send(HIGHLIGHT)
        await chat.until(lambda: chat.films)
    assert len(nemo.asked("open")) == 2
    assert len(nemo.asked("upload")) == 6
    assert len(nemo.asked("run")) == 1


async def test_a_failed_render_gets_one_fresh_id(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("poll", answer({"status": "failed", "error": "node lost"}))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films)
    assert len({seen.json["id"] for seen in nemo.asked("render")}) == 2


async def test_two_failed_renders_are_told(nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path) -> None:
    failed = answer({"status": "failed"})
    nemo.on("poll", failed, failed)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: any("render failed" in text for text in chat.texts) and not chat.open_lines)
    assert len(nemo.asked("render")) == 2


async def test_stop_ends_a_run_and_what_waits_behind_it(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", run(beat(), hang()))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: nemo.asked("run"))
        await chat.send("and a title")
        await chat.send("stop")
        await chat.until(lambda: any("can't be called back" in text for text in chat.texts) and not chat.open_lines)
        await chat.until(lambda: "⏹ Stopping this and what was waiting behind it." in chat.texts)
    assert len(nemo.asked("run")) == 1
    assert not chat.films


@pytest.mark.parametrize(
    ("text", "said_back"),
    [
        ("credits", "Credits: 60 available, 40 frozen, 100 in total."),
        ("status", "Nothing here yet"),
        ("help", "Send me photos or clips"),
        ("stop", "Nothing is running."),
        ("upload", "Just attach your files here"),
        ("thanks", "Any time!"),
        ("export", "There is nothing to export yet"),
        ("积分", "积分：可用 60，冻结 40，总计 100。"),
        ("make a reel", "I need photos or clips first"),
        ("start over", "A fresh start"),
    ],
)
async def test_what_needs_no_agent_never_reaches_it(
    nemo: NemoServer, chat: Chat, tmp_path: Path, text: str, said_back: str
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(text)
        await chat.until(lambda: chat.texts and not chat.open_lines)
    assert said_back in chat.texts[0]
    assert len(chat.texts) == 1
    assert not nemo.asked("run")


@pytest.mark.parametrize(
    ("reply", "said_back"),
    [
        (answer({"code": 2001, "message": "no credits"}), "no credits left"),
        (run(error_frame("boom")), "reported a problem"),
        (answer({"detail": "down"}, 503), "haven't sent your request twice"),
    ],
)
async def test_a_refused_prompt_is_told_in_words(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path, reply, said_back: str
) -> None:
    nemo.on("run", reply)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.texts and not chat.open_lines)
    assert said_back in chat.texts[0]
    assert len(nemo.asked("run")) == 1


async def test_the_same_event_twice_is_one_turn(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("credits", event_id="e1")
        await chat.send("credits", event_id="e1")
        await chat.send("help", event_id="e2")
        await chat.until(lambda: len(chat.texts) >= 2)
        await asyncio.sleep(0.3)  # a text may be said twice when the process ends before it is on record
    async with bot_on(nemo.url, tmp_path / "bot", chat):  # after a restart as well
        await chat.send("credits", event_id="e1")
        await chat.send("status", event_id="e3")
        await chat.until(lambda: len(chat.texts) >= 3)
    assert sum("Credits" in text for text in chat.texts) == 1


async def test_an_unclear_delivery_is_not_repeated(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    chat.fail_video = DeliveryUnclear()
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: any("should already be above" in text for text in chat.texts))


async def test_a_long_run_says_that_it_is_alive(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    def says_so() -> bool:
        return any(line.startswith("⏳ Still working...") for line in chat.lines)

    async def until_it_says_so(line: Line) -> None:
        await chat.until(says_so)

    nemo.on("run", run(beat(), until_it_says_so, tool(), tool_done(), said("Ready.")))
    async with bot_on(nemo.url, tmp_path / "bot", chat, still_working=0.1):
        await chat.send("arrange", *photos)
        await chat.settled()
        await chat.until(lambda: "Ready." in chat.texts)
    assert says_so()


async def test_in_a_group_nothing_leaves_before_somebody_says_so(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("", *photos, kind=ChatKind.GROUP)
        await chat.send("credits", kind=ChatKind.GROUP)
        await chat.until(lambda: chat.texts)
        assert not nemo.asked("upload")
        await chat.send(HIGHLIGHT, kind=ChatKind.GROUP)
        await chat.until(lambda: chat.films)
    assert len(nemo.asked("upload")) == 3


async def test_send_again_needs_no_second_render(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    chat.fail_video = DeliveryUnclear()
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.buttons)
        chat.fail_video = None
        await chat.press(chat.buttons[-1])
        await chat.until(lambda: chat.films)
    assert len(nemo.asked("render")) == 1


async def test_try_again_is_a_new_prompt_because_a_person_said_so(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", run(beat(), cut()))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.buttons)
        await chat.press(chat.buttons[-1])
        await chat.until(lambda: chat.films)
    assert [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")] == [HIGHLIGHT, HIGHLIGHT]


async def test_forget_deletes_what_is_kept(nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films and not chat.open_lines)
        await chat.send(command="forget")
        await chat.until(lambda: any("Forgotten: 3 files" in text for text in chat.texts))
        await chat.send("status")
        await chat.until(lambda: any("Nothing here yet" in text for text in chat.texts))
    assert not list((tmp_path / "bot" / "spool").rglob("*.*"))
    assert b"photo1" not in (tmp_path / "bot" / "bot.sqlite").read_bytes()


async def test_out_of_credits_shows_figures_and_tells_the_owner_alone(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", answer({"code": 2001}))
    async with bot_on(nemo.url, tmp_path / "bot", chat, owners="test:7"):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.texts and not chat.open_lines)
    assert "60 available, 40 frozen, 100 in total" in chat.texts[0]
    assert "https://nemovideo.com/register?bind=anon_7" in chat.texts[0]


async def test_others_read_that_the_operator_must_look(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    nemo.on("render", answer({"error": "plan"}, 402))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: any("upgrade your plan" in text for text in chat.texts))
    assert "register?" not in "".join(chat.texts)
    assert "whoever runs this bot" in chat.texts[-1]


async def test_links_are_fetched_by_the_service(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("upload https://example.com/a.mp4")
        await chat.until(lambda: any("1 file fetched" in line for line in chat.lines) and not chat.open_lines)
    assert nemo.asked("upload")[0].json == {"urls": ["https://example.com/a.mp4"], "source_type": "url"}


async def test_a_link_that_cannot_be_fetched_is_told(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    nemo.on("upload", answer({"code": 4001, "message": "no"}))
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("upload https://example.com/page")
        await chat.until(lambda: any("could not fetch that link" in text for text in chat.texts))


async def test_a_project_holds_so_many_files_and_no_more(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat, tray_limit=2):
        await chat.send(HIGHLIGHT, *photos)
        await chat.until(lambda: chat.films)
    assert "photo3.jpg is one too many" in chat.texts[0]
    assert len(nemo.asked("upload")) == 2


async def test_owners_get_the_address_of_their_project(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat, owners="test:7"):
        await chat.send("", *photos)
        await chat.until(lambda: len(nemo.asked("upload")) == 3 and not chat.open_lines)
        await chat.send("status")
        await chat.until(lambda: any("claim?ct=clm_abc" in text for text in chat.texts))
    assert "nmv_usr" not in "".join(chat.texts)


async def test_a_compound_is_carried_out_in_order(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of these, export it, and then show me my credits", *photos)
        await chat.until(lambda: any("60 available" in text for text in chat.texts))
        assert len(chat.films) == 1  # the credits came after
        await chat.send("start over and then make a calm reel")
        await chat.until(lambda: any("I need photos" in text for text in chat.texts))
    assert any("A fresh start" in text for text in chat.texts)
    assert len(nemo.asked("run")) == 1
