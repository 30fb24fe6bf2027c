"""The studio's room on the disk: what is given up for new media, and what never is."""

from __future__ import annotations

import anyio

from bot.studio.config import Config, Limits
from bot.studio.server import serving
from tests.studio.counterpart import photo, signed_in, studio

ONE = len(photo()[1])


def kept(folder) -> set[str]:
    return {path.name for path in (folder / "studio" / "uploads").iterdir()} | {
        path.name for path in (folder / "studio" / "films").iterdir()
    }


async def test_the_project_unused_longest_goes_and_its_owner_is_told(tmp_path):
    # One at a time of these has to stay below the photos of three projects and a film.
    async with studio(tmp_path) as probe:
        film = (await probe.submit(await probe.filmed(photos=1))).status_code
        assert film == 200
        await probe.ended()
        size = sum(path.stat().st_size for path in (tmp_path / "studio" / "films").iterdir())
    limits = Limits(disk_bytes=3 * ONE + size + ONE // 2, idle_seconds=0.0)
    async with studio(tmp_path / "small", limits=limits) as first:
        await first.submit(await first.filmed(photos=1))
        await first.ended()
        second, third, fourth = [await signed_in(first.http, f"client-{number}") for number in range(3)]
        for number, client in enumerate((second, third)):
            assert (await client.upload(photo(shade=100 + number))).status_code == 200
            await anyio.sleep(0.01)
        before = kept(tmp_path / "small")
        assert len(before) == 4
        assert (await fourth.upload(photo(shade=150))).status_code == 200
        assert (await first.get(first.path("state"))).json()["code"] == 1002
        assert (await first.poll()).get("code") == 404
        assert len(kept(tmp_path / "small") & before) == 2, "the photos of the second and the third"
        for client in (second, third, fourth):
            assert len((await client.state())["video_infos"]) == 1


async def test_what_is_in_use_is_never_given_up(tmp_path):
    limits = Limits(disk_bytes=2 * ONE, idle_seconds=3600.0)
    async with studio(tmp_path, limits=limits) as first:
        assert (await first.upload(photo(shade=1))).status_code == 200
        second = await signed_in(first.http, "client-2")
        refused = await second.upload(photo(shade=2), photo(shade=3))
        assert refused.status_code == 507
        assert "Nothing was changed" in refused.json()["message"]
        assert len((await first.state())["video_infos"]) == 1
        assert (await second.state())["video_infos"] == []
        assert len(kept(tmp_path)) == 1
        assert [*(tmp_path / "studio" / "incoming").iterdir()] == []


async def test_a_render_under_way_holds_its_project(tmp_path):
    limits = Limits(disk_bytes=2 * ONE, idle_seconds=0.0, jobs_at_once=0)
    async with studio(tmp_path, limits=limits) as first:
        assert (await first.submit(await first.filmed(photos=1))).status_code == 200
        second = await signed_in(first.http, "client-2")
        assert (await second.upload(photo(shade=2), photo(shade=3))).status_code == 507
        assert len((await first.state())["video_infos"]) == 1


async def test_files_that_nothing_records_are_swept_at_the_start(tmp_path):
    config = Config(data_dir=tmp_path)
    config.films.mkdir(parents=True)
    config.film("abandoned").write_bytes(b"film")
    async with serving(config):
        assert [*config.films.iterdir()] == []
