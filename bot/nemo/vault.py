"""What one installation must remember of its identity: private files that are replaced whole or not at all."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


def write_private(target: Path, text: str) -> None:
    """Replace a file, readable by its owner only, so that a crash leaves the old text or the new. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # created with mode 0600
    scratch = Path(name)
    try:
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(target)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def read_text(source: Path) -> str:
    """A small file's text; empty when there is none."""
    try:
        return source.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""


def read_object(source: Path) -> dict[str, Any]:
    """A JSON object from a file; empty when there is none. A damaged file is reported and counts as none."""
    text = read_text(source)
    if not text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        log.warning("%s is damaged and is not used", source.name)
        return {}
    return found
