"""From files over HTTP to a choice that the state explains; and a database from before there were measures."""

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from bot.studio.store import assets, renders
from bot.studio.store.database import opened
from tests.studio.analyse.pictures import black, blurred, chat, nearly, saved, scene
from tests.studio.counterpart import studio, texts


def album(folder: Path) -> list[tuple[str, bytes]]:
    """Eight good photos and four others, in the order of their capture times except for the first."""
    size = (800, 600)
    good = [scene(seed, size) for seed in range(8)]
    pictures = {f"IMG_{number}.jpg": image for number, image in enumerate(good)}
    pictures |= {"twin.jpg": blurred(nearly(good[2]), 1 / 900), "soft.jpg": blurred(good[5], 1 / 200)}
    pictures |= {"pocket.jpg": black(size), "chat.png": chat((1080, 1920))}
    found = []
    for number, (name, image) in enumerate(pictures.items()):
        taken = None if name == "chat.png" else f"2024:05:04 {(20 if number == 0 else 8):02}:{number:02}:00"
        path = saved(folder / name, image, taken=taken, camera=taken is not None, zone="+02:00")
        found.append((name, path.read_bytes()))
    return found


async def test_the_state_says_what_was_left_out_and_why(tmp_path):
    async with studio(tmp_path) as client:
        assert (await client.upload(*album(tmp_path))).json()["code"] == 0
        said = texts(await client.say("make a 20 second video with a title"))[-1]
        state = await client.state()
        names = {info["asset"]: info["filename"] for info in state["video_infos"]}
        analyses = {names[key]: value for key, value in state["video_analyses"].items()}
        reasons = {name: told["left_out"] for name, told in analyses.items() if "left_out" in told}
        assert reasons == {
            "twin.jpg": "duplicate",
            "soft.jpg": "blurred",
            "pocket.jpg": "black",
            "chat.png": "screenshot",
        }
        assert names[analyses["twin.jpg"]["instead"]] == "IMG_2.jpg"
        assert "I used 8 of 12 photos: 1 near duplicate, 1 blurred, 1 black, 1 screenshot." in said
        shown = [names[segment["m"]["asset"]] for segment in state["draft"]["t"][0]["sg"]]
        assert shown == [*(f"IMG_{number}.jpg" for number in range(1, 8)), "IMG_0.jpg"]
        assert state["draft"]["t"][2]["sg"][0]["m"]["title"] == "4 May 2024"
        assert analyses["IMG_1.jpg"]["taken_by"] == "shutter"
        assert analyses["IMG_1.jpg"]["taken_confidence"] > analyses["chat.png"]["taken_confidence"] == 0
        answer = texts(await client.say("why didn't you use chat.png?"))[-1]
        assert "screenshots: chat.png" in answer
        await client.say("use all of them")
        draft = (await client.state())["draft"]
        assert len(draft["t"][0]["sg"]) == 12


@pytest.mark.parametrize(("version", "later"), [(1, ("measures ", "work ", "seconds ")), (2, ("work ", "seconds "))])
async def test_a_database_of_a_version_before_is_carried_over(tmp_path, version, later):
    file = tmp_path / "studio.db"
    schema = (files("bot.studio.store") / "schema.sql").read_text(encoding="utf-8")
    rows = [line for line in schema.splitlines() if not line.lstrip().startswith(later)]
    with sqlite3.connect(file) as old:
        old.executescript("\n".join(rows) + f"; PRAGMA user_version={version};")
        old.execute("INSERT INTO users VALUES ('u', 'c', 1, 0, 0)")
        old.execute("INSERT INTO sessions VALUES ('s', 'u', 't', 'project', 'en', NULL, NULL, 0)")
        old.execute(
            "INSERT INTO assets (id, session_id, position, filename, kind, width, height, duration_ms, fps, size,"
            " sha256, created_at) VALUES ('a', 's', 0, 'a.jpg', 'photo', 4, 3, 0, 0, 9, 'x', 0)"
        )
    old.close()
    for _ in range(2):
        async with opened(file) as database:
            [asset] = await assets.of_session(database, "s")
            assert (asset.id, asset.measures) == ("a", None)
            assert await renders.timed(database, 9) == []
