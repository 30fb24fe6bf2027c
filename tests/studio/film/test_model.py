"""Hostile drafts: never anything but FilmError, and the way to the fault is told."""

from __future__ import annotations

import contextlib
import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.film.errors import FilmError
from bot.studio.film.model import Film, parse
from bot.studio.film.timeline import divide, lay_out
from bot.studio.film.titles import typeset
from tests.studio.film.making import draft, photo, words


def good() -> dict[str, Any]:
    return draft(
        [photo("a", 2000), photo("b", 1000, transition="wipe", td=4000), photo("c", 3000, motion="pan-up")],
        mood="warm",
        texts=[words("Title", 0, 500), words("Caption", 500, 900_000, "caption")],
    )


def test_a_good_draft_is_understood() -> None:
    film = parse(good())
    assert (film.width, film.height, film.duration, film.sound.mood) == (320, 180, 6000, "warm")
    assert [shot.asset for shot in film.shots] == ["a", "b", "c"]
    spans = lay_out(film)
    assert [span.cut for span in spans] == [0, 60, 90]
    assert (spans[1].first, spans[1].settled) == (53, 68), "at most half of the shorter neighbour, centred on the cut"
    chunks = divide(spans)
    assert [frame for chunk in chunks for frame in range(chunk.start, chunk.stop)] == list(range(180))


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("draft", lambda d: []),
        ("t", lambda d: d.pop("t")),
        ("t", lambda d: d["t"].clear()),
        ("d", lambda d: d.update(d=1)),
        ("draft.d", lambda d: d.update(d="6000")),
        ("m.width", lambda d: d["m"].update(width=321)),
        ("m.height", lambda d: d["m"].update(height=10_000)),
        ("m.fps", lambda d: d["m"].update(fps=29.97)),
        ("t.0.sg.1.d", lambda d: d["t"][0]["sg"][1].update(d=True)),
        ("t.0.sg.1.d", lambda d: d["t"][0]["sg"][1].update(d=-1)),
        ("t.0.sg.2.m.asset", lambda d: d["t"][0]["sg"][2]["m"].update(asset="")),
        ("t.0.sg.0.m.motion", lambda d: d["t"][0]["sg"][0]["m"].update(motion="spin")),
        ("t.0.sg.1.m.speed", lambda d: d["t"][0]["sg"][1]["m"].update(speed=0.2)),
        ("t.0.sg.1.m.speed", lambda d: d["t"][0]["sg"][1]["m"].update(speed="2")),
        ("t.0.sg.1.m.look", lambda d: d["t"][0]["sg"][1]["m"].update(look="noir")),
        ("t.1.sg.0.m.mood", lambda d: d["t"][1]["sg"][0]["m"].update(mood=["warm"])),
        ("t.1.sg.0.m.volume", lambda d: d["t"][1]["sg"][0]["m"].update(volume=float("nan"))),
        ("t.2.sg.0.m.title", lambda d: d["t"][2]["sg"][0]["m"].update(title=7)),
    ],
)
def test_the_offending_value_is_named(where: str, change: Any) -> None:
    broken = good()
    replaced = change(broken)
    with pytest.raises(FilmError) as caught:
        parse(replaced if where == "draft" else broken)
    assert (caught.value.reason, caught.value.params) == ("draft", {"where": where})


_ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([10**30, -1, "\ud800", "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in _places(item, (*path, key)))]


@settings(max_examples=600, deadline=None)
@given(data=st.data())
def test_any_mutation_is_a_film_or_a_film_error(data: st.DataObject) -> None:
    mutant: Any = copy.deepcopy(good())
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_places(mutant)))
        if not path:
            mutant = data.draw(_ODD)
            continue
        holder = mutant
        for key in path[:-1]:
            holder = holder[key]
        if data.draw(st.booleans()):
            holder[path[-1]] = data.draw(_ODD)
        else:
            del holder[path[-1]]
    film: Film | None = None
    with contextlib.suppress(FilmError):
        film = parse(mutant)
    if film is None:
        return
    spans = lay_out(film)
    assert sum(chunk.stop - chunk.start for chunk in divide(spans)) == spans[-1].last


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=120), style=st.sampled_from(["title", "caption", "credits"]))
def test_any_words_can_be_set(text: str, style: str) -> None:
    film = parse(draft([photo("a", 1000)], texts=[words(text, 0, 1000, style)]))
    for lettering in typeset(film)[0]:
        layer = lettering.letters
        assert layer.x >= 0
        assert layer.y >= 0
        assert layer.x + layer.cover.shape[1] <= 320
        assert layer.y + layer.cover.shape[0] <= 180
