"""The documents say what the code is: links, paths, settings, messages, exit codes, and commands that are run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot import cli
from bot.core.failpoints import POINTS
from bot.core.policy import STUDIO, Policy
from bot.i18n import catalog
from docs import make_settings

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return re.split(r"^## ", text.split(f"\n## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def anchors(file: Path) -> set[str]:
    """How the headings of a document are linked to."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8")):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_paths_in_words_exist(file: Path) -> None:
    text = re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    for path in re.findall(r"`((?:bot|adapters|tests|docs|deploy|bench|\.ci|\.github)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path


def test_every_setting_and_every_limit_is_listed_as_it_is() -> None:
    assert make_settings.operations(OPERATIONS) == OPERATIONS, "run python docs/make_settings.py"
    table = section(OPERATIONS, "Intervals and limits")
    for name, value in STUDIO.items():
        assert re.search(rf"`{name.upper()}` \| [\d,.]+ \| \*\*{make_settings._number(value)}\*\*", table), name
    rows = re.findall(r"^\| `([A-Z_]*[A-Z])` \|.*\| (.*) \|$", table, re.MULTILINE)
    assert [name.lower() for name, _ in rows] == list(Policy.__dataclass_fields__)
    assert [name for name, text in rows if not text.strip()] == [], "a limit without a doc comment"


def test_every_sentence_for_the_operator_has_a_remedy() -> None:
    rows = re.findall(r"^\| `(operator\.\w+)` (.+?) \| (.+) \|$", OPERATIONS, re.MULTILINE)
    known = {key for key in catalog.load().languages["en"] if key.startswith("operator.")}
    assert sorted(key for key, _, _ in rows) == sorted(known), "a row in docs/operations.md for each"


def test_every_command_and_exit_code_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    offered = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    text = section(OPERATIONS, "Commands")
    assert sorted(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == sorted(offered)
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert codes == {0, cli.EXIT_FAILED, cli.EXIT_USAGE, cli.EXIT_PASSING, cli.EXIT_UNUSABLE, 128 + signal.SIGINT}


def test_the_failpoints_are_listed_in_order() -> None:
    assert tuple(re.findall(r"`([\w-]+)`", section(OPERATIONS, "Failpoints").partition("\n\n")[2])) == POINTS


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_the_studio_alone_answers_the_curl_lines(tmp_path: Path) -> None:
    (lines,) = re.findall(r"```bash\n(.*?)```", section(OPERATIONS, "The studio alone"), re.DOTALL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    kept = {name: os.environ[name] for name in ["PATH"] if name in os.environ}
    command = [sys.executable, "-m", "bot", "studio", "--port", port, "--data-dir", str(tmp_path / "studio")]
    with subprocess.Popen(command, env=kept | {"HOME": str(tmp_path)}, stdout=subprocess.PIPE, text=True) as studio:
        try:
            assert studio.stdout is not None
            assert f"http://127.0.0.1:{port}" in studio.stdout.readline()
            script = lines.replace("8377", port)
            run = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
            )
        finally:
            studio.terminate()
    assert run.returncode == 0, run.stderr
    assert '{"status":"ok"}' in run.stdout
    assert '"available":1000000' in run.stdout
    assert "paths" in (tmp_path / "openapi.json").read_text(encoding="utf-8")
    assert studio.returncode == 0


def test_a_studio_that_cannot_start_says_why_and_fails(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "bot", "studio", "--port", port, "--data-dir", str(tmp_path / "studio")]
        kept = {name: os.environ[name] for name in ["PATH"] if name in os.environ}
        run = subprocess.run(
            command, env=kept | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60
        )
    assert run.returncode == cli.EXIT_FAILED
    assert "in use" in run.stderr
    assert "Traceback" not in run.stderr


def test_every_module_of_the_house_has_its_row() -> None:
    text = section((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), "The tree")
    present = {
        path.name
        for path in (ROOT / "bot").iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").exists()
    }
    assert {Path(path).name for path in re.findall(r"`bot/([\w./]+)`", text)} == present, "docs/architecture.md"


def test_the_glossary_names_what_exists() -> None:
    rows = re.findall(r"`([\w.]+)` in `([\w/.]+\.py)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    assert len(rows) > 20
    for name, file in rows:
        code = (ROOT / file).read_text(encoding="utf-8")
        kind, _, member = name.partition(".")
        assert re.search(rf"^(?:class {kind}\b|{kind} = )", code, re.MULTILINE), name
        if member:
            body = re.split(rf"^class {kind}\b", code, flags=re.MULTILINE)[1].split("\nclass ")[0]
            assert re.search(rf"^    (?:async def |def )?{member}\b", body, re.MULTILINE), name


def test_every_dependency_earns_its_place_in_a_sentence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    run, develop = text.split("## to develop")[0], text.split("## to develop")[1]
    names = [re.split(r"[\[<>=]", entry)[0] for entry in project["dependencies"]]
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", run)] == []
    named = {"pytest-asyncio": "asyncio", "pytest-cov": "coverage", "pytest-timeout": "time limits"}
    named |= {"pytest-xdist": "several processes", "highlight-bot": "setuptools", "pyyaml": "type stubs"}
    for entry in project["optional-dependencies"]["dev"]:
        name = re.split(r"[\[<>=]", entry)[0]
        assert ("type stubs" if name.startswith("types-") else named.get(name, name)) in develop, name
