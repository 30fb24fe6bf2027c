"""The studio as a child process: started, killed, restarted, and what it had accepted is finished exactly once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest

from bot.studio.supervise import Studio, StudioUnavailable
from tests.studio.counterpart import ASK, children, http_to, photo, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.uncounted]


@asynccontextmanager
async def supervised(tmp_path, *switches):
    options = [part for switch in switches for part in ("--switch", switch)]
    async with Studio(tmp_path / "data", options=options, first_delay=0.05) as child, http_to(child.url) as http:
        yield child, http


async def back(child, http, old):
    """Wait until the supervisor has started another child that answers."""
    with anyio.fail_after(60):
        while child.pid in {None, old}:
            await anyio.sleep(0.02)
    assert (await http.get("/healthz")).json() == {"status": "ok"}


def rows(tmp_path, sql):
    with sqlite3.connect(tmp_path / "data" / "studio.db") as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


async def test_a_run_and_a_render_survive_kill_9_and_are_done_once(tmp_path):
    async with supervised(tmp_path, "latency=1") as (child, http):
        url, first = child.url, child.pid
        client = await signed_in(http)
        await client.upload(photo(), photo("b.jpg", shade=2))
        async with http.stream(
            "POST", "/run_sse", headers=client.headers, json=client.message("make a 20 second video")
        ) as stream:
            assert stream.status_code == 200
            os.kill(first, signal.SIGKILL)
        await back(child, http, first)
        assert child.url == url
        with anyio.fail_after(30):
            while (await client.credits())["frozen"]:
                await anyio.sleep(0.05)
        draft = (await client.state())["draft"]
        assert draft["d"] == 20_000
        assert (await client.credits())["available"] == 1_000_000 - 100
        assert rows(tmp_path, "SELECT status FROM runs") == [("done",)]
        [(project,)] = rows(tmp_path, "SELECT project FROM sessions")
        assert len(json.loads(project)["past"]) == 1

        second = child.pid
        await client.submit(draft | {"m": draft["m"] | {"width": 640, "height": 360}})
        while not children(second, "bot.studio.film"):
            await anyio.sleep(0.02)
        film = children(second, "bot.studio.film")[0]
        os.kill(second, signal.SIGKILL)
        await back(child, http, second)
        done = await client.ended()
        assert done["status"] == "completed"
        assert (await http.get(done["output"]["url"])).status_code == 200
        assert rows(tmp_path, "SELECT status, attempts FROM renders") == [("completed", 2)]
        assert len([*(tmp_path / "data" / "films").iterdir()]) == 1
        with anyio.fail_after(20):
            while Path(f"/proc/{film}").exists():  # the orphan noticed that its parent is gone
                await anyio.sleep(0.05)


async def test_a_job_in_work_is_put_back_by_an_orderly_stop_and_its_attempt_does_not_count(tmp_path):
    async with supervised(tmp_path) as (child, http):
        client = await signed_in(http)
        draft = await client.filmed(text="make a 20 second video without music")
        await client.submit(draft | {"m": draft["m"] | {"width": 640, "height": 360}})
        while not children(child.pid, "bot.studio.film"):
            await anyio.sleep(0.02)
        film = children(child.pid, "bot.studio.film")[0]
    assert rows(tmp_path, "SELECT status, attempts FROM renders") == [("pending", 0)]
    assert not Path(f"/proc/{film}").exists()


async def test_the_next_studio_on_the_same_directory_knows_everything(tmp_path):
    async with supervised(tmp_path) as (_, http):
        client = await signed_in(http)
        draft = await client.filmed()
    async with supervised(tmp_path) as (child, http):
        client.http = http
        state = await client.state()
        assert len(state["video_infos"]) == 2
        assert state["draft"]["d"] == draft["d"]
        assert state["video_infos"][0]["cdn_url"].startswith(child.url)


async def test_a_run_that_kills_the_studio_again_and_again_is_given_up(tmp_path):
    async with supervised(tmp_path, "stall=1000") as (child, http):
        client = await signed_in(http)
        await client.upload(photo())
        async with http.stream("POST", "/run_sse", headers=client.headers, json=client.message(ASK)) as stream:
            assert stream.status_code == 200
            while (await client.credits())["frozen"]:
                old = child.pid
                os.kill(old, signal.SIGKILL)
                await back(child, http, old)
                await anyio.sleep(0.1)
        assert (await client.credits())["available"] == 1_000_000
        assert rows(tmp_path, "SELECT status, attempts FROM runs") == [("failed", 4)]


async def test_a_locked_directory_is_waited_for_and_then_refused_in_words(tmp_path):
    async with supervised(tmp_path):
        refused = subprocess.run(
            [sys.executable, "-m", "bot.studio", "--data-dir", str(tmp_path / "data"), "--lock-wait", "0.2"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert refused.returncode == 3
        assert "Another studio is using" in refused.stderr
        with pytest.raises(StudioUnavailable, match="could not start"):
            await Studio(tmp_path / "data", options=["--lock-wait", "0.2"]).__aenter__()


async def test_a_child_ends_when_its_parent_is_gone(tmp_path):
    parent = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from bot.studio.supervise import Studio\n"
        "async def main():\n"
        "    async with Studio(Path(sys.argv[1])) as child:\n"
        "        print(child.pid, flush=True)\n"
        "        os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", parent, str(tmp_path / "data")], capture_output=True, text=True, check=False
    )
    assert died.returncode == -signal.SIGKILL
    with anyio.fail_after(20):
        while Path(f"/proc/{int(died.stdout)}").exists():
            await anyio.sleep(0.05)


def test_the_command_says_when_it_is_ready_and_what_it_cannot_do(tmp_path):
    command = [sys.executable, "-m", "bot.studio", "--data-dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] is True
        assert ready["url"].startswith("http://127.0.0.1:")
        process.terminate()
        assert process.wait(30) == 0
    refused = subprocess.run([*command, "--switch", "silent=maybe"], capture_output=True, text=True, check=False)
    assert refused.returncode == 3
    assert refused.stderr.startswith("The studio cannot start: 'maybe' is no value of the switch silent")
    assert "Traceback" not in refused.stderr
