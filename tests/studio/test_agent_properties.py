"""Whatever is said in whatever order: the draft stays one that can be read, shown and rendered."""

import json
from dataclasses import is_dataclass
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.agent import Media, converse
from bot.studio.agent import operations as op
from bot.studio.agent.apply import apply
from bot.studio.agent.compose import compose
from bot.studio.agent.recipe import Project, from_json, to_json
from bot.studio.film.model import parse
from bot.studio.recording.model import Recording, Signals
from tests.studio.instructions import rows
from tests.studio.test_understand import CANNOT, LEFT_ALONE, LENGTHS, PICTURES, SHAPES, SOUND, STYLE, WHOLE, WORDS

SENTENCES = [
    row[0] for table in (CANNOT, LENGTHS, LEFT_ALONE, PICTURES, SHAPES, SOUND, STYLE, WHOLE, WORDS) for row in table
]
SENTENCES += [row.said for row in rows("tune")]

# Small numbers reach what is there, large ones what is not. Operations of all kinds, with whatever their fields bear.
numbers = st.integers(-5, 12) | st.integers(-(10**12), 10**12)
values: dict[type, st.SearchStrategy] = {
    int: numbers,
    float: st.floats(-10, 10) | st.floats(-1e12, 1e12),
    str: st.sampled_from(["calm", "own", "none", "some", "cut", "mix", "iris", ""]) | st.text(max_size=200),
}


def field_values(kind):
    """Everything that an annotation allows."""
    if kind in values:
        return values[kind]
    if get_origin(kind) is tuple:
        return st.lists(field_values(get_args(kind)[0]), max_size=5).map(tuple)
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*(field_values(one) for one in get_args(kind)))
    return built(kind) if is_dataclass(kind) else st.from_type(kind)


def built(kind):
    """Operations of one kind."""
    return st.builds(kind, **{name: field_values(hint) for name, hint in get_type_hints(kind).items()})


operations = st.one_of(*(built(kind) for kind in get_args(op.Operation)))
recordings = st.builds(
    Media,
    id=st.just(""),
    name=st.text(max_size=12),
    kind=st.just("video"),
    width=st.sampled_from([0, 96, 641, 1280, 1920, 3840]),
    height=st.sampled_from([0, 64, 360, 720, 1080, 2160]),
    duration_ms=st.sampled_from([60_000, 61_333, 90_000]),
    taken_at=st.none() | st.floats(-1e10, 1e10),
).flatmap(
    lambda one: st.builds(
        Media,
        **{name: st.just(getattr(one, name)) for name in Media.__slots__ if name != "recording"},
        recording=st.builds(
            Recording,
            duration=st.just(one.duration_ms),
            signals=st.just(Signals()) | st.just(Signals(loud=tuple(range(50, 170)))),
            keys=st.just(()) | st.just(tuple(range(0, one.duration_ms, 5000))),
        ),
    )
)
others = st.builds(
    Media,
    id=st.just(""),
    name=st.text(max_size=12),
    kind=st.sampled_from(["photo", "photo", "photo", "video", "audio"]),
    width=st.integers(0, 9000),
    height=st.integers(0, 9000),
    duration_ms=st.integers(0, 10**7),
    taken_at=st.none() | st.floats(-1e10, 1e10),
)
media = st.tuples(st.lists(recordings, max_size=2), st.lists(others, max_size=60)).map(
    lambda found: [Media(**{**fields(one), "id": f"m{index}"}) for index, one in enumerate(found[0] + found[1])]
)


def fields(one):
    return {name: getattr(one, name) for name in Media.__slots__}


def check(draft):
    """Renderable, and written as the reading rule for summaries wants it."""
    film = parse(json.loads(json.dumps(draft)))
    assert film.duration == draft["d"]
    assert {track["tt"] for track in draft["t"]} <= {0, 1, 7}
    for track in draft["t"]:
        for segment in track["sg"]:
            assert segment["d"] > 0
            assert isinstance(segment["m"]["title"], str)
            assert 0 <= segment["m"].get("volume", 1) <= 1
            if track["tt"] == 0 and segment["m"]["kind"] == "video":
                assert segment["m"]["in"] >= 0
                assert 0.25 <= segment["m"].get("speed", 1) <= 4
            if track["tt"] == 7:
                assert segment["s"] >= 0
                assert segment["m"]["title"].strip()
    for segment in draft["t"][0]["sg"][1:]:
        assert segment["m"]["td"] <= segment["d"] / 2


@settings(max_examples=100, deadline=None)
@given(found=media, steps=st.lists(st.lists(operations, max_size=4), max_size=8), late=st.integers(0, 60))
def test_any_sequence_of_operations_keeps_the_draft_valid(found, steps, late):
    project = Project()
    for number, step in enumerate(steps):
        there = found if number > 1 else found[:late]
        project = from_json(json.loads(json.dumps(to_json(apply(project, step, there).project))))
        draft = compose(project.present, {one.id: one for one in there})
        if draft is not None:
            check(draft)


@settings(max_examples=100, deadline=None)
@given(found=media, said=st.lists(st.sampled_from(SENTENCES) | st.text(max_size=40), max_size=6))
def test_any_conversation_ends_in_a_valid_draft_and_words(found, said):
    project = None
    for message in said:
        reply = converse(project, message, found, "en")
        project = json.loads(json.dumps(reply.project))
        assert reply.text.strip()
        json.dumps(reply.operations)
        if reply.draft is not None:
            check(reply.draft)
