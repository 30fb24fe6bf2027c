"""The deployment files, linted without Docker, a registry or a running systemd: not run here, but not unread either."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot import cli
from bot.doctor.names import setting_names
from docs import make_settings
from tests.servers.telegram import TOKEN, TelegramServer

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined, comments left out."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for name, value in instructions():
        if name == "FROM":
            found.append([])
        found[-1].append((name, value))
    return found


# env.example


def test_env_example_is_written_from_the_settings() -> None:
    assert make_settings.ENVIRONMENT.read_text(encoding="utf-8") == make_settings.environment(), (
        "run python docs/make_settings.py"
    )


def test_env_example_has_every_setting_and_nothing_else() -> None:
    lines = make_settings.ENVIRONMENT.read_text(encoding="utf-8").splitlines()
    names = [match[1] for line in lines if (match := re.match(r"#([A-Z_]+)=", line))]
    assert sorted(names) == sorted(name + "__NAME" * (name == "HIGHLIGHT_POLICY") for name in setting_names())
    assert all(line.startswith("#") for line in lines if line), "copied as it is, it must set nothing"
    assert all(text for _, rows in make_settings.groups() for _, _, text in rows), "a setting without a doc comment"


# Dockerfile


def test_the_image_is_built_in_two_stages_and_the_last_one_has_no_build_tools() -> None:
    build, final = stages()
    commands = " ".join(value for name, value in final if name == "RUN")
    assert not re.search(r"\b(pip|apt-get|gcc|curl|git)\b", commands)
    assert [value for name, value in final if name == "COPY" and "--from=build" in value] == [
        "--from=build /venv /venv"
    ]
    assert "pip uninstall --yes setuptools pip" in " ".join(value for _, value in build)


def test_everything_installed_is_locked_and_checked_by_hash() -> None:
    installs = re.findall(r"pip install ([^&]+)", " && ".join(value for name, value in stages()[0] if name == "RUN"))
    assert installs[0].split() == ["--require-hashes", "-r", "requirements.lock"]
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(installs[1].split())
    assert len(installs) == 2
    assert re.search(r"^setuptools==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    final = dict(stages()[1])
    uid = final["USER"].partition(":")[0]
    assert int(uid) > 0
    assert final["VOLUME"] == "/data"
    assert "HIGHLIGHT_DATA_DIR=/data" in final["ENV"]
    port = re.search(r"HIGHLIGHT_HTTP_PORT=(\d+)", final["ENV"])
    assert port
    assert f":{port[1]}/healthz" in final["HEALTHCHECK"]
    assert [name for name, _ in stages()[1]].index("USER") > max(
        number for number, (name, _) in enumerate(stages()[1]) if name == "RUN"
    )


def test_base_images_are_pinned_to_a_python_that_is_supported_and_to_a_distribution() -> None:
    bases = {value.split()[0] for name, value in instructions() if name == "FROM"}
    (base,) = bases
    version = re.fullmatch(r"python:3\.(\d+)-slim-(\w+)", base)
    assert version, base
    assert 11 <= int(version[1]) <= 14
    assert version[2] != "bookworm", "its SQLite is too old for Python 3.12 and newer"


def test_what_the_image_copies_exists_and_is_let_through() -> None:
    let = re.findall(r"^!(\S+)", (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    for name, value in instructions():
        if name == "COPY" and "--from" not in value:
            for source in value.split()[:-1]:
                path = source.removeprefix("./")
                assert (ROOT / path).exists(), path
                assert path in let, f"{path} is kept from the build"


def test_an_installation_has_every_file_that_the_tree_has(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    names = [*("pyproject.toml", "README.md", "LICENSE", "NOTICE"), *("bot", "adapters")]
    for name in names:
        path = ROOT / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, _made(source) / name)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--target", str(target), str(source)], check=True)
    files = [
        path.relative_to(source)
        for folder in ("bot", "adapters")
        for path in (source / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(files) > 100
    assert [str(file) for file in files if not (target / file).exists()] == []


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


async def test_the_health_check_of_the_image_works_on_a_running_bot_that_ends_in_order(tmp_path: Path) -> None:
    final = dict(stages()[1])
    port = re.search(r"HIGHLIGHT_HTTP_PORT=(\d+)", final["ENV"])[1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        other = str(free.getsockname()[1])
    check = [part.replace(port, other) for part in json.loads(final["HEALTHCHECK"].partition("CMD ")[2])]
    assert check[0] == "python"
    kept = {name: os.environ[name] for name in ["PATH"] if name in os.environ}
    async with TelegramServer() as telegram:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *json.loads(final["CMD"])),
            env=kept
            | {"HOME": str(tmp_path), "HIGHLIGHT_DATA_DIR": str(tmp_path / "data"), "HIGHLIGHT_HTTP_PORT": other}
            | {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url},
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            assert await _succeeds(sys.executable, *check[1:])
            bot.terminate()
            log = (await bot.communicate())[1].decode()
        finally:
            if bot.returncode is None:
                bot.kill()
    assert bot.returncode == 0, log
    assert TOKEN not in log


async def _succeeds(*command: str) -> bool:
    """Docker asks again and again until it is well, for as long as a start may take."""
    async with asyncio.timeout(60):
        while True:
            asked = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
            if await asked.wait() == 0:
                return True
            await asyncio.sleep(0.2)


# compose


def test_compose_gives_the_container_no_more_than_it_needs() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (service,) = compose["services"].values()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "ports" not in service
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    volumes = {volume.partition(":")[0]: volume.partition(":")[2] for volume in service["volumes"]}
    assert volumes == dict.fromkeys(compose["volumes"], dict(stages()[1])["VOLUME"])


# systemd


def unit() -> dict[str, str]:
    text = (DEPLOY / "highlight-bot.service").read_text(encoding="utf-8")
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))


def test_the_unit_is_hardened_and_does_not_start_what_cannot_work() -> None:
    options = unit()
    assert options["DynamicUser"] == options["NoNewPrivileges"] == options["PrivateTmp"] == "yes"
    assert options["ProtectSystem"] == "strict"
    assert options["CapabilityBoundingSet"] == ""
    assert options["RestartPreventExitStatus"] == str(cli.EXIT_UNUSABLE)
    assert f"HIGHLIGHT_DATA_DIR=%S/{options['StateDirectory']}" in options["Environment"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "highlight-bot.service").read_text(encoding="utf-8")
    command = unit()["ExecStart"].split()[0]
    copy = tmp_path / "highlight-bot.service"
    copy.write_text(text.replace(command, sys.executable), encoding="utf-8")  # it must exist to be verified
    verdict = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    assert (verdict.returncode, verdict.stderr) == (0, "")


def test_what_is_started_is_a_command_that_exists(capsys: pytest.CaptureFixture[str]) -> None:
    final = dict(stages()[1])
    commands = {unit()["ExecStart"].split()[1], *re.findall(r'"(\w+)"', final["CMD"])}
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--help"])
        assert ended.value.code == 0, command
    assert capsys.readouterr().out


# the workflow


def test_the_workflow_runs_the_readmes_command_on_every_python_that_is_supported() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    low, high = re.search(r">=3\.(\d+),<3\.(\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8")).groups()
    assert job["strategy"]["matrix"]["python"] == [f"3.{minor}" for minor in range(int(low), int(high))]
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    assert all(re.fullmatch(r"[\w./-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)


def test_the_command_of_the_readme_is_found_by_ci() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"sed -n '([^']+)' README.md", script)[1]
    found = subprocess.run(["sed", "-n", pattern, str(ROOT / "README.md")], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["make", "test"]
