"""Discord's own description of its interface, where it lies beside the repository: every request is held against it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SPEC = Path(__file__).parents[3] / "shared" / "specs" / "discord-openapi.json"
ROOT = "discord"


@cache
def _described() -> dict[str, Any] | None:
    if not SPEC.exists():
        return None
    spec: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    snowflake = spec["components"]["schemas"]["SnowflakeType"]
    spec["components"]["schemas"]["SnowflakeType"] = {"anyOf": [snowflake, {"type": "integer", "minimum": 0}]}
    return spec


@cache
def _templates() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    spec = _described()
    assert spec is not None
    paths = sorted(spec["paths"].items(), key=lambda item: item[0].count("{"))  # the literal one before the general
    return [(re.compile(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path)) + "$"), call) for path, call in paths]


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource(ROOT, Resource.from_contents(_described(), default_specification=DRAFT202012))


def objections(method: str, path: str, body: Any, query: dict[str, str], *, multipart: bool = False) -> list[str]:
    """What the description has against a request; empty when all is well, or when there is no description here."""
    if _described() is None:
        return []
    call = next((call for pattern, call in _templates() if pattern.match(path) and method.lower() in call), None)
    if call is None:
        return [f"{method} {path} is not described"]
    operation = call[method.lower()]
    known = {entry["name"] for entry in [*call.get("parameters", []), *operation.get("parameters", [])]}
    found = [f"{method} {path}: unknown parameter {name}" for name in query if name not in known]
    content = operation.get("requestBody", {}).get("content", {})
    if body is None:
        return found
    kind = "multipart/form-data" if multipart else "application/json"
    if kind not in content:
        return [*found, f"{method} {path}: no {kind} expected"]
    schema = _absolute(content[kind]["schema"])
    errors = Draft202012Validator(schema, registry=_registry()).iter_errors(body)
    return found + [f"{method} {path}: {error.message[:300]}" for error in errors]


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            name: f"{ROOT}{value}" if name == "$ref" and value.startswith("#") else _absolute(value)
            for name, value in schema.items()
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema
