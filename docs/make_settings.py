"""What the operator can set, written down from the code: `python docs/make_settings.py`.

Writes deploy/env.example whole, and the tables of docs/operations.md between their markers. A test holds both to the
code, so whoever adds a setting runs this once.
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_settings import BaseSettings

import bot
from bot.core.policy import STUDIO, Policy
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / "deploy" / "env.example"
OPERATIONS = ROOT / "docs" / "operations.md"
SHOWN = {"data_dir": "~/.local/share/highlight-bot"}
"""Defaults that depend on the machine."""

HEAD = """\
# Every setting there is. Copy this file to .env in the folder from which the bot is started, or name it in the service
# or compose file, and take the # away from what you set; it holds secrets then, so keep others from reading it.
# With nothing set the bot uses the embedded editing service, and nothing leaves the machine.
"""


def documented(kind: type) -> dict[str, str]:
    """The text under each field of a class, on one line."""
    (body,) = [node for node in ast.walk(ast.parse(inspect.getsource(kind))) if isinstance(node, ast.ClassDef)]
    found: dict[str, str] = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            assert isinstance(below.value, ast.Constant)
            found[field.target.id] = " ".join(str(below.value.value).split())
    return found


def groups(kind: type[BaseSettings] = Settings) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Per settings class its first sentence, and its settings: environment variable, default, meaning."""
    inner: list[type[BaseSettings]] = []
    rows: list[tuple[str, str, str]] = []
    texts = documented(kind)
    for name, field in kind.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseSettings):
            inner.append(field.annotation)
            continue
        variable = str(field.validation_alias or f"{kind.model_config.get('env_prefix', '')}{name}".upper())
        default = "" if field.is_required() or field.default_factory else field.default
        variable += "__NAME" if name == "policy" else ""
        rows.append((variable, SHOWN.get(name, _text(default)), texts.get(name, "")))
    yield (kind.__doc__ or "").splitlines()[0], rows
    for other in inner:
        yield from groups(other)


def _text(value: object) -> str:
    if value is None or value == ():
        return ""
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def environment() -> str:
    """The text of deploy/env.example."""
    parts = [HEAD]
    for title, rows in groups():
        parts.append(f"\n# ---- {title}\n")
        for variable, default, text in rows:
            parts.append(f"\n# {text}\n#{variable}={default}\n")
    return "".join(parts)


def settings_table() -> str:
    """Every setting, for the operator's manual."""
    parts = []
    for title, rows in groups():
        parts.append(f"\n{title}\n\n| variable | default | meaning |\n| --- | --- | --- |\n")
        parts += [
            f"| `{variable}` | {f'`{default}`' if default else ''} | {_cell(text)} |\n"
            for variable, default, text in rows
        ]
    return "".join(parts)


def policy_table() -> str:
    """Every field of the policy, with what the cloud and the studio get."""
    texts, code = documented(Policy), _code()
    parts = ["\n| `HIGHLIGHT_POLICY__` | cloud | studio | meaning |\n| --- | --- | --- | --- |\n"]
    for field in fields(Policy):
        cloud = _number(field.default)
        studio = _number(STUDIO.get(field.name, field.default))
        used = re.search(rf"\.{field.name}\b", code)
        text = texts.get(field.name, "") + ("" if used else " *Has no effect yet.*")
        shown = f"**{studio}**" if studio != cloud else studio
        parts.append(f"| `{field.name.upper()}` | {cloud} | {shown} | {_cell(text)} |\n")
    return "".join(parts)


def _number(value: object) -> str:
    return f"{value:,}".removesuffix(".0") if isinstance(value, int | float) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code() -> str:
    folders = (Path(bot.__file__).parent, ROOT / "adapters")
    own = Path(inspect.getfile(Policy))
    return "\n".join(
        file.read_text(encoding="utf-8") for folder in folders for file in folder.rglob("*.py") if file != own
    )


def operations(text: str) -> str:
    """The manual with its tables as the code is."""
    for name, table in (("settings", settings_table()), ("policy", policy_table())):
        begin, end = f"<!-- {name}: written by docs/make_settings.py -->\n", f"\n<!-- end of {name} -->"
        before, rest = text.split(begin)
        text = before + begin + table + end + rest.split(end)[1]
    return text


if __name__ == "__main__":
    ENVIRONMENT.write_text(environment(), encoding="utf-8")
    OPERATIONS.write_text(operations(OPERATIONS.read_text(encoding="utf-8")), encoding="utf-8")
