"""From an album to a film in the chat, through the whole bot."""

from __future__ import annotations

import io

import av
from PIL import Image

from tests.platforms.telegram.running import Bot
from tests.servers.nemo import NemoServer
from tests.servers.telegram_updates import message, photo


async def test_ten_photos_with_a_caption_become_a_film_that_plays(
    patient: Bot, nemo: NemoServer, photos: list[str], film: bytes
) -> None:
    album = [message(photo=photo(name), media_group_id="album") for name in photos]
    album[0] |= {"caption": "turn these into a highlight reel"}
    patient.server.send(*album)
    await patient.until(lambda: patient.server.films(7))
    await patient.until(lambda: patient.says("Done", chat=7))
    assert [len(nemo.asked(call)) for call in ("open", "upload", "run", "render")] == [1, 10, 1, 1]
    sent = patient.server.asked("sendVideo")
    assert len(sent) == 1
    assert sent[0].files["video"] == film
    params = sent[0].params
    assert (params["width"], params["height"], params["duration"]) == (64, 48, 2)
    assert params["supports_streaming"] is True
    pictures = [params[name].removeprefix("attach://") for name in ("thumbnail", "cover")]
    assert sent[0].files.keys() == {"video", *pictures}
    sizes = [Image.open(io.BytesIO(sent[0].files[name])).size for name in pictures]
    assert sizes == [(64, 48), (64, 48)]
    with av.open(io.BytesIO(sent[0].files["video"])) as container:
        assert sum(1 for _ in container.decode(video=0)) == 20
    assert len(patient.server.asked("setMessageReaction")) == 1
