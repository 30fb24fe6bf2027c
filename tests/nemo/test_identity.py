"""What an installation remembers of itself."""

from __future__ import annotations

import json
import stat
import uuid

import pytest

from bot.core import errors
from bot.nemo import Identity
from bot.nemo.tokens import RENDERS_KEPT
from bot.nemo.wire import Grant


class Clerk:
    """Hands out numbered tokens and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, client_id: str) -> Grant:
        self.asked.append(client_id)
        return Grant(token=f"secret-{len(self.asked)}", user_id="anon_7")


@pytest.fixture
def clerk():
    return Clerk()


async def take(identity, clerk):
    return await identity.token(clerk, retry_after=0)


async def test_a_client_id_is_made_once_and_private(tmp_path, clerk):
    await take(Identity(tmp_path, scope="a"), clerk)
    await take(Identity(tmp_path, scope="b"), clerk)
    assert len(set(clerk.asked)) == 1
    assert uuid.UUID(clerk.asked[0])
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_given_client_id_goes_before_the_stored_one(tmp_path, clerk):
    await take(Identity(tmp_path, scope="a"), clerk)
    await take(Identity(tmp_path, scope="a", client_id="mine"), clerk)
    assert clerk.asked[1] == "mine"


async def test_a_stored_client_id_is_used(tmp_path, clerk):
    (tmp_path / "client_id").write_text("stored\n")
    await take(Identity(tmp_path, scope="a"), clerk)
    assert clerk.asked == ["stored"]


@pytest.mark.parametrize("kept", ["a b", "x" * 65, "", "\x00"])
async def test_a_damaged_client_id_is_replaced(kept, tmp_path, clerk):
    (tmp_path / "client_id").write_text(kept)
    await take(Identity(tmp_path, scope="a"), clerk)
    assert uuid.UUID(clerk.asked[0])


async def test_a_token_is_for_one_service_only(tmp_path, clerk):
    first = await take(Identity(tmp_path, scope="https://a.example"), clerk)
    second = await take(Identity(tmp_path, scope="https://b.example"), clerk)
    assert first.secret != second.secret
    assert (await take(Identity(tmp_path, scope="https://a.example"), clerk)).secret == first.secret


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"tokens": 5, "renders": []}',
        '{"tokens": [{"secret": 5}, {"secret": "a\\nb"}], "current": "x"}',
    ],
)
async def test_a_damaged_store_counts_as_none(text, tmp_path, clerk):
    await take(Identity(tmp_path, scope="a"), clerk)
    (file,) = tmp_path.glob("identity-*.json")
    file.write_text(text)
    assert (await take(Identity(tmp_path, scope="a"), clerk)).secret == "secret-2"


async def test_a_given_token_is_not_stored_and_leaves_the_anonymous_one_alone(tmp_path, clerk):
    await take(Identity(tmp_path, scope="a"), clerk)
    given = Identity(tmp_path, scope="a", token="operators-own")
    await given.bind("r1", await take(given, clerk))
    (file,) = tmp_path.glob("identity-*.json")
    assert "operators-own" not in file.read_text()
    again = Identity(tmp_path, scope="a", token="operators-own")
    assert (await again.token_of("r1")).secret == "operators-own"
    assert (await take(Identity(tmp_path, scope="a"), clerk)).secret == "secret-1"


@pytest.mark.parametrize("value", ["a b", "a\nb", "ü", "\x7f"])
@pytest.mark.parametrize("name", ["token", "client_id"])
def test_what_no_header_can_carry_is_refused_without_repeating_it(name, value, tmp_path):
    with pytest.raises(ValueError, match="no header can carry") as raised:
        Identity(tmp_path, scope="a", **{name: value})
    assert value not in str(raised.value)


async def test_a_token_does_not_print_itself(tmp_path, clerk):
    token = await take(Identity(tmp_path, scope="a"), clerk)
    assert "secret" not in repr(token).replace("secret=", "")
    assert token.secret not in token.key


async def test_old_renders_are_forgotten_and_their_tokens_with_them(tmp_path, clerk):
    identity = Identity(tmp_path, scope="a")
    old = await take(identity, clerk)
    await identity.bind("first", old)
    new = await identity.renew(old, clerk, retry_after=0)
    assert (await identity.token_of("first")).secret == old.secret
    for number in range(RENDERS_KEPT):
        await identity.bind(f"r{number}", new)
    assert await identity.token_of("first") is None
    (file,) = tmp_path.glob("identity-*.json")
    assert [token["secret"] for token in json.loads(file.read_text())["tokens"]] == [new.secret]


async def test_a_disk_that_cannot_be_written_says_so(tmp_path, clerk):
    (tmp_path / "folder").write_bytes(b"")
    with pytest.raises(OSError, match="Not a directory"):
        await take(Identity(tmp_path / "folder", scope="a"), clerk)


async def test_a_refusal_is_not_remembered_for_ever(tmp_path, clerk):
    identity = Identity(tmp_path, scope="a")

    async def refuse(client_id: str) -> Grant:
        raise errors.RateLimited

    with pytest.raises(errors.RateLimited):
        await identity.token(refuse, retry_after=0)
    identity._refusal = (identity._refusal[0] - 2, identity._refusal[1])
    assert (await take(identity, clerk)).secret == "secret-1"
