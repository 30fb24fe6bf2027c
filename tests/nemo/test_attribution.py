"""Skill files, and what they make us say about ourselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.media import HD_SKILL, MAX_BYTES_IMAGE, MAX_BYTES_TIMED, PHOTO_SKILL, MediaKind, max_bytes
from bot.nemo import detect_platform, load_skills
from bot.nemo.attribution import headers
from tests.nemo.conftest import SKILLS

GOOD = """---
name: x
version: "1.2"
formats: [mp4]
limits: {photo: 1 MB, video: 2MB, audio: 3 MB}
greeting: Hello
prompts: [do]
tips: [try]
---
Text
"""


def test_our_own_skills():
    assert set(SKILLS) == {PHOTO_SKILL, HD_SKILL}
    for skill in SKILLS.values():
        assert skill.max_bytes == {
            kind: max_bytes(kind) for kind in (MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.AUDIO)
        }
        assert set(skill.max_bytes.values()) == {MAX_BYTES_IMAGE, MAX_BYTES_TIMED}
        assert all((skill.greeting, skill.prompts, skill.tips, skill.version))
    assert SKILLS[PHOTO_SKILL].formats == ("JPG", "PNG", "HEIC", "WEBP")
    assert SKILLS[HD_SKILL].formats == ("MP4", "MOV", "AVI", "MKV")
    assert "turn these photos into a highlight" in SKILLS[PHOTO_SKILL].prompts


def test_a_changed_file_changes_what_is_sent(tmp_path):
    (tmp_path / "x.md").write_text(GOOD)
    skill = load_skills(tmp_path)["x"]
    assert headers(skill, "cursor") == {"X-Skill-Source": "x", "X-Skill-Version": "1.2", "X-Skill-Platform": "cursor"}
    assert skill.max_bytes[MediaKind.AUDIO] == 3_000_000


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("---\n", "", "frontmatter"),
        ("name: x", "name: x y", "name"),
        ("name: x", "name: 5", "name"),
        ('"1.2"', "1.2", "version"),
        ('"1.2"', '"1\\n2"', "version"),
        ("[mp4]", "mp4", "formats"),
        ("1 MB", "1 GB", "limits.photo"),
        ("limits: {photo: 1 MB, video: 2MB, audio: 3 MB}", "limits: big", "limits.photo"),
        ("greeting: Hello", "", "greeting"),
        ("tips: [try]", "tips: []", "tips"),
        ("name: x", "name: [", "x.md"),
        ("name: x\n", "- name\n", "x.md"),
    ],
)
def test_a_broken_skill_file_is_named_with_its_fault(before, after, names, tmp_path):
    (tmp_path / "x.md").write_text(GOOD.replace(before, after))
    with pytest.raises(ValueError, match=r"^x\.md: ") as raised:
        load_skills(tmp_path)
    assert names in str(raised.value)


@pytest.mark.parametrize(
    ("explicit", "path", "platform"),
    [
        ("", "/home/me/project", "unknown"),
        ("", "/home/me/.clawhub/skills/x", "clawhub"),
        ("", "/home/me/.cursor/skills/x", "cursor"),
        ("", "/home/me/.cursor/skills", "cursor"),
        ("", "/home/me/.cursor/other", "unknown"),
        (" mine ", "/home/me/.clawhub/x", "mine"),
        ("a\r\nb", "/home/me/.clawhub/x", "clawhub"),
        ("ü", "/x", "unknown"),
    ],
)
def test_the_platform(explicit, path, platform):
    assert detect_platform(explicit, Path(path)) == platform
