"""What the engine may rely on, whoever answers: the scripted service and the real studio go through the same tests."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

import bot.nemo
from bot.core import errors
from bot.core.events import Beat, Said, Worked
from bot.core.policy import Policy
from bot.core.session import RenderState, Session
from bot.engine.ports import Editor
from bot.nemo import Identity, NemoClient, load_skills
from bot.studio.supervise import Studio
from tests.servers.nemo import NemoServer

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

SKILLS = load_skills(Path(bot.nemo.__file__).parent / "skills")
PHOTO = "highlight-editor-photo"
WISH = "make a 4 second highlight from these photos"


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["scripted", "studio"])
async def url(request, tmp_path_factory) -> AsyncIterator[str]:
    """The address of a service."""
    if request.param == "scripted":
        async with NemoServer() as server:
            yield server.url
    else:
        async with Studio(tmp_path_factory.mktemp("studio")) as studio:
            yield studio.url


@dataclass(frozen=True)
class Account:
    """One installation."""

    url: str
    folder: Path

    def editor(self) -> NemoClient:
        return NemoClient(
            self.url,
            policy=Policy(),
            skills=SKILLS,
            identity=Identity(self.folder, scope="contract"),
            platform="unknown",
            web_url="https://web.example",
            name="studio",
        )


@pytest_asyncio.fixture(loop_scope="module")
async def editor(url, tmp_path) -> AsyncIterator[Editor]:
    async with Account(url, tmp_path / "identity").editor() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def session(editor) -> Session:
    return await editor.open(language="en", skill=PHOTO)


@pytest.fixture
def photos(tmp_path) -> list[Path]:
    files = []
    for number in range(2):
        file = tmp_path / f"photo-{number}.jpg"
        Image.linear_gradient("L").resize((320, 180)).convert("RGB").save(file, quality=80)
        files.append(file)
    return files


async def send(editor: Editor, session: Session, photos: list[Path]) -> None:
    for file in photos:
        await editor.upload(session, file, name=file.name, mime="image/jpeg", progress=lambda _: None)


async def talk(editor: Editor, session: Session, text: str) -> list[object]:
    async with editor.converse(session, text) as events:
        return [event async for event in events]


async def test_a_project_has_ids_that_are_strings(editor, session):
    assert session.session_id.isdigit()
    assert len(session.session_id) == 19
    assert session.task_id
    assert session.user_id.startswith("anon_")
    assert (await editor.open(language="zh", skill=PHOTO)).session_id != session.session_id


async def test_a_new_project_is_empty(editor, session):
    state = await editor.state(session)
    assert (state.draft, state.media, state.generated) == (None, (), 0)


async def test_what_was_uploaded_is_in_the_state(editor, session, photos):
    passed: list[int] = []
    found = await editor.upload(session, photos[0], name="Grüße 1.jpg", mime="image/jpeg", progress=passed.append)
    assert found.name == "Grüße 1.jpg"
    assert passed[-1] == photos[0].stat().st_size
    assert [media.name for media in (await editor.state(session)).media] == ["Grüße 1.jpg"]


async def test_what_is_no_media_is_refused(editor, session, tmp_path):
    (tmp_path / "notes.txt").write_text("not a photo")
    with pytest.raises(errors.UnsupportedMedia):
        await editor.upload(
            session, tmp_path / "notes.txt", name="notes.txt", mime="text/plain", progress=lambda _: None
        )
    assert (await editor.state(session)).media == ()


async def test_a_run_speaks_and_changes_the_draft(editor, session, photos):
    await send(editor, session, photos)
    events = await talk(editor, session, WISH)
    assert all(isinstance(event, Said | Worked | Beat) for event in events)
    assert [event for event in events if isinstance(event, Said)]
    draft = (await editor.state(session)).draft
    assert draft
    assert any(track.get("sg") for track in draft["t"])


async def test_a_run_goes_on_when_nobody_listens(editor, session, photos):
    await send(editor, session, photos)
    async with editor.converse(session, WISH):
        pass
    async with asyncio.timeout(20):
        while (await editor.state(session)).draft is None:
            await asyncio.sleep(0.05)


async def test_an_unknown_project_is_gone(editor):
    gone = Session(session_id="1111111111111111111", skill=PHOTO)
    with pytest.raises(errors.SessionGone):
        await editor.state(gone)
    with pytest.raises(errors.SessionGone):
        await talk(editor, gone, "hello")


async def test_another_installation_uses_another_account(url, tmp_path, session):
    async with Account(url, tmp_path / "other").editor() as other:
        with pytest.raises(errors.SessionGone):
            await other.state(session)


async def test_credits_add_up(editor, session):
    balance = await editor.balance(session)
    assert balance.available > 0
    assert balance.total == balance.available + balance.frozen


async def test_a_film_is_rendered_once_and_fetched(editor, session, photos, tmp_path):
    await send(editor, session, photos)
    await talk(editor, session, WISH)
    draft = copy.deepcopy((await editor.state(session)).draft)
    draft.setdefault("m", {}).update(width=320, height=180)
    assert (await editor.rendered(session, render_id=f"render_{session.session_id}")).state is RenderState.UNKNOWN_ID
    await editor.render(session, render_id=f"render_{session.session_id}", draft=draft)
    with pytest.raises(errors.RenderExists):
        await editor.render(session, render_id=f"render_{session.session_id}", draft=draft)
    async with asyncio.timeout(120):
        while True:
            status = await editor.rendered(session, render_id=f"render_{session.session_id}")
            if status.state in (RenderState.COMPLETED, RenderState.FAILED):
                break
            await asyncio.sleep(0.2)
    assert status.state is RenderState.COMPLETED, status.reason
    assert status.progress == 100
    for url in (status.url, ""):
        target = tmp_path / "film.mp4"
        passed: list[int] = []
        await editor.fetch(
            session,
            render_id=f"render_{session.session_id}",
            status=type(status)(state=status.state, url=url),
            target=target,
            progress=passed.append,
        )
        assert target.stat().st_size == passed[-1] > 1000
    assert await editor.cancel(session, render_id=f"render_{session.session_id}") is False


async def test_links_open_the_project_without_a_token(editor, session):
    assert (await editor.project_link(session)).startswith("https://web.example/workspace/claim?ct=clm_")
    assert await editor.registration_link(session) == f"https://web.example/register?bind={session.user_id}"
