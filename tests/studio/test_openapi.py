"""The description agrees with the server: every route is in it, every answer fits its schema."""

import re

import jsonschema

from bot.studio.web.app import ROUTES
from bot.studio.web.openapi import DESCRIPTION
from tests.studio.counterpart import ASK, photo, studio


def routes():
    plain = [(route.method.lower(), re.sub(r"\{(\w+):[^}]*\}", r"{\1}", route.path)) for route in ROUTES]
    return set(plain)


async def fits(answer, method, path):
    """Check an answer against the schema that the description has for its status."""
    described = DESCRIPTION["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    schema = described["application/json"]["schema"] | {"components": DESCRIPTION["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json())


async def test_every_route_is_described_and_every_description_is_a_route(tmp_path):
    async with studio(tmp_path) as client:
        served = (await client.http.get("/openapi.json")).json()
    assert served["servers"] == [{"url": str(client.http.base_url).rstrip("/")}]
    described = {(method, path) for path, methods in served["paths"].items() for method in methods}
    assert described == routes() - {("get", "/openapi.json")}


async def test_answers_fit_their_schemas(tmp_path):
    async with studio(tmp_path, "fail-renders=1") as client:
        auth = "/api/auth/anonymous-token"
        await fits(await client.http.post(auth, headers={"X-Client-Id": "x"}), "post", auth)
        await fits(await client.http.post(auth), "post", auth)
        made = "/api/tasks/{user}/with-session/nemo_agent"
        await fits(await client.post("/api/tasks/me/with-session/nemo_agent", {}), "post", made)
        await fits(await client.post("/api/tasks/me/with-session/nemo_agent", {"language": 1}), "post", made)
        upload = "/api/upload-video/nemo_agent/{user}/{session}"
        await fits(await client.upload(photo()), "post", upload)
        await fits(await client.upload(("a.txt", b"x")), "post", upload)
        await fits(await client.post(client.path("upload-video"), {"urls": []}), "post", upload)
        await client.say(ASK)
        await fits(await client.post("/run_sse", {}), "post", "/run_sse")
        state = "/api/state/nemo_agent/{user}/{session}/latest"
        await fits(await client.get(client.path("state")), "get", state)
        await fits(await client.get("/api/credits/balance/simple"), "get", "/api/credits/balance/simple")
        claim = "/api/auth/claim-token"
        await fits(await client.post(claim, {"session_id": client.session}), "post", claim)
        await fits(await client.post(claim, {"session_id": "1"}), "post", claim)
        render = "/api/render/proxy/lambda"
        draft = (await client.state())["draft"]
        await fits(await client.submit(draft), "post", render)
        await fits(await client.submit(draft), "post", render)
        await client.ended()
        await fits(await client.get(f"{render}/render_1"), "get", f"{render}/{{id}}")
        await fits(await client.get(f"{render}/nope"), "get", f"{render}/{{id}}")
        await fits(await client.post(f"{render}/render_1/cancel"), "post", f"{render}/{{id}}/cancel")
        await fits(await client.get("/healthz"), "get", "/healthz")
