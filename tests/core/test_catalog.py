import re
import string
from pathlib import Path

import adapters
import bot
from bot.core import errors
from bot.i18n import catalog

CATALOG = catalog.load()
ROOTS = [Path(package.__file__).parent for package in (bot, adapters)]


def placeholders(entry):
    texts = [entry] if isinstance(entry, str) else list(entry.values())
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_says_everything_with_the_same_facts():
    english = CATALOG.languages["en"]
    for language, entries in CATALOG.languages.items():
        assert set(entries) == set(english), language
        for key, entry in entries.items():
            assert placeholders(entry) == placeholders(english[key]), (language, key)


def test_every_error_has_a_sentence():
    kinds = [errors.BotError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {kind.key for kind in kinds} <= set(CATALOG.languages["en"])


def test_every_key_in_the_code_has_a_sentence_and_every_sentence_a_use():
    sections = {key.partition(".")[0] for key in CATALOG.languages["en"]}
    files = [path for root in ROOTS for path in root.rglob("*.py") if "studio" not in path.parts]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(rf'"((?:{"|".join(sections)})\.[a-z_]+)"', code))
    known = set(CATALOG.languages["en"])
    assert used <= known
    composed = {key for key in known if re.match(r"change\.(text|audio)_", key)}
    assert known - used - composed == set()


def test_plurals_and_numbers():
    assert CATALOG.text("en", "status.gathering", count=1).startswith("📥 1 file so")
    assert CATALOG.text("en", "status.gathering", count=3).startswith("📥 3 files")
    assert "1,000,000 available" in CATALOG.text(
        "en", "report.credits", available=1_000_000, frozen=0, total=1_000_000.0
    )
    assert CATALOG.text("xx", "status.done") == CATALOG.text("en", "status.done")


def test_the_literal_sentences_of_the_service():
    assert CATALOG.text("en", "editor.plan_blocked").startswith("Register or upgrade your plan to unlock export.")
    assert "Top up credits in your account" in CATALOG.text("en", "money.top_up")
    assert CATALOG.text("en", "status.still_working", minutes=2, seconds=1).startswith("⏳ Still working...")
