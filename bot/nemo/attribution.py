"""Who is calling: the three headers that every request carries, read from the skill files at run time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from bot.core.media import MEGABYTE, MediaKind, Skill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SOURCE, VERSION, PLATFORM = "X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"

_FRONTMATTER = re.compile(r"\A---\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9._+-]{1,64}")
_SIZE = re.compile(r"([0-9]+)\s*MB")
_INSTALLED = (("/.clawhub/", "clawhub"), ("/.cursor/skills/", "cursor"))


def headers(skill: Skill, platform: str) -> dict[str, str]:
    """The attribution of one call. Exports are refused with 402 when any of the three is missing."""
    return {SOURCE: skill.name, VERSION: skill.version, PLATFORM: platform}


def complete(sent: Mapping[str, str]) -> bool:
    """Whether all three headers went out with a request."""
    return all(sent.get(name) for name in (SOURCE, VERSION, PLATFORM))


def detect_platform(explicit: str, installed: Path) -> str:
    """`explicit` when it is a word, else what the install path tells, else `unknown`."""
    if _WORD.fullmatch(explicit.strip()):
        return explicit.strip()
    path = f"{installed.as_posix()}/"
    return next((platform for part, platform in _INSTALLED if part in path), "unknown")


def load_skills(folder: Path) -> dict[str, Skill]:
    """Every skill file of a folder, by name. Raises ValueError that names the file and what is wrong with it."""
    found = {}
    for file in sorted(folder.glob("*.md")):
        try:
            skill = read_skill(file.read_text(encoding="utf-8"))
        except (ValueError, yaml.YAMLError) as wrong:
            raise ValueError(f"{file.name}: {wrong}") from wrong
        found[skill.name] = skill
    return found


def read_skill(text: str) -> Skill:
    """A skill from the YAML frontmatter of its file. Raises ValueError or yaml.YAMLError."""
    block = _FRONTMATTER.match(text)
    if block is None:
        raise ValueError("no frontmatter between lines of three dashes")
    data = yaml.safe_load(block[1])
    data = data if isinstance(data, dict) else {}
    return Skill(
        name=_word(data, "name"),
        version=_word(data, "version"),
        formats=tuple(text.upper() for text in _texts(data, "formats")),
        max_bytes=_limits(data.get("limits")),
        greeting=_text(data, "greeting"),
        prompts=_texts(data, "prompts"),
        tips=_texts(data, "tips"),
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} must be text")
    return value.strip()


def _word(data: Mapping[str, Any], key: str) -> str:
    # Quoted in the file: YAML reads an unquoted 1.0 as a number. It becomes a header, so nothing exotic passes.
    value = _text(data, key)
    if not _WORD.fullmatch(value):
        raise ValueError(f"{key} must be one word of letters, digits, dots and dashes")
    return value


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = data.get(key)
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(value.strip() for value in values)


def _limits(limits: object) -> dict[MediaKind, int]:
    limits = limits if isinstance(limits, dict) else {}
    found = {}
    for kind in (MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.AUDIO):
        size = _SIZE.fullmatch(str(limits.get(kind.value, "")))
        if size is None:
            raise ValueError(f'limits.{kind.value} must be a size like "200 MB"')
        found[kind] = int(size[1]) * MEGABYTE
    return found
