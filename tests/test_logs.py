"""No secret in a log."""

import logging
import sys

import pytest

from bot.logs import HIDDEN, Redacted, redact

SECRETS = [
    "nmv_usr_3kQ-abc_DEF",
    "clm_0a1b2c",
    "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GabcDE.0123456789abcdefghijklmnopqrstuvwxyz01",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", ["{}", "https://api.example/{}/getMe", "token={}, next", "Bearer {}"])
def test_a_token_is_hidden_wherever_it_stands(secret: str, around: str) -> None:
    hidden = redact(around.format(secret))
    assert secret not in hidden
    assert HIDDEN in hidden


@pytest.mark.parametrize("path", ["webhooks", "interactions"])
def test_the_token_of_an_interaction_is_hidden_inside_an_address(path: str) -> None:
    assert "aW50" not in redact(f"POST https://discord.com/api/v10/{path}/1234/aW50ZXJhY3Rpb24.x-y_z/callback 429")


def test_arguments_and_tracebacks_are_redacted_and_ordinary_words_are_not() -> None:
    formatter = Redacted("%(message)s")
    try:
        raise ValueError(SECRETS[0])
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "said %s at 12:30", (SECRETS[2],), sys.exc_info())
    line = formatter.format(record)
    assert not any(secret in line for secret in SECRETS)
    assert "at 12:30" in line


def test_the_token_inside_a_bot_api_address_is_hidden() -> None:
    assert SECRETS[2] not in redact(f"GET https://api.telegram.org/bot{SECRETS[2]}/getMe")
