"""The tables by which languages are known, row by row."""

import pytest

from bot.core.language import language_of
from bot.core.language_signs import LATIN, SHARING

RUSSIAN, ARABIC, HINDI, HEBREW = "сделай короче", "اجعله أقصر", "इसे छोटा करो", "תעשה את זה קצר"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("더 짧게 해줘", "ko"),
        ("ㅋㅋ", "ko"),
        (ARABIC, "ar"),
        (HEBREW, "he"),
        ("κάν' το πιο σύντομο", "el"),
        (HINDI, "hi"),
        ("ทำให้สั้นลง", "th"),
        ("გააკეთე უფრო მოკლე", "ka"),
        ("ավելի կարճ", "hy"),
        (RUSSIAN, "ru"),
    ],
)
def test_a_script_shows_its_language(text, language):
    assert language_of(text, hint="de", known={"de", language}) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *[(language, RUSSIAN) for language in ("uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg")],
        *[(language, ARABIC) for language in ("fa", "ur", "ckb", "ps")],
        *[(language, HINDI) for language in ("mr", "ne")],
        ("yi", HEBREW),
    ],
)
def test_a_script_is_shared_by_the_chats_language(language, text):
    assert language_of(text, hint=language, known={language, *SHARING}) == language


@pytest.mark.parametrize("language", [name for name, signs in LATIN.items() if signs.letters])
def test_a_letter_is_a_sign_like_a_word(language):
    others = frozenset().union(*(signs.words for name, signs in LATIN.items() if name != language))
    word = min(LATIN[language].words - others)
    for letter in sorted(LATIN[language].letters):
        known = {"en", language}
        assert language_of(f"{word} x{letter.lower()}x", hint="en", known=known) == language, letter
    assert language_of(f"{word} xx", hint="", known={"en", language}) == "en"


@pytest.mark.parametrize(
    ("words", "answer"), [("remove", "zh"), ("slow remove", "zh"), ("slow calm remove", "en"), ("slow calm warm", "zh")]
)
def test_a_sentence_needs_one_sign_in_a_chat_that_is_written_otherwise(words, answer):
    assert language_of(words, hint="zh", known={"en", "zh"}) == answer
    assert language_of(words, hint="de", known={"en", "de"}) == "de"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "please remove the last clip and add some music"),
        ("es", "quita el último clip y pon otra música, gracias"),
        ("de", "mach bitte den letzten Clip weg und nimm andere Musik"),
        ("fr", "enlève le dernier clip et mets une autre musique"),
        ("pt", "tira o último clipe e coloca outra música, obrigado"),
        ("it", "togli questo e metti una musica più dolce, grazie"),
        ("ca", "treu aquest clip i fes-ho més curt, gràcies"),
        ("nl", "kun je dit korter maken en de muziek zachter"),
        ("sv", "gör den här mer lugn och ta bort det där, tack"),
        ("da", "hvad kan jeg gøre ved dette her, og hvordan"),
        ("nb", "hva kan jeg gjøre med dette her, og hvordan"),
        ("pl", "proszę usuń to i dodaj inną muzykę"),
        ("cs", "prosím udělej to kratší a přidej hudbu"),
        ("tr", "lütfen bunu daha kısa yap ve müzik ekle"),
        ("id", "tolong buat ini lebih pendek dan tambahkan musik"),
        ("ro", "te rog fă-l mai scurt și adaugă muzică"),
        ("vi", "làm cho nó ngắn hơn và thêm nhạc nhé"),
    ],
)
def test_a_sentence_shows_its_language_among_all_that_are_listed(language, text):
    assert language_of(text, hint="ja", known={"ja", *LATIN}) == language
