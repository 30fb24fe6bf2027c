"""Names that the studio gives: sessions, tasks, users, tokens, assets."""

import hashlib
import secrets
import string

_ALPHABET = string.ascii_lowercase + string.digits


def session_id() -> str:
    """A 19-digit number as a string, like the documented ones: larger than a JavaScript number can hold."""
    return str(10**18 + secrets.randbelow(8 * 10**18))


def task_id() -> str:
    """A project's id."""
    return "task_" + _word(12)


def user_id() -> str:
    """An anonymous account's id; `anon_` is what marks it as one."""
    return "anon_" + secrets.token_hex(8)


def token() -> str:
    """A bearer token."""
    return "nmv_usr_" + secrets.token_urlsafe(32)


def claim_token() -> str:
    """A token that opens a project in a browser and cannot call the API."""
    return "clm_" + secrets.token_urlsafe(24)


def key(length: int = 24) -> str:
    """An unguessable name that is safe in a path and in a URL."""
    return _word(length)


def digest(secret: str) -> str:
    """What is stored of a secret: the file on disk alone opens nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _word(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
