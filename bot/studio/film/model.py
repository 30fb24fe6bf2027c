"""The draft, checked. docs/draft.md describes the dialect; whatever breaks it is `FilmError("draft", where=...)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from bot.studio.film import fields
from bot.studio.film.errors import FilmError
from bot.studio.film.music.moods import MOODS

if TYPE_CHECKING:
    from bot.studio.film.crop import Focus

FPS = 30
ClipSound = Literal["auto", "keep", "duck", "drop"]
Motion = Literal[
    "in", "out", "in-left", "in-right", "out-left", "out-right", "pan-left", "pan-right", "pan-up", "pan-down", "still"
]
Transition = Literal[
    "cut",
    "crossfade",
    "defocus",
    "glow",
    "dip",
    "slide",
    "push",
    "parallax",
    "whip",
    "wipe",
    "diagonal",
    "iris",
    "zoom",
]
Look = Literal["plain", "mono", "sepia", "warm", "cool", "vivid", "faded"]
Style = Literal["title", "caption", "credits"]
Place = Literal["usual", "upper", "lower", "right"]
Grade = tuple[int, int, int]
"""Levels by which the middle tones get lighter, and by which Cb and Cr are shifted."""

_VIDEO, _AUDIO, _TEXT = 0, 1, 7
_MAX_SHOTS, _MAX_TEXTS = 400, 200
_MAX_PIECES = 200
_FADE, _MAX_FADE = 2000, 10_000
_MIN_SLOT, _MAX_FILM = 200, 900_000
_MIN_SIDE, _MAX_SIDE = 64, 1920
_MOST_LIGHT, _MOST_TINT = 24, 8
_SLOWEST, _QUICKEST = 0.25, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One photo or clip between two cuts. `duration` (the slot), `start` (in the clip) and `overlap` are in ms.

    `focus` is what should stay visible of a photo; `sound` what becomes of a clip's own sound: kept under the music,
    kept with the music lowered beneath it, dropped, or lowered beneath if somebody speaks and dropped if not (`auto`).
    A clip runs at `speed` times its own pace; `look` is a treatment of the colours of photos and clips alike.
    """

    asset: str
    kind: Literal["photo", "video"]
    duration: int
    start: int
    motion: Motion
    transition: Transition
    overlap: int
    focus: Focus | None = None
    grade: Grade = (0, 0, 0)
    sound: ClipSound = "auto"
    speed: float = 1.0
    look: Look = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words on the screen from `start` for `duration`, in ms; `under` is a smaller line below a title or caption."""

    words: str
    style: Style
    start: int
    duration: int
    under: str = ""
    place: Place = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The music: synthesised in a mood, or the user's own track, or none (both None). `volume` is 0 to 1.

    `pieces` are stretches of the own track (ms) that are played one after the other, () for it from its beginning; the
    last `fade` ms of the film fall to silence.
    """

    mood: str | None
    asset: str | None
    seed: int
    volume: float
    pieces: tuple[tuple[int, int], ...] = ()
    fade: int = _FADE


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A checked draft. `width` and `height` are even."""

    title: str
    width: int
    height: int
    shots: tuple[Shot, ...]
    texts: tuple[Text, ...]
    sound: Sound

    @property
    def duration(self) -> int:
        """Length in ms."""
        return sum(shot.duration for shot in self.shots)


def parse(draft: object) -> Film:
    """Check a draft totally.

    Raises:
        FilmError: with reason `draft` and the path of the first offending value, such as `t.0.sg.3.d`.
    """
    root = fields.table(draft, "draft")
    meta = fields.table(root.get("m", {}), "m")
    if fields.whole(meta, "fps", "m", FPS, FPS, default=FPS) != FPS:
        raise FilmError("draft", where="m.fps")
    shots: list[Shot] = []
    texts: list[Text] = []
    sound = Sound(mood=None, asset=None, seed=0, volume=1.0)
    for number, raw in enumerate(fields.items(root.get("t"), "t", 16)):
        track = fields.table(raw, f"t.{number}")
        kind = fields.whole(track, "tt", f"t.{number}", 0, 99)
        segments = fields.items(track.get("sg", []), f"t.{number}.sg", _MAX_SHOTS)
        places = [
            (f"t.{number}.sg.{index}", fields.table(item, f"t.{number}.sg.{index}"))
            for index, item in enumerate(segments)
        ]
        if kind == _VIDEO:
            shots += [_shot(item, at) for at, item in places]
        elif kind == _TEXT:
            texts += [_text(item, at) for at, item in places]
        elif kind == _AUDIO and places:
            sound = _sound(track, f"t.{number}", places[0][1], places[0][0])
    _check_totals(root, shots, texts)
    return Film(
        title=fields.words(meta, "title", "m", default=""),
        width=_side(meta, "width"),
        height=_side(meta, "height"),
        shots=tuple(shots),
        texts=tuple(texts),
        sound=sound,
    )


def _check_totals(root: fields.Table, shots: list[Shot], texts: list[Text]) -> None:
    total = sum(shot.duration for shot in shots)
    if not shots or len(shots) > _MAX_SHOTS or total > _MAX_FILM:
        raise FilmError("draft", where="t")
    if len(texts) > _MAX_TEXTS:
        raise FilmError("draft", where="t")
    if fields.whole(root, "d", "draft", 0, _MAX_FILM, default=total) != total:
        raise FilmError("draft", where="d")


def _shot(item: fields.Table, at: str) -> Shot:
    meta = fields.table(item.get("m"), f"{at}.m")
    return Shot(
        asset=fields.name(meta, "asset", f"{at}.m"),
        kind=cast("Literal['photo', 'video']", fields.choice(meta, "kind", f"{at}.m", ("photo", "video"), "photo")),
        duration=fields.whole(item, "d", at, _MIN_SLOT, _MAX_FILM),
        start=fields.whole(meta, "in", f"{at}.m", 0, 24 * 3_600_000, default=0),
        motion=cast("Motion", fields.choice(meta, "motion", f"{at}.m", get_args(Motion), "in")),
        transition=cast("Transition", fields.choice(meta, "transition", f"{at}.m", get_args(Transition), "crossfade")),
        overlap=fields.whole(meta, "td", f"{at}.m", 0, 10_000, default=500),
        focus=_focus(meta, f"{at}.m"),
        grade=_grade(meta, f"{at}.m"),
        sound=cast("ClipSound", fields.choice(meta, "sound", f"{at}.m", get_args(ClipSound), "auto")),
        speed=fields.number(meta, "speed", f"{at}.m", _SLOWEST, _QUICKEST),
        look=cast("Look", fields.choice(meta, "look", f"{at}.m", get_args(Look), "plain")),
    )


def _text(item: fields.Table, at: str) -> Text:
    meta = fields.table(item.get("m"), f"{at}.m")
    return Text(
        words=fields.words(meta, "title", f"{at}.m"),
        style=cast("Style", fields.choice(meta, "style", f"{at}.m", get_args(Style), "caption")),
        start=fields.whole(item, "s", at, 0, _MAX_FILM, default=0),
        duration=fields.whole(item, "d", at, 1, _MAX_FILM),
        under=fields.words(meta, "under", f"{at}.m", default=""),
        place=cast("Place", fields.choice(meta, "place", f"{at}.m", get_args(Place), "usual")),
    )


def _sound(track: fields.Table, at: str, item: fields.Table, place: str) -> Sound:
    meta = fields.table(item.get("m", {}), f"{place}.m")
    asset = fields.name(meta, "asset", f"{place}.m") if "asset" in meta else None
    mood = fields.choice(meta, "mood", f"{place}.m", (*MOODS, "none"), "none")
    of_track = fields.table(track.get("m", {}), f"{at}.m")
    volume = fields.number(of_track, "volume", f"{at}.m", 0, 1) * fields.number(meta, "volume", f"{place}.m", 0, 1)
    return Sound(
        mood=None if mood == "none" else mood,
        asset=asset,
        seed=fields.whole(meta, "seed", f"{place}.m", -(2**63), 2**63, default=0),
        volume=volume,
        pieces=_pieces(meta, f"{place}.m"),
        fade=fields.whole(meta, "fade", f"{place}.m", 0, _MAX_FADE, default=_FADE),
    )


def _pieces(meta: fields.Table, at: str) -> tuple[tuple[int, int], ...]:
    pieces: list[tuple[int, int]] = []
    for number, piece in enumerate(fields.items(meta.get("pieces", []), f"{at}.pieces", _MAX_PIECES)):
        match piece:
            case [int(start), int(end)] if 0 <= start < end <= _MAX_FILM:
                pieces.append((int(start), int(end)))
            case _:
                raise FilmError("draft", where=f"{at}.pieces.{number}")
    return tuple(pieces)


def _focus(meta: fields.Table, at: str) -> Focus | None:
    if "focus" not in meta:
        return None
    left, top, right, bottom = fields.numbers(meta, "focus", at, (0, 0, 0, 0), (1000, 1000, 1000, 1000))
    if left >= right or top >= bottom:
        raise FilmError("draft", where=f"{at}.focus")
    return left, top, right, bottom


def _grade(meta: fields.Table, at: str) -> Grade:
    if "grade" not in meta:
        return 0, 0, 0
    most = (_MOST_LIGHT, _MOST_TINT, _MOST_TINT)
    light, blue, red = fields.numbers(meta, "grade", at, tuple(-one for one in most), most)
    return light, blue, red


def _side(meta: fields.Table, key: str) -> int:
    value = fields.whole(meta, key, "m", _MIN_SIDE, _MAX_SIDE)
    if value % 2:
        raise FilmError("draft", where=f"m.{key}")
    return value
