"""The console: lines, the terminal, and a conversation in a real process."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest
from PIL import Image

from adapters.console.lines import Message, read_line
from adapters.console.terminal import Terminal


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.jpg", "b c.jpg", "it's.jpg"):
        Image.effect_noise((640, 480), 50).convert("RGB").save(tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("make it shorter", Message(text="make it shorter")),
        ("don't export", Message(text="don't export")),
        ("/export", Message(command="export")),
        ("/Highlight calm, please", Message(command="highlight", text="calm, please")),
        ("/highlight a.jpg calm", Message(command="highlight", text="calm", media=(Path("a.jpg"),))),
        ("a.jpg 'b c.jpg' make a reel", Message(text="make a reel", media=(Path("a.jpg"), Path("b c.jpg")))),
        (r"b\ c.jpg", Message(media=(Path("b c.jpg"),))),
        ("nowhere.jpg", Message(text="nowhere.jpg")),
        ("", Message()),
        ("\0", Message(text="\0")),
    ],
)
def test_a_typed_line_is_a_message(files: Path, line: str, message: Message) -> None:
    assert read_line(line) == message


def test_absolute_paths_and_file_addresses_are_files(files: Path) -> None:
    path = files / "b c.jpg"
    assert read_line(f"'{path}'").media == (path,)
    assert read_line(path.as_uri()).media == (path,)


def test_a_reply_cannot_move_the_cursor() -> None:
    stream = io.StringIO()
    Terminal(stream).said("Bot", "evil\x1b[2J\rtext\nsecond")
    assert stream.getvalue() == "Bot   evil [2J text\n      second\n"


def test_long_words_and_chinese_are_wrapped() -> None:
    stream = io.StringIO()
    Terminal(stream).said("Bot", "好" * 120 + " " + "x" * 120)
    assert max(len(line) for line in stream.getvalue().splitlines()) <= 100


def test_without_a_terminal_a_line_is_printed_per_phase() -> None:
    stream = io.StringIO()
    terminal = Terminal(stream)
    for line in ("Uploading 1/3", "Uploading 2/3", "Rendering 1%"):
        terminal.live(line)
    terminal.close_live("Done")
    assert [line[6:] for line in stream.getvalue().splitlines()] == ["Uploading 1/3", "Rendering 1%", "Done"]


@pytest.mark.slow
def test_a_typed_conversation(files: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"HIGHLIGHT_DATA_DIR": str(files / "data"), "HIGHLIGHT_POLICY__ALBUM_QUIET": "0.2"}
    command = [sys.executable, "-m", "bot", "chat"]
    with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, text=True) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        for words, answer in (("help", "Send me photos or clips"), ("/status", "Nothing here yet")):
            print(words, file=chat.stdin, flush=True)
            assert any(answer in line for line in chat.stdout)
        chat.communicate("a.jpg 'b c.jpg' make a 2-second highlight reel\n")
    assert chat.returncode == 0
    assert (files / "highlight.mp4").exists()
    run = subprocess.run(command, env=environment, input="/last\n/quit\n", capture_output=True, text=True, check=False)
    assert run.returncode == 0
