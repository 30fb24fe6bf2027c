"""The one tree of things that go wrong. An error carries a message key and parameters, never a sentence.

BotError
├── UserError                what the person can mend: empty request, nothing to export, wrong file
│   ├── Reserved             not for this person, or not now
│   └── MediaError           one file that cannot be used
├── EditorError              the editing service
│   ├── BackendDown          unreachable, slow, or answering nonsense at the HTTP level
│   ├── BadAnswer            an answer that no known variant explains
│   ├── StreamLost           a run's stream ended before the run did
│   ├── Unauthorized         1001 / 401
│   ├── SessionGone          1002 / 404
│   ├── NoCredits            2001
│   ├── UnsupportedMedia     4001
│   ├── MediaTooLarge        4002 / 413
│   ├── ClientIdMissing      400
│   ├── PlanBlocked          402
│   ├── RateLimited          429
│   ├── Busy                 a run is already going on in this session
│   ├── RenderExists         the render id was submitted before
│   └── RenderFailed
├── DeliveryError            the chat platform refused or lost what was sent
│   ├── DeliveryUnclear      all bytes left, no answer was seen
│   └── VideoTooLarge
├── DiskTrouble              a file could not be written or read: full, read-only, failing
└── StoreFailed              our own database cannot be used: the process must end
"""

from __future__ import annotations


class BotError(Exception):
    """Anything expected to go wrong. `key` names a sentence of the catalogue, `params` fill it."""

    key = "error.internal"
    passing = False
    """Whether what ended the program may be gone by itself, so that starting again later helps."""

    def __init__(self, key: str = "", /, **params: str | float) -> None:
        self.key = key or type(self).key
        self.params = params
        super().__init__(self.key, params)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.key}({details})"


class UserError(BotError):
    """The person can mend it; nothing was charged or lost."""

    key = "error.user"


class Reserved(UserError):
    """Somebody may not do this: of no concern to anybody else."""


class MediaError(UserError):
    """One file cannot be used; `params` has its `name`."""

    key = "media.unreadable"


class EditorError(BotError):
    """The editing service said no, or nothing."""

    key = "editor.failed"


class BackendDown(EditorError):
    """Unreachable, timed out, or a 5xx."""

    key = "editor.down"


class BadAnswer(EditorError):
    """An answer no known variant explains."""

    key = "editor.bad_answer"


class StreamLost(EditorError):
    """The stream of a run broke; whether the run goes on is unknown, so nothing is posted again."""

    key = "editor.stream_lost"


class Unauthorized(EditorError):
    """1001 / HTTP 401: the token is bad or expired."""

    key = "editor.unauthorized"


class SessionGone(EditorError):
    """1002: the service no longer knows the session."""

    key = "editor.session_gone"


class NoCredits(EditorError):
    """2001: out of credits."""

    key = "editor.no_credits"


class UnsupportedMedia(EditorError):
    """4001: the service does not take this kind of file."""

    key = "editor.unsupported_media"


class MediaTooLarge(EditorError):
    """4002 / HTTP 413: the file is too large for the service."""

    key = "editor.media_too_large"


class ClientIdMissing(EditorError):
    """400 on the token call: `X-Client-Id` is missing or refused."""

    key = "editor.client_id_missing"


class PlanBlocked(EditorError):
    """402: the plan does not allow the export. A matter of subscription, not of credits."""

    key = "editor.plan_blocked"


class RateLimited(EditorError):
    """429: too many requests or tokens."""

    key = "editor.rate_limited"


class Busy(EditorError):
    """A run is already going on in this session."""

    key = "editor.busy"


class RenderExists(EditorError):
    """The render id was submitted before: poll it."""

    key = "editor.render_exists"


class RenderFailed(EditorError):
    """The service gave up on a render; `params` may have its `reason`."""

    key = "editor.render_failed"


class DeliveryError(BotError):
    """The chat platform refused or lost what was sent."""

    key = "delivery.failed"


class DeliveryUnclear(DeliveryError):
    """Every byte left, no answer was seen: it may have arrived."""

    key = "delivery.unclear"


class VideoTooLarge(DeliveryError):
    """Larger than the platform takes; `params` has `size` and `limit` in bytes."""

    key = "delivery.too_large"


class DiskTrouble(BotError):
    """A file of a turn could not be written or read: full, read-only, failing. `params` has its `reason`."""

    key = "error.disk"


class StoreFailed(BotError):
    """Our own database cannot be written or read; `params` has its `reason`.

    Nothing can be recorded any more, so the process ends in words; what was under way goes on at the next start.
    """

    key = "operator.store"
    passing = True


def editor_error(name: str) -> EditorError:
    """The editing service's error of that class name, or the general one."""
    kinds = {kind.__name__: kind for kind in EditorError.__subclasses__()}
    return kinds.get(name, EditorError)()
