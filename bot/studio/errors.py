"""Everything that the studio refuses, with the number that the documented API gives it.

A body code is what a client of the API reads; the HTTP status agrees with it as far as HTTP has a word for it.
"""


class Refused(Exception):
    """A request that is answered with an error: HTTP status, body code, and a sentence."""

    status = 400
    code = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ClientIdMissing(Refused):
    """The anonymous token call has no usable X-Client-Id."""


class TokenInvalid(Refused):
    """No bearer token, an unknown one, or one that has expired."""

    status, code = 401, 1001


class SessionUnknown(Refused):
    """No such session, or somebody else's."""

    status, code = 404, 1002


class OutOfCredits(Refused):
    """The account cannot pay for the run."""

    status, code = 403, 2001


class UnsupportedFile(Refused):
    """Not one of the media formats that are taken, or damaged."""

    status, code = 415, 4001


class FileTooLarge(Refused):
    """More bytes or more pixels than are taken."""

    status, code = 413, 4002


class ExportBlocked(Refused):
    """The attribution headers are not all there."""

    status, code = 402, 402


class TooManyTokens(Refused):
    """The anonymous token limit is used up."""

    status, code = 429, 429


class QueueFull(Refused):
    """As many films are waiting as may wait."""

    status, code = 429, 429


class Malformed(Refused):
    """A body that does not say what it has to say."""

    status, code = 422, 422


class Forbidden(Refused):
    """A thing that this studio is not allowed to do for anybody."""

    status, code = 403, 403


class NotFound(Refused):
    """No such render, file or address."""

    status, code = 404, 404


class DiskTrouble(Refused):
    """The disk is full or cannot be written."""

    status, code = 507, 507


class Busy(Refused):
    """A second run on a session that is working, or a render id that is taken."""

    status, code = 409, 409
