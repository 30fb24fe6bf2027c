import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat import ChatRef
from bot.core.errors import EditorError, NoCredits, editor_error
from bot.core.language import language_of
from bot.core.links import shareable
from bot.core.media import HD_SKILL, PHOTO_SKILL, MediaKind, kind_of, max_bytes, skill_for
from bot.core.names import safe_name, unique_names


@given(st.text(), st.text(), st.text())
def test_a_chat_key_is_read_back(platform, chat_id, thread_id):
    chat = ChatRef(platform=platform, chat_id=chat_id, thread_id=thread_id)
    assert ChatRef.from_key(chat.key) == chat


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("IMG_1.JPG", "IMG_1.JPG"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a b.png", "a b.png"),
        ("海边 1.heic", "海边 1.heic"),
        ("a\nb\x00.jpg", "a_b_.jpg"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".jpeg", "x" * 75 + ".jpeg"),
    ],
)
def test_names_from_outside_are_made_safe(name, safe):
    assert safe_name(name) == safe


@given(st.lists(st.text(), max_size=20))
def test_names_are_told_apart(names):
    unique = unique_names(names)
    assert len({name.rpartition(".")[0] or name for name in map(str.casefold, unique)}) == len(names)
    assert unique == unique_names(names)
    assert all("/" not in name and name not in {"", ".", ".."} for name in unique)


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("做成集锦", "en", "zh"),
        ("make a reel", "zh-CN", "en"),
        ("ok", "zh-hans", "zh"),
        ("写真をハイライトに", "ja", "en"),  # no Japanese catalogue yet
        ("hola", "es", "en"),
        ("", "", "en"),
    ],
)
def test_language(text, hint, language):
    assert language_of(text, hint=hint, known={"en", "zh"}) == language


def test_kinds_skills_and_limits():
    assert kind_of("a.HEIC") is MediaKind.PHOTO
    assert kind_of("a.bin", "video/mp4") is MediaKind.VIDEO
    assert kind_of("notes.txt", "text/plain") is MediaKind.OTHER
    assert skill_for({MediaKind.PHOTO}) == PHOTO_SKILL
    assert skill_for({MediaKind.PHOTO, MediaKind.VIDEO}) == HD_SKILL
    assert (max_bytes(MediaKind.PHOTO), max_bytes(MediaKind.AUDIO)) == (200_000_000, 500_000_000)


def test_an_error_is_found_by_its_name():
    assert type(editor_error("NoCredits")) is NoCredits
    assert type(editor_error("")) is EditorError


def test_an_address_for_people_is_not_endless():
    stem = "https://a.example/"
    assert shareable(stem + "x" * (500 - len(stem)))
    assert not shareable(stem + "x" * (501 - len(stem)))
