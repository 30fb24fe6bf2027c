import re
import string
from pathlib import Path

import pytest

import adapters
import bot
from bot.core import errors, timeline
from bot.core.changes import changes
from bot.core.intents import Intent, route
from bot.core.language import language_of
from bot.i18n import catalog
from bot.i18n.catalog import CHOSEN, OFFERED, UNDERSTOOD
from bot.i18n.plurals import OTHER, PluralError, category, rule

CATALOG = catalog.load()
FOR_PEOPLE = CATALOG.said_for_people()
ENGLISH = CATALOG.languages["en"]
KEYWORDS = catalog.load_keywords()
ROOTS = [Path(package.__file__).parent for package in (bot, adapters)]
COMPLETE = ("en", "zh")
OTHERS = sorted(set(CATALOG.languages) - set(COMPLETE))


@pytest.mark.parametrize("language", UNDERSTOOD)
def test_what_buttons_and_options_say_shows_nothing_of_a_persons_language(language):
    chosen = [CATALOG.order(language, key, seconds=30, aspect="9:16", music="calm") for key in CHOSEN]
    assert FOR_PEOPLE.sub("", ", ".join([CATALOG.order(language, "edit.default_prompt"), *chosen])) == ""
    assert FOR_PEOPLE.sub("", ", ".join(["unsere Reise", *chosen])) == "unsere Reise"


@pytest.mark.parametrize(
    "text", ["a film with no music", "no music and shorter", "make it 30 seconds long", "export it", "不要音乐了"]
)
def test_what_people_say_themselves_stays(text):
    assert FOR_PEOPLE.sub("", text) == text


def forms(entry):
    return {OTHER: entry} if isinstance(entry, str) else {name: text for name, text in entry.items() if name != "by"}


def placeholders(entry):
    return {name for text in forms(entry).values() for _, name, _, _ in string.Formatter().parse(text) if name}


def quoted(entry):
    """What a sentence tells the reader to say, form by form."""
    says = re.compile(r"[„“«「]\s?([^„“”«»「」]+?)\s?[“”»」]|\"([^\"]+)\"")
    every = [["".join(found) for found in says.findall(text)] for text in forms(entry).values()]
    return [[each for each in found if "{" not in each and each != "message content intent"] for found in every]


def test_english_and_chinese_say_everything():
    assert set(CATALOG.languages["zh"]) == set(ENGLISH)


@pytest.mark.parametrize("language", OTHERS)
def test_the_other_languages_say_nearly_everything_and_nothing_else(language):
    entries = CATALOG.languages[language]
    assert set(entries) <= set(ENGLISH)
    assert len(entries) >= len(ENGLISH) * 0.95, sorted(set(ENGLISH) - set(entries))


@pytest.mark.parametrize("language", CATALOG.languages)
def test_a_sentence_has_the_same_facts_in_every_language(language):
    for key, entry in CATALOG.languages[language].items():
        assert placeholders(entry) == placeholders(ENGLISH[key]), key
        assert all(text.strip() == text != "" for text in forms(entry).values()), key


@pytest.mark.parametrize("language", CATALOG.languages)
def test_a_sentence_has_no_form_that_its_language_has_not(language):
    possible = {*CATALOG.manners[language].plurals, OTHER}
    for key, entry in CATALOG.languages[language].items():
        assert set(forms(entry)) <= possible, key
        if not isinstance(entry, str):
            assert OTHER in entry, key
            assert "by" not in entry or entry["by"] in placeholders(entry), key


@pytest.mark.parametrize("language", CATALOG.languages)
def test_what_a_sentence_tells_people_to_say_is_understood(language):
    for key, entry in CATALOG.languages[language].items():
        (expected,) = {
            tuple(route(say, KEYWORDS, has_media=False).intents for say in says) for says in quoted(ENGLISH[key])
        }
        for says in quoted(entry):
            assert tuple(route(say, KEYWORDS, has_media=False).intents for say in says) == expected, (key, says)


@pytest.mark.parametrize("language", CATALOG.languages)
def test_what_buttons_say_for_people_is_understood_and_does_not_change_the_language(language):
    said = {
        "button.export_prompt": Intent.EXPORT,
        "edit.default_prompt": Intent.EDIT,
        "prompts.highlight": Intent.EDIT,
        "prompts.file": Intent.EXPORT,
        "steps.shorter": Intent.EDIT,
        "steps.music": Intent.EDIT,
        "steps.vertical": Intent.EDIT,
    }
    for key, intent in said.items():
        text = CATALOG.text(language, key)
        assert route(text, KEYWORDS, has_media=False).intents == (intent,), text
        assert language_of(text, hint=language, known=CATALOG.languages) == language, text
        assert CATALOG.order(language, key) == CATALOG.text("zh" if language == "zh" else "en", key)
        assert FOR_PEOPLE.sub("", CATALOG.order(language, key)) == ""
    assert set(said) == set(OFFERED)
    words = re.split(
        r"[,、，]", CATALOG.text(language, "report.help", prompts="", formats="").splitlines()[-1].rstrip(".。")
    )
    found = {i for word in words for i in route(re.split(r"[:：]", word)[-1], KEYWORDS, has_media=False).intents}
    assert {Intent.EXPORT, Intent.CREDITS, Intent.STATE, Intent.STOP, Intent.NEW} <= found, words


@pytest.mark.parametrize("language", CATALOG.languages)
def test_names_of_commands_fit_where_they_are_shown(language):
    texts = {key: CATALOG.text(language, key) for key in ENGLISH if re.match(r"discord\.(name|about|menu)_", key)}
    names = {key: text for key, text in texts.items() if ".name_" in key}
    assert [text for text in names.values() if not re.fullmatch(r"[\w-]{1,32}", text) or text != text.lower()] == []
    assert [text for text in texts.values() if len(text) > 100] == []
    assert [key for key in ENGLISH if key.startswith("command.") and len(CATALOG.text(language, key)) > 60] == []
    commands = (
        "highlight",
        "export",
        "status",
        "credits",
        "new",
        "stop",
        "last",
        "retry",
        "settings",
        "forget",
        "doctor",
        "help",
    )
    assert len({names[f"discord.name_{command}"] for command in commands}) == len(commands)


@pytest.mark.parametrize("language", ["de", "es", "fr", "ru"])
def test_a_number_is_not_torn_from_its_unit(language):
    for key, entry in CATALOG.languages[language].items():
        for text in forms(entry).values():
            assert not re.search(r"[}\d] (?:%|(?:[MKG]i?[Bo]|МБ|МиБ|min|мин|s|с)\b)", text), (key, text)


def test_french_signs_stand_off():
    for key, entry in CATALOG.languages["fr"].items():
        for text in forms(entry).values():
            assert not re.search(r"\s(?<![\u00a0\u202f])[:;!?»]|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»|'", text), (
                key,
                text,
            )


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt", "ru", "ja", "zh"])
def test_titles_are_quoted_as_the_language_does(language):
    assert [
        key for key, entry in CATALOG.languages[language].items() if any('"' in text for text in forms(entry).values())
    ] == []


def test_every_error_has_a_sentence():
    kinds = [errors.BotError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {kind.key for kind in kinds} <= set(ENGLISH)


def test_every_key_in_the_code_has_a_sentence_and_every_sentence_a_use():
    sections = {key.partition(".")[0] for key in ENGLISH}
    files = [path for root in ROOTS for path in root.rglob("*.py") if "studio" not in path.parts]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(rf'"((?:{"|".join(sections)})\.[a-z_]+)"', code))
    assert used <= set(ENGLISH)
    composed = {key for key in ENGLISH if re.match(r"change\.(text|audio)_", key)}
    assert set(ENGLISH) - used - composed == set()


def test_what_a_language_lacks_is_said_in_english_by_english_rules():
    made = catalog.Catalog(
        languages={
            "en": {"a": {"one": "{count} film of {size}", "other": "{count} films of {size}"}, "b": "B"},
            "fr": {"b": "b"},
        },
        manners={language: CATALOG.manners[language] for language in ("en", "fr")},
    )
    assert made.text("fr", "a", count=0, size=1.5) == "0 films of 1.5"
    assert made.text("fr", "b") == "b"
    assert made.text("xx", "b") == "B"
    with pytest.raises(KeyError):
        made.text("fr", "c")


def test_the_form_follows_the_number_that_the_sentence_names():
    assert CATALOG.text("en", "status.gathering", count=1).startswith("📥 1 file so")
    assert CATALOG.text("en", "status.gathering", count=3).startswith("📥 3 files")
    assert CATALOG.text("fr", "status.gathering", count=0).startswith("📥 0 fichier pour")
    assert CATALOG.text("de", "status.gathering", count=0).startswith("📥 Bisher 0 Dateien")
    assert CATALOG.text("ja", "status.gathering", count=1) == "📥 ここまで 1 件のファイル …"
    russian = {1: "файл", 2: "файла", 5: "файлов", 11: "файлов", 21: "файл", 22: "файла", 112: "файлов"}
    for count, word in russian.items():
        assert CATALOG.text("ru", "status.gathering", count=count) == f"📥 Пока {count} {word} …"
    assert CATALOG.text("de", "change.shots", new=1, old=9) == "Der Film hat jetzt 1 Einstellung statt 9."
    assert CATALOG.text("de", "change.shots", new=9, old=1) == "Der Film hat jetzt 9 Einstellungen statt 1."


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "9999 12,345 1,000,000.5 2.5"),
        ("zh", "9999 12,345 1,000,000.5 2.5"),
        ("ja", "9999 12,345 1,000,000.5 2.5"),
        ("de", "9999 12.345 1.000.000,5 2,5"),
        ("es", "9999 12.345 1.000.000,5 2,5"),
        ("pt", "9999 12.345 1.000.000,5 2,5"),
        ("fr", "9999 12\u202f345 1\u202f000\u202f000,5 2,5"),
        ("ru", "9999 12\u00a0345 1\u00a0000\u00a0000,5 2,5"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, written):
    manner = CATALOG.manners[language]
    assert " ".join(map(manner.shown, (9_999, 12_345.0, 1_000_000.49, 2.5))) == written
    assert manner.shown("1,234.5 as it came") == "1,234.5 as it came"
    assert manner.shown(-12_345) == "-" + manner.shown(12_345)
    assert manner.name


def test_lengths_of_a_change_are_numbers_in_the_language():
    longer = [timeline.read({"t": [{"tt": 0, "sg": [{"d": length}]}]}) for length in (2_000, 2_500)]
    said = [CATALOG.text("de", change.key, **change.params) for change in changes(*longer)]
    assert said[0] == "Die Länge ist jetzt 2,5\u00a0s statt 2\u00a0s."


@pytest.mark.parametrize(
    ("language", "one", "few", "many", "other"),
    [
        # the samples that the CLDR publishes with its rules
        ("en", [1], [], [], [0, 2, 16, 100, 1.5, 0.1]),
        ("de", [1], [], [], [0, 2, 16, 100, 1.5, 0.1]),
        ("es", [1], [], [], [0, 2, 16, 100, 1.5, 0.1]),
        ("fr", [0, 1, 1.5, 0.1], [], [], [2, 17, 100, 2.5]),
        ("pt", [0, 1, 1.5, 0.1], [], [], [2, 17, 100, 2.5]),
        ("ja", [], [], [], [0, 1, 15, 1.5]),
        ("zh", [], [], [], [0, 1, 15, 1.5]),
        ("ru", [1, 21, 31, 101, 1001], [2, 3, 4, 22, 24, 102], [0, 5, 11, 12, 14, 19, 100, 111, 112], [0.1, 1.5, 10.1]),
    ],
)
def test_plurals_are_those_of_the_cldr(language, one, few, many, other):
    rules = CATALOG.manners[language].plurals
    for name, numbers in {"one": one, "few": few, "many": many, "other": other}.items():
        assert {number: category(rules, number) for number in numbers} == dict.fromkeys(numbers, name)
        assert {number: category(rules, -number) for number in numbers} == dict.fromkeys(numbers, name)


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("n = 2..4,7", [2, 3, 4, 7], [1, 5, 6, 8, 2.5]),
        ("n != 0", [1, 0.5], [0]),
        ("f = 5", [1.5, 20.5], [5, 1.4]),
        ("i = 0 or n % 10 = 3 and v = 0", [0, 0.9, 3, 13], [3.1, 1]),
    ],
)
def test_rules_are_read_as_they_are_published(text, holds, fails):
    rules = {"one": rule(text)}
    assert [category(rules, number) for number in holds] == ["one"] * len(holds)
    assert [category(rules, number) for number in fails] == [OTHER] * len(fails)


@pytest.mark.parametrize("text", ["", "n", "n = ", "x = 1", "n = 1 and", "n == 1", "n = 1..", "n % = 1", "exit()"])
def test_a_rule_that_is_none_is_refused(text):
    with pytest.raises(PluralError):
        rule(text)


def test_numbers_without_digits_have_the_common_form():
    assert category(CATALOG.manners["ru"].plurals, float("inf")) == OTHER


def test_the_literal_sentences_of_the_service():
    assert CATALOG.text("en", "editor.plan_blocked").startswith("Register or upgrade your plan to unlock export.")
    assert "Top up credits in your account" in CATALOG.text("en", "money.top_up")
    assert CATALOG.text("en", "status.still_working", minutes=2, seconds=1).startswith("⏳ Still working...")
