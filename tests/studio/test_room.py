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
    async with studio(tmp_path) as first:
        await first.submit(await first.filmed(photos=1))
        await first.ended()
    used = sum(path.stat().st_size for name in ("uploads", "films") for path in (tmp_path / "studio" / name).iterdir())
    more = [photo(shade=100 + number) for number in range(3)]
    limits = Limits(disk_bytes=used + sum(len(content) for _, content in more) - 1, idle_seconds=0.0)
    async with studio(tmp_path, limits=limits, session=False) as again:
        again.session = first.session
        clients = [await signed_in(again.http, f"client-{number}") for number in (2, 3, 4)]
        for client, file in zip(clients[:2], more[:2], strict=True):
            assert (await client.upload(file)).status_code == 200
            await anyio.sleep(0.01)
        before = kept(tmp_path)
        assert len(before) == 4
        assert (await clients[2].upload(more[2])).status_code == 200
        assert (await again.get(again.path("state"))).json()["code"] == 1002
        assert (await again.poll()).get("code") == 404
        assert len(kept(tmp_path) & before) == 2, "the photos of the second and the third"
        for client in clients:
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
