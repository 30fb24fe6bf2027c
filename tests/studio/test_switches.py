"""Switches: what is accepted, and that the documented table is the real one."""

import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.studio.switches import ErrorFrame, Silence, Switches, set_switches

DOCS = Path(__file__).parents[2] / "docs" / "studio.md"


def test_values_are_set_by_their_documented_names():
    switches = set_switches(Switches(), ["silent=stop-code", "two-stage=on", "stall=2.5", "fail-renders=3"])
    assert (switches.silent, switches.two_stage) == (Silence.STOP_CODE, True)
    assert (switches.stall, switches.fail_renders) == (2.5, 3)
    assert switches.error_frame is ErrorFrame.OFF


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ("nonsense=1", "There is no switch 'nonsense'. Known: silent, two-stage"),
        ("two-stage=maybe", "is on or off, not 'maybe'"),
        ("silent=loud", "is no value of the switch silent: off, nothing"),
        ("stall=soon", "is no value of the switch stall"),
        ("stall=-1", "cannot be -1"),
        ("stall=nan", "cannot be nan"),
        ("fail-renders", "is no value of the switch fail-renders"),
    ],
)
def test_what_is_no_switch_is_refused_in_words(assignment, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        set_switches(Switches(), [assignment])


def test_the_documented_table_is_the_real_one():
    table = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| `(.+?)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    kinds = get_type_hints(Switches)
    real = []
    for field in fields(Switches):
        kind, default = kinds[field.name], field.default
        if issubclass(kind, StrEnum):
            values, shown = " ".join(f"`{value}`" for value in kind), str(default)
        elif kind is bool:
            values, shown = "`on` `off`", "on" if default else "off"
        else:
            values, shown = None, f"{default:g}" if default < 1e5 else str(int(default))
        real.append((field.name.replace("_", "-"), values, shown))
    assert [(name, default) for name, _, default in table] == [(name, default) for name, _, default in real]
    for (_, shown, _), (_, values, _) in zip(table, real, strict=True):
        assert values in {None, shown}
