"""Events in the form that goes over the wire: agent-framework events by default, typed frames by switch."""

import json
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.studio.runs.events import Broke, Called, Event, FellSilent, Returned, Said, Waited
from bot.studio.switches import ErrorFrame, Frames, Heartbeat, Silence, Switches

_AUTHOR = "nemo_agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How one run is told to one listener. `streaming` adds partial deltas before each whole text."""

    invocation: str
    streaming: bool
    switches: Switches

    def frames(self, event: Event) -> Iterator[bytes]:
        """The frames of one event, each ready to be written."""
        if isinstance(event, Waited):
            yield _heartbeat(self.switches.heartbeat)
        elif self.switches.frames is Frames.TYPED:
            yield from (_data(body) for body in _typed(event))
        elif isinstance(event, Broke) and self.switches.error_frame is ErrorFrame.RAW:
            # What old versions of the framework do: not escaped, so not JSON as soon as there is a quote or a line end.
            yield f'data: {{"error": "{event.message}"}}\n\n'.encode()
        else:
            yield from (_data(body) for body in self._bodies(event))

    def _bodies(self, event: Event) -> Iterator[dict[str, Any]]:
        if isinstance(event, Said):
            yield from self._whole_after_pieces([{"text": event.text}], _pieces(event.text))
        elif isinstance(event, Called):
            call = {"functionCall": {"id": event.id, "args": event.args, "name": event.name}}
            yield from self._whole_after_pieces([call], [call])
        elif isinstance(event, Returned):
            answer = {"functionResponse": {"id": event.id, "name": event.name, "response": event.response}}
            yield self._event([answer], role="user", draft=event.draft)
        elif isinstance(event, Broke):
            yield from self._broken(event.message)
        elif isinstance(event, FellSilent):
            yield from self._silence()

    def _whole_after_pieces(
        self, parts: list[dict[str, Any]], pieces: list[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        marks: dict[str, Any] = {"longRunningToolIds": []} if "functionCall" in parts[0] else {}
        name = str(uuid.uuid4())
        if not self.streaming:
            yield self._event(parts, id=name, finishReason="STOP", **marks)
            return
        for piece in pieces:
            yield self._event([piece], id=name, partial=True, **marks)
        yield self._event(parts, id=name, partial=False, finishReason="STOP", **marks)

    def _silence(self) -> Iterator[dict[str, Any]]:
        form = self.switches.silent
        if form is Silence.EMPTY_PARTS:
            yield self._event([], finishReason="STOP")
        elif form is Silence.EMPTY_PARTIAL:
            yield self._event([], partial=True)
        elif form is Silence.STOP_CODE:
            yield self._event(None, errorCode="STOP")
        elif form is Silence.NO_CONTENT_CODE:
            yield self._event(None, errorCode="MODEL_RETURNED_NO_CONTENT", errorMessage="Model returned no content.")

    def _broken(self, message: str) -> Iterator[dict[str, Any]]:
        form = self.switches.error_frame
        if form is ErrorFrame.SYSTEM:
            yield self._event([{"text": f"Error: {message}"}], author="system")
        elif form is ErrorFrame.SAFETY:
            yield self._event(None, errorCode="SAFETY", errorMessage=message)
        elif form is ErrorFrame.DETAILED:
            yield self._event(None, errorCode="RuntimeError", errorMessage=message)
            details = {"error_type": "RuntimeError", "error_message": message, "timestamp": time.time()}
            yield {"error": f"RuntimeError: {message}", "error_details": details}
        else:
            yield {"error": message}

    def _event(
        self,
        parts: list[dict[str, Any]] | None,
        *,
        role: str = "model",
        draft: dict[str, Any] | None = None,
        **more: object,
    ) -> dict[str, Any]:
        body: dict[str, Any] = {} if parts is None else {"content": {"parts": parts, "role": role}}
        actions = {
            "stateDelta": {} if draft is None else {"draft": draft},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        }
        common = {"invocationId": self.invocation, "author": _AUTHOR, "actions": actions, "id": str(uuid.uuid4())}
        return body | common | more | {"timestamp": time.time()}


def _typed(event: Event) -> Iterator[dict[str, Any]]:
    if isinstance(event, Said):
        yield {"type": "text", "content": event.text}
    elif isinstance(event, Called):
        yield {"type": "tool_call", "name": event.name, "args": event.args}
    elif isinstance(event, Returned):
        yield {"type": "tool_result", "name": event.name, "result": event.response}
    elif isinstance(event, Broke):
        yield {"type": "error", "content": event.message}


def _pieces(text: str) -> list[dict[str, Any]]:
    """The text in deltas of a few words (a few characters where a script has no spaces)."""
    return [{"text": piece} for piece in re.findall(r"(?s).{1,24}(?:\s+|$)|.{1,24}", text)]


def _heartbeat(form: Heartbeat) -> bytes:
    return {
        Heartbeat.EMPTY: b"data:\n\n",
        Heartbeat.COMMENT: b": heartbeat\n\n",
        Heartbeat.JSON: b'data: {"heartbeat":true}\n\n',
        Heartbeat.TYPED: b'data: {"type":"heartbeat"}\n\n',
    }[form]


def _data(body: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
