"""Files that people sent, for tests of what becomes of them."""

from datetime import UTC, datetime, timedelta

from bot.core.event.collection import Look, Share
from bot.core.media import MediaKind, MediaRef
from bot.core.turn import ItemState

START = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def share(number, person="Ana", *, kind=MediaKind.PHOTO, taken=None, size=1000, looked=True, minutes=None, **more):
    """A file; `minutes` after the start it was sent, `taken` so many minutes after it, by its camera."""
    look = {name: more.pop(name) for name in ("digest", "likeness", "pixels", "tall", "error") if name in more}
    look.setdefault("digest", f"{number:064x}")
    if taken is not None:
        look["taken"] = START + timedelta(minutes=taken)
    return Share(
        **({"state": ItemState.ARRIVED} | more),
        id=number,
        person=f"test:{person}",
        name=person,
        ref=MediaRef(platform="test", locator=str(number), name=f"{number}.jpg", kind=kind, size=size),
        sent=START + timedelta(minutes=number if minutes is None else minutes),
        look=Look(**look) if looked else None,
    )
