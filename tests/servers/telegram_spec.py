"""The Bot API's own description as a judge of calls and answers, when it lies beside the repository."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "shared" / "specs" / "telegram-api.json"


@cache
def spec() -> dict[str, Any] | None:
    """The description, or None where it is not at hand."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def check_call(method: str, params: dict[str, Any], files: set[str]) -> list[str]:
    """What is wrong with a call, as far as the description knows."""
    if (book := spec()) is None:
        return []
    if method not in book["methods"]:
        return [f"no method {method}"]
    fields = {field["name"]: field for field in book["methods"][method].get("fields", [])}
    attached = {name for name in files if name not in fields}
    faults = [f"{method}: no field {name}" for name in params if name not in fields]
    faults += [
        f"{method}: {name} is missing"
        for name, field in fields.items()
        if field["required"] and name not in params and name not in files
    ]
    for name, value in params.items():
        if name in fields:
            faults += [f"{method}.{name}: {fault}" for fault in _check(value, fields[name]["types"], loose=True)]
    faults += [
        f"{method}: file {name} is attached to nothing" for name in attached if f"attach://{name}" not in str(params)
    ]
    return faults


def check_answer(method: str, result: Any) -> list[str]:
    """What is wrong with an answer of ours: a server that lies proves nothing."""
    book = spec()
    return (
        [] if book is None else [f"{method} -> {fault}" for fault in _check(result, book["methods"][method]["returns"])]
    )


def check_update(update: dict[str, Any]) -> list[str]:
    """What is wrong with an update of ours."""
    return [] if spec() is None else _check(update, ["Update"])


def _check(value: Any, types: list[str], *, loose: bool = False) -> list[str]:
    found = [_check_one(value, name, loose=loose) for name in types]
    return [] if [] in found else min(found, key=len)


def _check_one(value: Any, name: str, *, loose: bool) -> list[str]:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{value!r} is no list"]
        return [fault for item in value for fault in _check_one(item, name.removeprefix("Array of "), loose=loose)]
    match name:
        case "Integer":
            good = isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            good = isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean" | "True":
            good = isinstance(value, bool)
        case "String":
            good = isinstance(value, str) or (loose and isinstance(value, int | float))
        case "InputFile":
            good = isinstance(value, str) and value.startswith("attach://")
        case _:
            return _check_object(value, name, loose=loose)
    return [] if good else [f"{value!r} is no {name}"]


def _check_object(value: Any, name: str, *, loose: bool) -> list[str]:
    book = spec()
    assert book is not None
    kind = book["types"][name]
    if subtypes := kind.get("subtypes"):
        return _check(value, subtypes, loose=loose)
    if not isinstance(value, dict):
        return [f"{value!r} is no {name}"]
    fields = {field["name"]: field for field in kind.get("fields", [])}
    faults = [f"{name} has no field {key}" for key in value if key not in fields]
    faults += [f"{name}.{key} is missing" for key, field in fields.items() if field["required"] and key not in value]
    for key, item in value.items():
        if key in fields:
            faults += [f"{name}.{key}: {fault}" for fault in _check(item, fields[key]["types"], loose=loose)]
    return faults
