"""Whatever is said in whatever order: the draft stays one that can be read, shown and rendered."""

import json
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.agent import Media, converse
from bot.studio.agent import clip_operations as clip
from bot.studio.agent import operations as op
from bot.studio.agent.apply import apply
from bot.studio.agent.compose import compose
from bot.studio.agent.recipe import Project, from_json, to_json
from bot.studio.film.model import Look, parse
from bot.studio.recording.model import Recording, Signals
from tests.studio.instructions import rows
from tests.studio.test_understand import CANNOT, LEFT_ALONE, LENGTHS, PICTURES, SHAPES, SOUND, STYLE, WHOLE, WORDS

SENTENCES = [
    row[0] for table in (CANNOT, LENGTHS, LEFT_ALONE, PICTURES, SHAPES, SOUND, STYLE, WHOLE, WORDS) for row in table
]
SENTENCES += [row.said for row in rows("tune")]

places = st.integers(-500, 500)
several = st.lists(places, max_size=5).map(tuple)
words = st.none() | st.text(max_size=200)
times = st.integers(-(10**7), 10**7)
spans = st.builds(clip.Span, start=times, stop=st.none() | times) | st.builds(
    clip.Span, start=st.floats(-1, 2), stop=st.none() | st.floats(-1, 2), share=st.just(True)
)
clip_operations = st.one_of(
    st.builds(clip.Trim, positions=several, start_by=times, end_by=times),
    st.builds(
        clip.Retime, positions=several, ms=st.none() | st.integers(0, 10**9), factor=st.floats(0, 50), by_ms=times
    ),
    st.builds(clip.Replace, positions=several),
    st.builds(clip.More, count=st.integers(-2, 500)),
    st.builds(clip.SetSpeed, factor=st.floats(0, 1000), positions=several),
    st.builds(clip.SetLook, look=st.sampled_from(get_args(Look)), positions=several),
    st.builds(
        clip.Steer,
        how=st.sampled_from(["within", "must", "never"]),
        spans=st.lists(spans, max_size=3).map(tuple),
        recording=st.none() | st.integers(-3, 5),
    ),
    st.builds(clip.SetTaste, taste=st.sampled_from(["lively", "quiet"])),
    st.builds(clip.KeepWords, on=st.booleans()),
    st.builds(clip.EachAbout, ms=st.integers(0, 10**9)),
    st.builds(clip.ChangeCount, factor=st.floats(0, 20)),
)
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
    st.builds(op.Thin, count=st.integers(1, 500), exactly=st.booleans()),
    st.builds(op.Move, position=places, to=places),
    st.builds(op.Swap, first=places, second=places),
    st.builds(op.Sort, by=st.sampled_from(["time", "upload", "reverse", "random", "manual"])),
    st.builds(op.UseVersion, number=places),
    st.builds(op.Undo, steps=st.integers(1, 60)),
    st.sampled_from([op.Again(), op.Redo(), op.Help(), op.Refuse(what="best"), op.Ask(about="title")]),
    st.sampled_from([op.Versions(), op.ListShots(), op.Tidy(reasons=("blurred",)), op.DateCaptions(on=True)]),
    st.builds(op.SetClipSound, sound=st.sampled_from(["auto", "keep", "duck", "drop"])),
    clip_operations,
)
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
