"""The words in the picture: title, captions, credits, and the days that the pictures are from."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bot.studio.agent import places
from bot.studio.agent.dates import written
from bot.studio.agent.recipe import Media, Recipe, Shot
from bot.studio.agent.when import day_of, days, usual_zone

_MAX_CAPTIONS = 190
_TITLE_START, _TITLE_LENGTH = 300, 3200
_CREDITS_LENGTH = 3000
_LEAST_CAPTION = 1500


def title_lines(recipe: Recipe, media: Mapping[str, Media]) -> tuple[str | None, str | None]:
    """The title and the smaller line under it: words, and the days of the pictures if they are wanted.

    Without words the place that the pictures are from takes their part, where they say one; else the days themselves.
    """
    if recipe.dated is None:
        return recipe.title, None
    shown = [media[shot.asset] for shot in recipe.shots]
    spans = days(shown)
    dates = written(*spans, recipe.dated) if spans else None
    words = recipe.title or _place(shown)
    return (words, dates) if words else (dates, None)


def _place(pictures: Sequence[Media]) -> str | None:
    """The one place that most of the pictures name."""
    named = Counter(one.measures.place if one.measures else None for one in pictures)
    place, count = named.most_common(1)[0] if named else (None, 0)
    return place if count * 2 > len(pictures) else None


def texts(
    recipe: Recipe, shots: Sequence[Shot], slots: Sequence[int], media: Mapping[str, Media], canvas: places.Size
) -> list[dict[str, Any]]:
    """The text track in a list, or nothing; `slots` are the lengths of the shots in ms."""
    total = sum(slots)
    ending = total - min(_CREDITS_LENGTH, total // 3) if recipe.credits else total
    found: list[dict[str, Any]] = []
    title, under = title_lines(recipe, media)
    if title:
        length = min(_TITLE_LENGTH, ending // 2)
        shown = [(media[shot.asset], ms) for shot, ms in _shown_until(_TITLE_START + length, shots, slots)]
        place = places.title_place(shown, canvas)
        found.append(_text(title, "title", _TITLE_START, length, under=under, place=place))
    captions = _captions(recipe, shots, slots, ending, media, canvas)[:_MAX_CAPTIONS]
    if title and captions:
        _wait_for_title(captions[0], _TITLE_START + length)
    found += captions
    if recipe.credits:
        found.append(_text(recipe.credits, "credits", ending, total - ending))
    return [{"tt": 7, "m": {"title": "Text"}, "sg": found}] if found else []


def _wait_for_title(caption: dict[str, Any], end: int) -> None:
    """A caption comes when the title has gone, if it then still can be read."""
    late = end - caption["s"]
    if late > 0 and caption["d"] - late >= _LEAST_CAPTION:
        caption["s"] += late
        caption["d"] -= late


def _shown_until(end: int, shots: Sequence[Shot], slots: Sequence[int]) -> Iterator[tuple[Shot, int]]:
    """The first shots and for how long of the time until `end` each is seen."""
    start = 0
    for shot, slot in zip(shots, slots, strict=True):
        if start < end:
            yield shot, min(slot, end - start)
        start += slot


def _captions(
    recipe: Recipe,
    shots: Sequence[Shot],
    slots: Sequence[int],
    ending: int,
    media: Mapping[str, Media],
    canvas: places.Size,
) -> list[dict[str, Any]]:
    """One text for each stretch of neighbours with the same words, clear of the cuts and of the end card."""
    zone = usual_zone(media.values())
    found: list[dict[str, Any]] = []
    start = 0

    def lines(pair: tuple[Shot, int]) -> tuple[str | None, str | None]:
        shot = pair[0]
        day = day_of(media[shot.asset], zone) if recipe.caption_dates else None
        date = written(day, day, recipe.caption_dates) if day and recipe.caption_dates else None
        return (shot.caption, date) if shot.caption else (date, None)

    for (words, under), group in groupby(zip(shots, slots, strict=True), key=lines):
        pairs = list(group)
        end = start + sum(slot for _, slot in pairs)
        begin, stop = start + 200, max(start + 700, min(end, ending) - 200)
        if words:
            place = places.caption_place(media[pairs[0][0].asset], canvas)
            found.append(_text(words, "caption", begin, stop - begin, under=under, place=place))
        start = end
    return found


def _text(
    words: str, style: str, start: int, length: int, *, under: str | None = None, place: str = "usual"
) -> dict[str, Any]:
    meta = {"title": words, "style": style, "under": under, "place": None if place == "usual" else place}
    return {"s": start, "d": length, "m": _without_none(meta)}


def _without_none(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None}
