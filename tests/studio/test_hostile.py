"""Whatever a stranger sends is answered with a documented code: never a 500, never a traceback."""

import asyncio
import gzip
import json
import logging
from urllib.parse import quote

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.studio.counterpart import photo, signed_in, studio

pytestmark = pytest.mark.uncounted

CODES = {200, 400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 429}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = (
    "id sessionId session_id draft output new_message app_name user_id task_name language urls source_type streaming "
    "t sg m d parts text"
)
names = st.sampled_from(NAMES.split())
bodies = anything | st.dictionaries(names, anything, max_size=6)
ids = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="/?#"), min_size=1, max_size=30)


async def send(client, method, path, body):
    answer = await client.http.request(method, path, headers=client.headers, content=json.dumps(body).encode())
    assert answer.status_code in CODES, (method, path, answer.text)
    if "json" in answer.headers["content-type"] and answer.status_code != 200:
        assert {"code", "message", "data", "success", "error"} <= set(answer.json())


async def test_any_json_into_every_endpoint_gives_a_documented_code(tmp_path, caplog):
    async with studio(tmp_path) as client:
        loop = asyncio.get_running_loop()
        await client.upload(photo())

        @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(body=bodies, extra=bodies, name=ids, known=st.booleans())
        def attack(body, extra, name, known):
            if known and isinstance(body, dict):
                body = {"session_id": client.session, "sessionId": client.session, "id": "r"} | body
            path = quote(name, safe="")
            for method, where in [
                ("POST", "/api/auth/anonymous-token"),
                ("POST", "/api/auth/claim-token"),
                ("POST", f"/api/tasks/{path}/with-session/nemo_agent"),
                ("POST", "/api/tasks/me/with-session/nemo_agent"),
                ("GET", f"/api/state/nemo_agent/me/{path}/latest"),
                ("POST", client.path("upload-video")),
                ("POST", "/run_sse"),
                ("POST", "/api/render/proxy/lambda"),
                ("GET", f"/api/render/proxy/lambda/{path}"),
                ("POST", f"/api/render/proxy/lambda/{path}/cancel"),
                ("GET", f"/api/render/proxy/{path}/download"),
                ("GET", f"/files/films/{path}.mp4"),
                ("DELETE", "/healthz"),
            ]:
                headers = {"Content-Type": "application/json"} if "upload" in where else {}
                client.headers |= headers
                asyncio.run_coroutine_threadsafe(send(client, method, where, body), loop).result(30)

        with caplog.at_level(logging.ERROR):
            await asyncio.to_thread(attack)
        assert [record for record in caplog.records if record.name.startswith("aiohttp")] == []


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"task_name": "\\ud800"}',
        b'{"task_name": NaN}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[]",
        b'"x"',
        b'{"task_name": 5}',
        b'{"task_name": "' + b"x" * 300 + b'"}',
    ],
)
async def test_bodies_that_are_no_proper_json_object_are_422(tmp_path, body):
    async with studio(tmp_path) as client:
        answer = await client.http.post("/api/tasks/me/with-session/nemo_agent", headers=client.headers, content=body)
        assert (answer.status_code, answer.json()["code"]) == (422, 422)


async def test_a_byte_order_mark_and_an_empty_body_are_no_fault(tmp_path):
    async with studio(tmp_path) as client:
        for body in (b"", b'\xef\xbb\xbf{"language":"en"}'):
            answer = await client.http.post(
                "/api/tasks/me/with-session/nemo_agent", headers=client.headers, content=body
            )
            assert answer.status_code == 200


async def test_bodies_and_headers_without_bounds_are_refused(tmp_path):
    async with studio(tmp_path) as client:
        where = "/api/tasks/me/with-session/nemo_agent"
        big = await client.http.post(where, headers=client.headers, content=b" " * 5_000_000)
        assert (big.status_code, big.json()["code"]) == (413, 4002)
        bomb = {"Content-Encoding": "gzip"}
        squeezed = await client.http.post(
            where, headers=client.headers | bomb, content=gzip.compress(b" " * 50_000_000)
        )
        assert squeezed.status_code == 413
        lie = await client.http.post(where, headers=client.headers | bomb, content=b"no gzip")
        assert lie.status_code in {400, 422}
        assert (await client.get("/healthz")).status_code == 200
        wide = await client.http.get("/healthz", headers={"X-Long": "x" * 100_000})
        assert wide.status_code == 400
        many = await client.http.get("/healthz", headers={f"X-{number}": "x" for number in range(5000)})
        assert many.status_code == 400


async def test_bytes_that_are_no_http_do_not_disturb_the_others(tmp_path):
    async with studio(tmp_path) as client:
        base = client.http.base_url
        for junk in (b"\x16\x03\x01" * 100, b"GET / HTTP/9.9\r\n\r\n", b"\0" * 4000, b"POST /run_sse HTTP/1.1\r\n"):
            async with await anyio.connect_tcp(base.host, base.port) as stream:
                await stream.send(junk)
        assert (await client.get("/healthz")).status_code == 200


async def test_wrong_methods_and_places_are_said_in_the_common_form(tmp_path):
    async with studio(tmp_path) as client:
        for method, path, status in [("GET", "/run_sse", 405), ("GET", "/nowhere", 404), ("PUT", "/healthz", 405)]:
            answer = await client.http.request(method, path)
            assert (answer.status_code, answer.json()["code"]) == (status, status)


async def test_a_client_id_of_any_characters_is_an_account(tmp_path):
    async with studio(tmp_path, session=False) as client:
        users = {(await signed_in(client.http, name)).user for name in ("ä", "'; DROP TABLE users; --", "x" * 64)}
    assert len(users) == 3
