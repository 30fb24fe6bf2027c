"""The real studio in every costume that documented servers wear, read by the same client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from PIL import Image

from bot.core import errors
from bot.core.events import AgentEvent, Beat, Complained, Said, Worked
from bot.core.policy import Policy
from bot.core.session import ProjectState, RenderState, Session
from bot.nemo import Identity, NemoClient
from bot.studio.supervise import Studio
from tests.contract.test_editor_contract import PHOTO, SKILLS, WISH

PATIENT = Policy()
pytestmark = [pytest.mark.slow, pytest.mark.uncounted]


@pytest.fixture
def project(tmp_path) -> Callable[..., object]:
    """A project with a photo, on a studio with these switches."""

    @asynccontextmanager
    async def opened(*switches: str, policy: Policy = PATIENT) -> AsyncIterator[tuple[NemoClient, Session]]:
        options = [word for switch in switches for word in ("--switch", switch)]
        photo = tmp_path / "photo.png"
        Image.new("RGB", (64, 36), "teal").save(photo)
        identity = Identity(tmp_path / "identity", scope="variants")
        async with (
            Studio(tmp_path / "studio", options=options) as studio,
            NemoClient(
                studio.url,
                policy=policy,
                skills=SKILLS,
                identity=identity,
                platform="unknown",
                web_url="https://web.example",
                name="studio",
            ) as client,
        ):
            session = await client.open(language="en", skill=PHOTO)
            await client.upload(session, photo, name="photo.png", mime="image/png", progress=lambda _: None)
            yield client, session

    return opened


async def run_of(client: NemoClient, session: Session) -> tuple[list[AgentEvent], ProjectState]:
    async with client.converse(session, WISH) as stream:
        events = [event async for event in stream]
    return events, await client.state(session)


async def used_up(client: NemoClient, session: Session) -> None:
    while True:
        await client.balance(session)
        await asyncio.sleep(0.1)


def words(events: list[AgentEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Said)]


@pytest.mark.parametrize("switch", ["frames=typed", "two-stage=on", "temporary-issue=on"])
async def test_a_run_speaks_in_either_format(switch, project):
    async with project(switch) as (client, session):
        events, state = await run_of(client, session)
        assert words(events)
        assert len(words(events)) == len(set(words(events)))
        assert any(isinstance(event, Worked) for event in events)
        assert not any(isinstance(event, Complained) for event in events)
        assert state.draft


@pytest.mark.parametrize("form", ["nothing", "empty-parts", "empty-partial", "stop-code", "no-content-code"])
async def test_a_silent_edit_is_silent_and_no_failure(form, project):
    async with project(f"silent={form}") as (client, session):
        events, state = await run_of(client, session)
        assert words(events) == []
        assert not any(isinstance(event, Complained) for event in events)
        assert state.draft


@pytest.mark.parametrize("form", ["empty", "comment", "json", "typed"])
async def test_heartbeats_in_any_form(form, project):
    async with project(f"heartbeat={form}", "heartbeat-interval=0.02", "stall=0.2") as (client, session):
        events, _ = await run_of(client, session)
        assert events.count(Beat()) >= 3
        assert words(events)


@pytest.mark.parametrize("form", ["raw", "system", "escaped", "detailed", "safety"])
async def test_an_error_inside_a_run_is_a_complaint(form, project):
    async with project(f"error-frame={form}") as (client, session):
        events, _ = await run_of(client, session)
        complaints = [event for event in events if isinstance(event, Complained)]
        assert len(complaints) == 1
        assert complaints[0].message
        assert not any("rror" in text for text in words(events))


async def test_a_cut_stream_is_lost_while_the_run_goes_on(project):
    async with project("cut-after=1") as (client, session):
        async with client.converse(session, WISH) as stream:
            with pytest.raises(errors.StreamLost):
                assert [event async for event in stream if isinstance(event, Complained)] == []
        async with asyncio.timeout(20):
            while (await client.state(session)).draft is None:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("shape", ["flat", "wrapped", "both"])
async def test_a_failing_render_in_any_shape(shape, project):
    async with project(f"render-body={shape}", "fail-renders=1") as (client, session):
        _, state = await run_of(client, session)
        assert (await client.rendered(session, render_id="r1")).state is RenderState.UNKNOWN_ID
        await client.render(session, render_id="r1", draft=state.draft)
        async with asyncio.timeout(60):
            while (status := await client.rendered(session, render_id="r1")).state is not RenderState.FAILED:
                assert status.state in (RenderState.PENDING, RenderState.PROCESSING)
                await asyncio.sleep(0.05)
        assert status.reason


async def test_a_studio_that_gives_no_second_token(project):
    impatient = Policy(token_retry=0.05)
    async with project("token-limits=on", "token-life=1", policy=impatient) as (client, session):
        with pytest.raises(errors.RateLimited):
            await used_up(client, session)
