"""Whatever is said in whatever order: the draft stays one that can be read, shown and rendered."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.agent import Media, converse
from bot.studio.agent import operations as op
from bot.studio.agent.apply import apply
from bot.studio.agent.compose import compose
from bot.studio.agent.recipe import Project, from_json, to_json
from bot.studio.film.model import parse
from tests.studio.test_understand import CANNOT, LEFT_ALONE, LENGTHS, PICTURES, SHAPES, SOUND, STYLE, WHOLE, WORDS

SENTENCES = [
    row[0] for rows in (CANNOT, LENGTHS, LEFT_ALONE, PICTURES, SHAPES, SOUND, STYLE, WHOLE, WORDS) for row in rows
]

places = st.integers(-500, 500)
several = st.lists(places, max_size=5).map(tuple)
words = st.none() | st.text(max_size=200)
operations = st.one_of(
    st.builds(op.Build, fresh=st.booleans()),
    st.builds(op.Include, all=st.booleans()),
    st.builds(op.SetLength, ms=st.integers(0, 10**9), each=st.booleans()),
    st.builds(op.ChangeLength, factor=st.floats(0, 10), by_ms=st.integers(-(10**7), 10**7)),
    st.builds(op.SetShape, shape=st.sampled_from(["landscape", "portrait", "square"])),
    st.builds(op.SetTitle, text=words),
    st.builds(op.SetCredits, text=words),
    st.builds(op.SetCaption, text=words, positions=several),
    st.just(op.NameCaptions()),
    st.builds(
        op.SetMusic, mood=st.sampled_from(["warm", "upbeat", "calm", "dreamy", "own", "none", "some", "nonsense"])
    ),
    st.builds(op.SetVolume, value=st.none() | st.floats(0, 1), step=st.floats(-2, 2)),
    st.builds(op.SetTransition, style=st.sampled_from(["crossfade", "cut", "dip", "mix", "some", "iris"])),
    st.builds(op.SetPace, pace=st.sampled_from(["calm", "normal", "quick"])),
    st.builds(op.Drop, positions=several),
    st.builds(op.KeepOnly, positions=several),
    st.builds(op.Thin, count=st.integers(1, 500)),
    st.builds(op.Move, position=places, to=places),
    st.builds(op.Swap, first=places, second=places),
    st.builds(op.Sort, by=st.sampled_from(["time", "upload", "reverse", "random", "manual"])),
    st.sampled_from([op.Again(), op.Undo(), op.Redo(), op.Help(), op.Refuse(what="best"), op.Ask(about="title")]),
)
media = st.lists(
    st.builds(
        Media,
        id=st.just(""),
        name=st.text(max_size=12),
        kind=st.sampled_from(["photo", "photo", "photo", "video", "audio"]),
        width=st.integers(0, 9000),
        height=st.integers(0, 9000),
        duration_ms=st.integers(0, 10**7),
        taken_at=st.none() | st.floats(-1e10, 1e10),
    ),
    max_size=60,
).map(lambda found: [Media(**{**fields(one), "id": f"m{index}"}) for index, one in enumerate(found)])


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
            if track["tt"] == 7:
                assert segment["s"] >= 0
                assert segment["m"]["title"].strip()
    for segment in draft["t"][0]["sg"][1:]:
        assert segment["m"]["td"] <= segment["d"] / 2


@settings(max_examples=150, deadline=None)
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
