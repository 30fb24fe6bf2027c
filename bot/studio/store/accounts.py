"""Anonymous accounts: tokens, credits, claim tokens."""

from dataclasses import dataclass

from bot.studio import ids
from bot.studio.errors import OutOfCredits, TokenInvalid, TooManyTokens
from bot.studio.store.database import Database, Reader, Transaction

WEEK = 7 * 24 * 3600.0
_PER_ADDRESS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A fresh bearer token; `expires_at` in seconds since 1970."""

    token: str
    user_id: str
    expires_at: float
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Credits; `frozen` is what running work has reserved."""

    available: int
    frozen: int


async def issue(
    database: Database, *, client: str, address: str, grant: int, life: float, limited: bool, now: float
) -> Issued:
    """A token for the client id `client`, which keeps its account. Raises TooManyTokens when `limited`."""
    who = ids.digest(client)
    async with database.transaction() as tx:
        user = await tx.one("SELECT id, available FROM users WHERE client = ?", who)
        if limited:
            await _check_limits(tx, user["id"] if user else None, address, now - WEEK)
        await tx.run("DELETE FROM tokens WHERE expires_at < ? AND created_at < ?", now, now - WEEK)
        user_id = user["id"] if user else ids.user_id()
        available = user["available"] if user else grant
        if not user:
            await tx.run(
                "INSERT INTO users (id, client, available, created_at) VALUES (?, ?, ?, ?)", user_id, who, grant, now
            )
        token = ids.token()
        await tx.run(
            "INSERT INTO tokens (digest, user_id, address, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            *(ids.digest(token), user_id, address, now, now + life),
        )
    return Issued(token=token, user_id=user_id, expires_at=now + life, credits=available)


async def _check_limits(tx: Transaction, user_id: str | None, address: str, since: float) -> None:
    if user_id and await tx.one("SELECT 1 FROM tokens WHERE user_id = ? AND created_at > ?", user_id, since):
        raise TooManyTokens("This client already has a token; one is given per client in 7 days.")
    row = await tx.one("SELECT count(*) AS n FROM tokens WHERE address = ? AND created_at > ?", address, since)
    if row and row["n"] >= _PER_ADDRESS:
        raise TooManyTokens(f"This address already has {_PER_ADDRESS} tokens; more are given after 7 days.")


async def owner(reader: Reader, token: str, now: float) -> str:
    """The user whose token this is. Raises TokenInvalid."""
    row = await reader.one("SELECT user_id, expires_at FROM tokens WHERE digest = ?", ids.digest(token))
    if row is None:
        raise TokenInvalid("The token is not valid.")
    if row["expires_at"] <= now:
        raise TokenInvalid("The token has expired.")
    return str(row["user_id"])


async def balance(reader: Reader, user_id: str) -> Balance:
    """What the account has."""
    row = await reader.one("SELECT available, frozen FROM users WHERE id = ?", user_id)
    assert row is not None
    return Balance(available=row["available"], frozen=row["frozen"])


async def freeze(tx: Transaction, user_id: str, amount: int) -> None:
    """Reserve credits for a run. Raises OutOfCredits."""
    touched = await tx.run(
        "UPDATE users SET available = available - ?, frozen = frozen + ? WHERE id = ? AND available >= ?",
        *(amount, amount, user_id, amount),
    )
    if not touched:
        have = await balance(tx, user_id)
        raise OutOfCredits(f"Not enough credits: this costs {amount}, {have.available} are available.")


async def settle(tx: Transaction, user_id: str, amount: int, *, charged: bool) -> None:
    """Turn a reservation into a charge, or give it back."""
    await tx.run(
        "UPDATE users SET available = available + ?, frozen = frozen - ? WHERE id = ?",
        *(0 if charged else amount, amount, user_id),
    )


async def claim(database: Database, session_id: str, now: float) -> str:
    """A claim token for a session, valid for a week."""
    token = ids.claim_token()
    async with database.transaction() as tx:
        await tx.run("DELETE FROM claims WHERE expires_at < ?", now)
        await tx.run("INSERT INTO claims VALUES (?, ?, ?)", ids.digest(token), session_id, now + WEEK)
    return token
