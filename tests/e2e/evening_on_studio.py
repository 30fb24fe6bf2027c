"""An evening on the real studio, played by hand: `python -m tests.e2e.evening_on_studio FOLDER`.

Everybody has a colour of their own, so that the film itself says who is in it. It is left in FOLDER as `film.mp4`, with
the last frame, which names everybody, as `credits.jpg`. Not a test of the suite: the film takes minutes on two cores.
"""

from __future__ import annotations

import asyncio
import colorsys
import io
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from tests.platforms.telegram.test_process import process
from tests.servers.telegram import TOKEN, TelegramServer
from tests.servers.telegram_updates import GROUP, message, photo, user, video

PEOPLE = range(7, 19)
OPTED_OUT, LEAVER = 9, 10
PHOTOS = 4
FILMERS = frozenset({11, 15})
"""Who sends a clip as well."""
LINE = "📸 Ana & Bo: "
NEAR = 6.0
"""Degrees between a hue in the film and somebody's own that are taken for the same; hues lie 30 apart."""
SHARE = 0.2
"""Of a frame's coloured pixels."""


def hue(person: int) -> float:
    """Degrees."""
    return (person - PEOPLE[0]) * 360 / len(PEOPLE)


def drawn(person: int, number: int, size: tuple[int, int] = (960, 640)) -> Image.Image:
    """A photo in somebody's colour, with shapes that nobody takes for another's."""
    rough = np.random.default_rng(person * 100 + number).random((5, 7))
    light = np.asarray(Image.fromarray((rough * 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)) / 255
    strong = np.array(colorsys.hsv_to_rgb(hue(person) / 360, 0.85, 1.0))
    return Image.fromarray(((0.3 + 0.65 * light)[..., None] * strong * 255).astype(np.uint8))


def clip(person: int) -> bytes:
    """Four seconds in somebody's colour."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10, width=480, height=320, pix_fmt="yuv420p")
        whole = drawn(person, 99, (640, 400))
        for number in range(40):
            frame = av.VideoFrame.from_image(whole.crop((number * 4, number * 2, number * 4 + 480, number * 2 + 320)))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


async def play(folder: Path) -> bytes:
    """The evening; the film."""
    async with TelegramServer() as telegram:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        data = {"HIGHLIGHT_DATA_DIR": str(folder / "bot"), "HIGHLIGHT_POLICY__EVENT_EVERY": "0.5"}
        env = kept | data | {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}

        async def until(condition: Any) -> None:
            async with asyncio.timeout(1800):
                while not condition():
                    await asyncio.sleep(0.2)

        def card() -> str:
            return next((text for text in telegram.texts(GROUP.id) if text.startswith(LINE)), "")

        def send(person: int) -> None:
            for number in range(PHOTOS):
                name = f"{person}-{number}"
                drawn(person, number).save(file := io.BytesIO(), "JPEG")
                telegram.files[name] = file.getvalue()
                telegram.send(message(GROUP, photo=photo(name, len(telegram.files[name])), sender=user(person)))
            if person in FILMERS:
                telegram.files[f"{person}-clip"] = data = clip(person)
                telegram.send(message(GROUP, video=video(f"{person}-clip", len(data)), sender=user(person)))

        async with process(env, folder) as first:
            telegram.send(message(GROUP, text='/event start "Ana & Bo"', sender=user(7)))
            await until(card)
            for person in PEOPLE[:6]:
                send(person)
            await until(lambda: "6 people" in card())
            first.send_signal(signal.SIGKILL)
            await first.wait()
        async with process(env, folder):
            for person in PEOPLE[6:]:
                send(person)
            telegram.send(message(GROUP, text="/optout", sender=user(OPTED_OUT)))
            telegram.send(message(GROUP, left_chat_member=user(LEAVER), sender=user(LEAVER)))
            await until(lambda: f"{len(PEOPLE) - 2} people" in card() and "downloading" not in card())
            telegram.send(message(GROUP, text="/event go", sender=user(11)))
            await until(lambda: telegram.films(GROUP.id))
            await until(lambda: any(text.startswith("✅") for text in telegram.texts(GROUP.id)))
        for (where, _), one in sorted(telegram.messages.items()):
            if where == GROUP.id:
                print("|", one.get("text") or one.get("caption", "(a picture)"))
        (sent,) = telegram.asked("sendVideo")
        return sent.files["video"]


def seen_in(film: Path, credits: Path) -> dict[int, float]:
    """Seconds for which each person's colour is seen; the last frame goes to `credits`."""
    seconds = dict.fromkeys(PEOPLE, 0.0)
    with av.open(str(film)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % 15 == 0:
                last = frame.to_image()
                hsv = np.asarray(last.resize((96, 54)).convert("HSV"), np.float64)
                coloured = hsv[(hsv[..., 1] > 128) & (hsv[..., 2] > 40), 0] * 360 / 255
                for person in PEOPLE:
                    off = np.abs((coloured - hue(person) + 180) % 360 - 180)
                    if coloured.size and (off < NEAR).mean() > SHARE:
                        seconds[person] += 15 / float(container.streams.video[0].average_rate)
    last.save(credits)
    return seconds


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="evening-"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "film.mp4").write_bytes(asyncio.run(play(folder)))
    seconds = seen_in(folder / "film.mp4", folder / "credits.jpg")
    gone = {OPTED_OUT, LEAVER}
    for person, shown in seconds.items():
        print(f"User {person}: {shown:.1f} s" + (" (took theirs out)" if person in gone else ""))
    right = all((shown == 0) is (person in gone) for person, shown in seconds.items())
    print("everybody who stayed is in, and nobody else" if right else "WRONG", folder)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
