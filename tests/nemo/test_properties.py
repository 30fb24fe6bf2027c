"""Whatever arrives, readers give a value of ours or an error of ours."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import EditorError
from bot.core.events import Beat, Complained, Said, Worked
from bot.nemo import renders, wire
from bot.nemo.codes import Call
from bot.nemo.envelope import encode, parse, unwrap
from bot.nemo.stream import RunReader

pytestmark = pytest.mark.uncounted  # counting lines would double the time, and reaches none that the tables do not

WORDS = (
    "code success data detail error message session_id task_id user_id token expires_at files filename "
    "cdn_url duration state draft video_infos generated_media available frozen total status progress "
    "output url outputUrl claim_token content parts text partial author role thought functionCall "
    "functionResponse name id type errorCode errorMessage error_details error_type t sg d m "
)
KEYS = st.sampled_from(WORDS.split())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        [0, "0", 1001, "2001", 404, "completed", "failed", "text", "error", "system", "user", "STOP", "Error: x"]
    ),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(KEYS, st.text(max_size=5)), inner, max_size=6)
    ),
    max_leaves=25,
)
STATUS = st.sampled_from([200, 201, 204, 302, 400, 401, 402, 404, 409, 422, 429, 500, 503])

READERS = {
    "grant": wire.grant,
    "session": lambda status, body: wire.session(status, body, language="en", skill="s"),
    "uploads": wire.uploads,
    "state": wire.state,
    "balance": wire.balance,
    "claim": wire.claim_token,
    "submit": renders.submitted,
    "poll": renders.render_status,
    "unwrap": lambda status, body: [unwrap(call, status, body) for call in Call],
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150)
@given(status=STATUS, body=JSON)
def test_any_body_is_a_value_or_an_error_of_ours(name, status, body):
    with contextlib.suppress(EditorError):
        READERS[name](status, body)


@settings(max_examples=300)
@given(
    frames=st.lists(st.one_of(JSON.map(json.dumps), st.text(max_size=50)), max_size=8),
    event=st.sampled_from(["", "error", "x"]),
)
def test_any_frames_are_events(frames, event):
    reader = RunReader()
    found = [reader.feed(frame, event) for frame in frames]
    assert all(found)
    for one in [*(one for events in found for one in events), *reader.close()]:
        assert isinstance(one, Said | Worked | Beat | Complained)
        repr(one).encode()


@settings(max_examples=200)
@given(draft=st.dictionaries(st.text(max_size=5), JSON, min_size=1, max_size=5))
def test_any_draft_goes_back_as_it_came(draft):
    came = json.dumps(draft)
    state = wire.state(200, parse(f'{{"code":0,"data":{{"state":{{"draft":{came}}}}}}}'))
    went = json.loads(encode(state.draft))
    assert json.dumps(went) == json.dumps(json.loads(came, parse_constant=lambda _: None))
