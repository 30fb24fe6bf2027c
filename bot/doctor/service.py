"""The editing service: tried when it is ours, asked for the balance when it is the cloud. Nothing is spent."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from bot.app import SKILLS
from bot.core.errors import BackendDown, EditorError, Unauthorized
from bot.core.media import HD_SKILL, PHOTO_SKILL
from bot.core.session import Session
from bot.doctor.finding import Finding, fault, note
from bot.doctor.tools import AGAIN
from bot.nemo import Identity, NemoClient, detect_platform, load_skills
from bot.settings import NEMO_API_URL, child_environment
from bot.studio.supervise import Studio, StudioUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.core.session import Balance
    from bot.nemo.tokens import Token
    from bot.settings import Settings

NOBODY = "highlight-bot-doctor"
"""A token that no service has given: its being refused shows that the service is there, and no new one is asked for."""


def look_at_skills() -> Iterator[Finding]:
    """Both skill files can be read: their names and versions go out with every call."""
    try:
        skills = load_skills(SKILLS)
    except (OSError, ValueError, yaml.YAMLError) as error:
        yield fault("skills", str(error), fix="Correct the file's frontmatter, or restore the file.")
        return
    if missing := {PHOTO_SKILL, HD_SKILL} - set(skills):
        yield fault("skills", f"{', '.join(sorted(missing))} is missing.", fix=f"Restore the file in {SKILLS}.")
    else:
        yield Finding(part="skills", text=", ".join(f"{skill.name} {skill.version}" for skill in skills.values()))


async def look_at_service(settings: Settings, scratch: Path) -> AsyncIterator[Finding]:
    """Whichever service is in use. The studio is tried on a folder of its own: a running bot is not disturbed."""
    if settings.effective_backend == "studio":
        yield await _studio(settings, scratch)
    else:
        yield await _cloud(settings, scratch)


async def _studio(settings: Settings, scratch: Path) -> Finding:
    log = scratch / "studio.log"
    async with AsyncExitStack() as stack:
        try:
            studio = await stack.enter_async_context(
                Studio(scratch / "studio", environment=child_environment(), log=log)
            )
        except StudioUnavailable as error:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            reason = lines[-1] if lines else str(error)
            return fault("studio", reason, fix=AGAIN)
        try:
            balance = await _balance(settings, studio.url, "", scratch)
        except EditorError as error:
            return fault("studio", f"It starts and does not answer: {error}", fix="Look for a proxy or a firewall.")
    return Finding(part="studio", text=f"starts and answers; a new chat has {balance.available:,.0f} credits")


async def _cloud(settings: Settings, scratch: Path) -> Finding:
    url = settings.nemo.api_url or NEMO_API_URL
    given = settings.nemo.token.get_secret_value() if settings.nemo.token else ""
    kept = None if given else await _kept(settings, url)
    shown = (
        urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl()
    )  # a password may stand there
    try:
        balance = await _balance(settings, url, given or (kept.secret if kept else NOBODY), scratch)
    except Unauthorized:
        if given:
            return fault("cloud", f"{shown} does not accept NEMO_TOKEN.", fix="Set NEMO_TOKEN to a current token.")
        if kept:
            return note("cloud", f"{shown} answers; the kept token has expired, a new one is asked for when needed")
        return Finding(part="cloud", text=f"{shown} answers; a token is asked for at the first use")
    except BackendDown as error:
        return fault(
            "cloud",
            f"{shown} cannot be reached: {error.params.get('reason', error)}",
            fix="Check the network, the proxy, and NEMO_API_URL.",
        )
    except (EditorError, ValueError) as error:
        return fault("cloud", f"{shown} answers something else: {error}", fix="Check NEMO_API_URL.")
    whose = "NEMO_TOKEN" if given else "the kept token"
    text = f"{shown} accepts {whose}; {balance.available:,.0f} credits"
    if balance.available <= 0:
        return note("cloud", text, fix="Top up credits in the account: exports are free, edits are not.")
    return Finding(part="cloud", text=text)


async def _kept(settings: Settings, url: str) -> Token | None:
    folder = settings.data_dir / "nemo"
    return await Identity(folder, scope=url).known() if folder.is_dir() else None


async def _balance(settings: Settings, url: str, token: str, scratch: Path) -> Balance:
    """Ask with this token and no other. Without one, which only the studio gets, ask for one and forget it."""
    client = NemoClient(
        url,
        policy=settings.effective_policy(),
        skills=load_skills(SKILLS),
        identity=Identity(scratch / "identity", scope=url, token=token),
        platform=detect_platform(settings.skill_source or "", SKILLS),
        web_url=settings.nemo.web_url,
        name=settings.effective_backend,
    )
    async with client:
        return await client.balance(Session(session_id="", skill=PHOTO_SKILL))
