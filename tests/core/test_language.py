"""In which language a message is answered. `chat` is what the platform or earlier messages say."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.language import language_of
from bot.core.language_signs import LATIN
from tests.core.corpus_files import messages

SPOKEN = ("en", "zh", "es", "de", "fr", "pt", "ja", "ru")

ROWS = [
    # (message, the chat's language, the answer's)
    # nothing to go by: the chat's language, in whatever form a platform names it
    ("", "de", "de"),
    ("", "de-AT", "de"),
    ("", "pt_BR", "pt"),
    ("", "zh-Hant-TW", "zh"),
    ("", "JA", "ja"),
    ("", "", "en"),
    ("", "ko", "en"),
    ("", "it-IT", "en"),
    ("👍", "fr", "fr"),
    ("❤️❤️", "ru", "ru"),
    ("12", "es", "es"),
    ("?!", "de", "de"),
    ("16:9", "ja", "ja"),
    # one shared word never switches
    *[
        (word, chat, chat)
        for word in ("export", "status", "stop", "ok", "video", "Instagram", "reel", "upload", "credits")
        for chat in ("de", "ja", "zh")
    ],
    ("ok, video", "fr", "fr"),
    ("export MP4 1080p", "es", "es"),
    ("export 4K HDR", "zh", "zh"),
    ("Musik", "en", "en"),
    ("merci", "de", "de"),
    ("hola", "en", "en"),
    ("danke", "en", "en"),
    ("lo-fi", "ru", "ru"),
    # scripts
    ("做成集锦", "en", "zh"),
    ("做成集锦", "", "zh"),
    ("導出影片", "en", "zh"),
    ("帮我export视频", "en", "zh"),
    ("把BGM换成lo-fi", "en", "zh"),
    ("可以导出了", "ja", "zh"),
    ("谢谢", "ja", "zh"),
    ("你好", "ja", "zh"),
    ("這些照片", "ja", "zh"),
    ("鲜の每日, 给我做个视频", "en", "zh"),
    ("写真をハイライトに", "en", "ja"),
    ("もっと短く", "zh", "ja"),
    ("ありがとう", "en", "ja"),
    ("ｴｸｽﾎﾟｰﾄして", "en", "ja"),
    ("編集の開始", "en", "ja"),
    ("編集開始", "ja", "ja"),
    ("編集開始", "en", "zh"),
    ("没後十年の記録", "ja", "ja"),
    ("сделай короче", "en", "ru"),
    ("экспорт", "en", "ru"),
    ("экспорт", "zh", "ru"),
    ("сделай video в 4K", "en", "ru"),
    # scripts that several languages share
    ("зроби коротше, будь ласка, і додай музику", "en", "en"),
    ("зроби коротше", "uk", "en"),
    ("направи го по-кратко", "bg", "en"),
    ("учини краће", "sr-Cyrl", "en"),
    ("сделай короче", "uk", "en"),
    # scripts of languages that are not spoken here
    ("내보내기", "en", "en"),
    ("더 짧게 해줘", "ja", "ja"),
    ("صدّر الفيديو", "fr", "fr"),
    ("वीडियो एक्सपोर्ट करो", "hi", "en"),
    ("ייצא את הסרטון", "de", "de"),
    ("εξαγωγή", "el", "en"),
    ("ส่งวิดีโอ", "zh", "zh"),
    # sentences in Latin letters
    ("make it shorter", "de", "en"),
    ("make a reel", "zh-CN", "en"),
    ("please export it", "fr", "en"),
    ("add music and then export it", "ru", "en"),
    ("can you add a title", "ja", "en"),
    ("what's my balance?", "es", "en"),
    ("turn these photos into a highlight reel with music and transitions", "pt", "en"),
    ("I’d like the beach photos first", "de", "en"),
    ("slower, warmer and calmer", "zh", "en"),
    ("hazlo más corto", "en", "es"),
    ("hazlo mas corto", "en", "es"),
    ("exporta el video por favor", "en", "es"),
    ("¿está listo?", "en", "es"),
    ("quita la música y pon otra", "en", "es"),
    ("muchas gracias", "en", "es"),
    ("quiero un vídeo con las fotos de la playa", "pt", "es"),
    ("¿cuántos créditos me quedan?", "en", "es"),
    ("mach es kürzer", "en", "de"),
    ("mach es bitte kuerzer", "en", "de"),
    ("kannst du das exportieren", "en", "de"),
    ("nimm eine andere Musik", "en", "de"),
    ("wie viele Credits habe ich noch?", "en", "de"),
    ("die besten Fotos zuerst, bitte", "fr", "de"),
    ("Schick mir das Video", "en", "de"),
    ("fais un film avec ces photos", "en", "fr"),
    ("c’est trop long, raccourcis la fin", "en", "fr"),
    ("où en est la vidéo ?", "en", "fr"),
    ("ajoute de la musique", "en", "fr"),
    ("merci, c'est très bien", "de", "fr"),
    ("je voudrais un titre au début", "es", "fr"),
    ("deixe mais curto", "en", "pt"),
    ("faça um vídeo com estas fotos", "en", "pt"),
    ("não exporte ainda", "en", "pt"),
    ("põe uma música mais calma", "es", "pt"),
    ("quero o vídeo na vertical", "es", "pt"),
    ("muito obrigado", "en", "pt"),
    ("você pode tirar a última foto?", "en", "pt"),
    # languages that are not spoken here are not taken for their neighbours
    ("fammi un video con le foto della spiaggia", "en", "en"),
    ("puoi mettere una musica più calma per favore", "es", "es"),
    ("maak het korter alsjeblieft", "de", "de"),
    ("gör det kortare och lägg till musik", "en", "en"),
    ("kan du gøre det kortere", "de", "de"),
    ("zrób to krócej i dodaj muzykę", "en", "en"),
    ("daha kısa yap ve müzik ekle", "de", "de"),
    ("buatkan video dari foto ini", "es", "es"),
    ("fă-l mai scurt și pune altă muzică", "fr", "fr"),
    ("fes-lo més curt i posa una altra música", "es", "es"),
    ("làm ngắn hơn và thêm nhạc", "fr", "fr"),
    ("udělej to kratší, prosím", "en", "en"),
    # two languages at once, and none of them wins
    ("la vida", "en", "en"),
    ("de la", "en", "en"),
    ("Las Vegas", "en", "en"),
    ("Costa del Sol", "de", "de"),
    ("use la vida es bella as the music", "en", "en"),
    ("make a film of 北京", "en", "en"),
    ("add a title: 上海", "zh", "en"),
    # what is quoted, linked or named is not what the person speaks
    ('Titel "the best of the summer with you"', "de", "de"),
    ("加一个标题“the best of the summer”", "en", "zh"),
    ("add the title «la playa de los niños y el mar»", "en", "en"),
    ("add the title 《上海的春天和我们的回忆》", "en", "en"),
    ("「the end of the road」を追加して", "en", "ja"),
    ("“hazlo más corto”", "en", "es"),
    ("https://example.com/the/best/of/this/is/it.mp4", "de", "de"),
    ("www.example.com/von-der-und-die", "en", "en"),
    ("the_best_of_the_summer.mp4", "de", "de"),
    ("@the_and_of_bot status", "de", "de"),
    ("/export in the end", "de", "en"),
    ("me.and.you@this.example", "ru", "ru"),
]


@pytest.mark.parametrize(("text", "chat", "answer"), ROWS)
def test_the_answer_is_in_the_language_of_the_message_where_it_shows_one(text, chat, answer):
    assert language_of(text, hint=chat, known=SPOKEN) == answer


@pytest.mark.parametrize(
    ("text", "chat", "answer"),
    [
        ("hazlo más corto", "en", "en"),
        ("hazlo más corto", "es", "en"),
        ("做成集锦", "zh", "en"),
        ("더 짧게 해줘", "en", "ko"),
        ("fammi un video con le foto della spiaggia", "en", "it"),
        ("зроби коротше", "uk", "uk"),
    ],
)
def test_only_a_language_with_a_catalogue_is_answered_in(text, chat, answer):
    assert language_of(text, hint=chat, known={"en", "ko", "it", "uk"}) == answer


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_a_labelled_message_in_a_chat_of_its_own_language_stays_there(half):
    own = [(each.text, each.language) for each in messages(half) if each.language in SPOKEN]
    strayed = [text for text, language in own if language_of(text, hint=language, known=SPOKEN) != language]
    assert len(strayed) <= len(own) / 200, strayed


@pytest.mark.parametrize("chat", SPOKEN)
def test_a_labelled_message_never_leads_to_a_third_language(chat):
    every = [each for half in ("tune", "measure") for each in messages(half)]
    astray = [
        each.text for each in every if language_of(each.text, hint=chat, known=SPOKEN) not in {chat, each.language}
    ]
    assert len(astray) <= len(every) / 200, astray


@pytest.mark.parametrize("language", ["es", "de", "fr", "pt", "en"])
def test_most_sentences_are_recognised(language):
    folder = Path(__file__).parent / "corpus"
    texts = [
        row["text"]
        for half in ("tune", "measure")
        for row in map(json.loads, (folder / f"{half}.jsonl").read_text(encoding="utf-8").splitlines())
        if row["language"] == language and len(row["text"].split()) >= 5
    ]
    elsewhere = "de" if language == "en" else "en"
    found = [text for text in texts if language_of(text, hint=elsewhere, known=SPOKEN) == language]
    assert len(found) >= len(texts) * 0.85, set(texts) - set(found)


@given(st.text(), st.text())
def test_every_text_has_an_answer(text, hint):
    assert language_of(text, hint=hint, known=SPOKEN) in SPOKEN


def test_only_the_beginning_of_a_long_text_is_looked_at():
    assert language_of("和我" + "the end of it " * 500, hint="de", known=SPOKEN) == "en"
    assert language_of(" " * 2_000 + "the end of it", hint="de", known=SPOKEN) == "de"


def test_words_are_in_lower_case_and_have_no_spaces():
    for language, signs in LATIN.items():
        assert all(word == word.lower() and word.strip() for word in signs.words), language
        assert len(signs.words) >= 30, language
