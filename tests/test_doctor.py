"""The doctor: a healthy machine, and one fault at a time with the thing that mends it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.doctor import service
from bot.doctor.finding import Finding, State
from bot.doctor.machine import look_at_folder
from bot.doctor.names import look_at_names, setting_names, unknown_names
from bot.doctor.platforms import look_at_platforms
from bot.doctor.service import look_at_service, look_at_skills
from bot.i18n import catalog
from bot.media.trial import TrialFailed, trial
from bot.settings import DiscordSettings, NemoSettings, Settings, TelegramSettings
from bot.store.database import Database
from bot.store.engines import lock
from bot.store.look import Damaged, schema_version
from bot.store.sql import SqlStore
from bot.store.sqlite import SqliteTooOld, refuse_old_sqlite
from bot.store.tables import SCHEMA_VERSION
from bot.studio.film import check_fonts, glyphs, lettering
from tests.servers.discord import DiscordServer
from tests.servers.discord_state import TOKEN as DISCORD_TOKEN
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import answer
from tests.servers.telegram import TOKEN as TELEGRAM_TOKEN
from tests.servers.telegram import TelegramServer

SECRET = "nmv_usr_this_must_never_be_printed"


def settings(folder: Path, **values) -> Settings:
    groups = {"nemo": NemoSettings, "telegram": TelegramSettings, "discord": DiscordSettings}
    plain = {name: value for name, value in values.items() if name not in groups}
    return Settings(
        _env_file=None,
        data_dir=folder,
        **plain,
        **{name: group(_env_file=None, **values.get(name, {})) for name, group in groups.items()},
    )


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        env=kept | {"HIGHLIGHT_DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


async def asked(loaded: Settings, scratch: Path) -> Finding:
    (finding,) = [finding async for finding in look_at_service(loaded, scratch)]
    return finding


# the command


def test_a_machine_with_nothing_set_is_healthy_and_stays_as_it_was(tmp_path: Path) -> None:
    result = run(tmp_path / "data")
    assert result.returncode == 0, result.stdout + result.stderr
    parts = [line[6:].split("  ")[0] for line in result.stdout.splitlines() if line.startswith(("ok", "note"))]
    assert parts == [
        *("python", "settings", "data folder", "disk", "skills", "media tools", "fonts", "studio", "platforms")
    ]
    assert result.stdout.endswith("Everything works.\n")
    assert result.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_every_fault_has_a_line_and_one_fix_and_no_secret_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    result = run(
        file / "data",
        NEMO_TOKEN=SECRET,
        NEMO_API_URL="http://somebody:hunter2@127.0.0.1:9",
        TELEGRAM_TOKEN="123:short-secret",
        DISCORD_TOKEN="no-dots-secret",
        HIGHLIGHT_DATADIR="elsewhere",
    )
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    faults = [number for number, line in enumerate(lines) if line.startswith("FAULT")]
    assert [lines[number].split()[1] for number in faults] == ["data", "cloud", "telegram", "discord"]
    assert all(lines[number + 1].lstrip().startswith("→ ") for number in faults)
    assert "→ Write HIGHLIGHT_DATA_DIR." in result.stdout
    assert lines[-1] == "4 faults to mend."
    for secret in (SECRET, "short-secret", "no-dots-secret", "hunter2"):
        assert secret not in result.stdout + result.stderr


# the parts


@pytest.mark.parametrize("version", [(3, 37, 0), (3, 40, 1), (4, 0)])
def test_a_sqlite_that_will_do(version) -> None:
    refuse_old_sqlite(version)


def test_a_sqlite_that_is_too_old_is_named() -> None:
    with pytest.raises(SqliteTooOld) as refused:
        refuse_old_sqlite((3, 34, 1))
    assert "3.34.1" in catalog.load().text("en", refused.value.key, **refused.value.params)


async def test_the_database_is_looked_at_without_being_touched(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    async with SqlStore(Database(file)).opened():
        assert schema_version(file) == SCHEMA_VERSION  # in use, and that is no obstacle
    with sqlite3.connect(file) as database:
        database.execute("update bot_meta set value = '99' where name = 'schema'")
    database.close()
    found = {finding.part: finding for finding in look_at_folder(tmp_path, file.name)}
    assert found["database"].state is State.FAULT
    assert "format 99" in found["database"].text
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(Damaged):
        schema_version(file)
    found = {finding.part: finding for finding in look_at_folder(tmp_path, file.name)}
    assert found["database"].state is State.FAULT


def test_a_running_bot_is_named_and_is_no_fault(tmp_path: Path) -> None:
    assert "lock" not in {finding.part for finding in look_at_folder(tmp_path, "bot.sqlite")}
    with lock(tmp_path):
        found = {finding.part: finding for finding in look_at_folder(tmp_path, "bot.sqlite")}
    assert found["lock"].state is State.OK


def test_misspelt_settings_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TELEGRAM_TOKN=x\nHIGHLIGHT_POLICY__PULSE=2\nNEMO_TOKEN=y\n")
    monkeypatch.setenv("HIGHLIGHT_ONWERS", "telegram:1")
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    unknown = unknown_names()
    assert {"TELEGRAM_TOKN", "HIGHLIGHT_ONWERS"} <= set(unknown)
    assert not {"HIGHLIGHT_POLICY__PULSE", "NEMO_TOKEN", "SOMETHING_ELSE"} & set(unknown)
    fixes = [finding.fix for finding in look_at_names(["TELEGRAM_TOKN", "HIGHLIGHT_ONWERS"])]
    assert fixes == ["Write TELEGRAM_TOKEN.", "Write HIGHLIGHT_OWNERS."]
    assert {"SKILL_SOURCE", "NEMO_API_URL", "HIGHLIGHT_BACKEND"} <= set(setting_names())


async def greeted(loaded: Settings) -> list[Finding]:
    return [finding async for finding in look_at_platforms(loaded, limit=2.0)]


async def test_a_platform_that_knows_the_token_says_who_the_bot_is(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        loaded = settings(
            tmp_path,
            telegram={"token": TELEGRAM_TOKEN, "api_url": telegram.url},
            discord={"token": DISCORD_TOKEN, "api_url": discord.url},
        )
        findings = await greeted(loaded)
        assert [(finding.part, finding.state) for finding in findings] == [
            ("telegram", State.OK),
            ("discord", State.OK),
        ]
        assert findings[0].text.startswith("@")
        assert "intent is" in findings[1].text
        assert (telegram.faults, discord.objections) == ([], [])


async def test_a_platform_that_does_not_know_the_token_or_is_not_there_is_a_fault(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        strange = settings(
            tmp_path,
            telegram={"token": "5555555555:" + "B" * 35, "api_url": telegram.url},
            discord={"token": DISCORD_TOKEN[:-4] + "wxyz", "api_url": discord.url},
        )
        refused = await greeted(strange)
    assert [finding.text for finding in refused] == ["the token is refused"] * 2
    assert ["BotFather" in refused[0].fix, "developer portal" in refused[1].fix] == [True, True]
    gone = await greeted(strange)  # the servers have ended
    assert ["does not answer" in finding.text for finding in gone] == [True, True]
    assert [finding.state for finding in gone] == [State.FAULT] * 2


async def test_what_does_not_look_like_a_token_is_not_sent(tmp_path: Path) -> None:
    async with TelegramServer() as telegram:
        (found,) = await greeted(settings(tmp_path, telegram={"token": "12345", "api_url": telegram.url}))
        assert (found.state, telegram.calls) == (State.FAULT, [])
    (nothing,) = await greeted(settings(tmp_path))
    assert nothing.state is State.NOTE


def test_a_broken_skill_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (good,) = look_at_skills()
    assert good.state is State.OK
    monkeypatch.setattr(service, "SKILLS", tmp_path)
    (missing,) = look_at_skills()
    assert missing.state is State.FAULT
    (tmp_path / "some.md").write_text("---\nname: some\n---\n")
    (broken,) = look_at_skills()
    assert "some.md: version" in broken.text


async def test_media_tools_that_fail_say_what_broke(tmp_path: Path) -> None:
    assert "320x180, 1 s" in await trial(tmp_path)
    with pytest.raises(TrialFailed, match="encoding"):
        await trial(tmp_path / "nowhere")


def test_fonts_that_are_gone_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    caches = (lettering._font, glyphs.covered)
    for cache in caches:
        cache.cache_clear()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(glyphs, "FONTS", tmp_path)
            patch.setattr(lettering, "FONTS", tmp_path)
            assert check_fonts.main() == 1
    finally:
        for cache in caches:
            cache.cache_clear()
    assert check_fonts.main() == 0
    assert capsys.readouterr().out.endswith("4 bundled fonts, Latin, Chinese and emoji\n")


# the cloud


async def test_a_good_token_shows_its_credits_and_nothing_is_asked_but_the_balance(tmp_path: Path) -> None:
    async with NemoServer() as server:
        found = await asked(settings(tmp_path / "data", nemo={"token": SECRET, "api_url": server.url}), tmp_path)
        assert (found.state, "accepts NEMO_TOKEN" in found.text) == (State.OK, True)
        assert {seen.call for seen in server.seen} == {"balance"}


async def test_a_token_that_is_refused_is_a_fault(tmp_path: Path) -> None:
    async with NemoServer() as server:
        server.on("balance", answer({"code": 1001, "message": "expired"}, 401))
        found = await asked(settings(tmp_path / "data", nemo={"token": SECRET, "api_url": server.url}), tmp_path)
    assert found.state is State.FAULT
    assert "does not accept NEMO_TOKEN" in found.text


async def test_without_a_token_none_is_asked_for(tmp_path: Path) -> None:
    async with NemoServer() as server:
        server.on("balance", answer({"code": 1001, "message": "who?"}, 401))
        found = await asked(settings(tmp_path / "data", nemo={"api_url": server.url}), tmp_path)
        assert found.state is State.OK
        assert "asked for at the first use" in found.text
        assert server.asked("token") == []


async def test_a_service_of_another_kind_is_a_fault(tmp_path: Path) -> None:
    async with NemoServer() as server:
        server.on("balance", answer({"hello": "world"}, 404))
        found = await asked(settings(tmp_path / "data", nemo={"token": SECRET, "api_url": server.url}), tmp_path)
    assert (found.state, found.fix) == (State.FAULT, "Check NEMO_API_URL.")


@pytest.mark.parametrize("command", [["demo"], ["chat"], ["run"]], ids=lambda command: command[0])
def test_a_folder_that_cannot_be_used_is_one_sentence(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    tokens = {"TELEGRAM_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    result = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        env=kept | tokens | {"HIGHLIGHT_DATA_DIR": str(file / "data")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 78
    assert result.stderr.startswith(f"The data folder {file / 'data'} cannot be used: Not a directory.")
    assert result.stderr.count("\n") == 1
