"""What languages are known by: their scripts, and for those in Latin letters their commonest words.

Languages without a catalogue are listed too: a message in Italian must not be taken for Spanish.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The words of one language, in lower case, and letters that few others have."""

    words: frozenset[str]
    letters: frozenset[str]


def unaccented(word: str) -> str:
    """The word without its accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _signs(words: str, letters: str = "") -> Signs:
    spelt = words.split()
    return Signs(words=frozenset(spelt) | {unaccented(word) for word in spelt}, letters=frozenset(letters))


SCRIPTS: dict[str, str] = {
    # ranges of letters, for a class of a regular expression; Han and kana are told apart in language.py
    "ru": "\u0400-\u052f",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
}
"""The language that a script stands for unless the chat's is another one in the same script."""

SHARING: dict[str, frozenset[str]] = {
    "ru": frozenset({"uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"}),
    "ar": frozenset({"fa", "ur", "ckb", "ps"}),
    "hi": frozenset({"mr", "ne"}),
    "he": frozenset({"yi"}),
}
"""Other languages in the script of a language."""

NOT_RUSSIAN = frozenset("іїєґўјљњћџђѓќѕәғқңөұүһҳҷ")
"""Letters of Ukrainian, Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz, Mongolian and Tajik."""

NOT_JAPANESE = frozenset("你您吗嗎们們这這给请谢视频导让吧呢她哪怎么麼啊哦啦个转换创边还总华贴图处间积张说话长关开动乐")
"""Han characters that are everyday Chinese and not Japanese."""

LATIN: dict[str, Signs] = {
    "en": _signs(
        "the a and to of is it i you my me your this that with for in on at are was be have has do does don't can "
        "could would will please make it's i'm i'd what how when where which who why not from by an as but or if "
        "then so them these those they we our us some all more just like want need give show let thanks thank "
        "hello there here add change remove use put keep after before into out up one two first each than too "
        "very should where's what's let's send only shorter longer"
    ),
    "es": _signs(
        "el la los las un una unos unas de del al y o que en con por para es está están son no sí se lo le les me "
        "te mi mis tu tus su sus más muy pero como cómo cuando qué quién dónde cuál este esta esto estos estas "
        "ese esa haz hazme hazlo hazla pon ponle ponlo quita quítale quiero quisiera puedes puede podrías hacer "
        "poner añade agrega gracias hola favor buenos buenas días muchas todas todos sin sobre también ya ahora "
        "después antes otra otro entre hasta desde nada algo bien listo música mándame exportar exporta descarga",
        "ñ¿¡",
    ),
    "de": _signs(
        "der die das den dem des ein eine einen einem einer und oder ist sind war bin bist nicht kein keine ich "
        "du er sie es wir ihr mich mir dich dir mein meine meinen dein deine mit ohne für von vom zu zum zur auf "
        "aus bei nach vor im am an wie was wo wer wann warum kannst kann könntest bitte mach mache machen nimm "
        "gib zeig danke hallo auch noch nur schon mehr sehr dann aber wenn dass alle alles hier jetzt etwas über "
        "unter diese dieser dieses diesen möchte will hätte gerne gern musik kürzer länger als exportiere",
        "ßäöü",
    ),
    "fr": _signs(
        "le la les un une à a des du de et ou est sont était dans sur avec sans pour par pas ne que qui quoi je "
        "tu il elle nous vous ils elles on me te se mon ma mes ton ta tes son sa ses ce cet cette ces au aux plus "
        "très mais si comme comment change quand où pourquoi combien fais fait faire faites mets mettre ajoute "
        "enlève peut pourrais veux voudrais merci bonjour salut plaît s'il c'est j'ai j'aimerais d'un "
        "d'une l'ordre qu'il n'est tout tous toutes encore aussi après avant ici maintenant bien musique exporte "
        "envoie exporter télécharge moi en peux pouvez ajouter",
        "œçèêàùî",
    ),
    "pt": _signs(
        "o a os as um uma uns umas de do da dos das no na nos nas ao à e ou que em com por para é está são não "
        "sim se me te lhe meu minha meus minhas seu sua seus suas mais muito mas como quando quem onde qual este "
        "esta isto esse essa isso esses essas estas estes faz faça use fazer coloca coloque põe ponha tira "
        "tire quero queria gostaria pode poderia você vocês obrigado obrigada olá oi favor bom boa tudo todas "
        "todos sem também já agora depois antes outra outro até nada bem pronto música deixa deixe manda mim "
        "exportar exporta baixa baixar",
        "ãõç",
    ),
    "it": _signs(
        "il lo la a i gli le un uno una di del della dei degli delle al alla ai e o è sono che chi non con per in "
        "nel nella da dal su sul mi ti si ci mio mia miei mie tuo tua più molto ma come quando dove perché questo "
        "questa queste questi quello fai fammi fare metti mettere togli aggiungi vorrei voglio puoi grazie ciao "
        "favore tutto tutte tutti anche già ora dopo prima senza altra altro musica scarica mandami esporta",
        "ìò",
    ),
    "ca": _signs(
        "el la els les un una de del dels i o que en amb per és són no sí més molt però com quan què aquest "
        "aquesta aquestes aquests fes fer posa treu vull voldria pots gràcies hola si us plau totes tots sense "
        "també ara després abans altra meu meva",
        "·",
    ),
    "nl": _signs(
        "de het een en of is zijn was niet geen ik jij je hij zij wij we jullie mijn jouw met zonder voor van "
        "naar op aan uit bij in te om dat die dit deze wat hoe waar wie wanneer kun kan maak maken graag "
        "alsjeblieft bedankt dank hallo ook nog maar als dan meer alle alles hier nu wil zou muziek korter langer",
    ),
    "sv": _signs(
        "och att det som en ett är var inte jag du han hon vi ni mig dig min mina din med utan för från till på "
        "av i om den de detta dessa vad hur när vem kan gör göra snälla tack hej också men mer alla här nu vill",
        "å",
    ),
    "da": _signs(
        "og at det som en et er var ikke jeg du han hun vi mig dig min mine din med uden for fra til på af i om "
        "den de dette disse hvad hvordan hvor når hvem kan gør lav lave venligst tak hej også men mere alle her "
        "nu vil",
        "øæå",
    ),
    "nb": _signs(
        "og å det som en et er var ikke jeg du han hun vi meg deg min mine din med uten for fra til på av i om "
        "den de dette disse hva hvordan hvor når hvem kan gjør lag lage vær snill takk hei også men mer alle her "
        "nå vil",
        "øæå",
    ),
    "pl": _signs(
        "i w na z do nie się jest są to że co jak kiedy gdzie kto ja ty on ona my mi mój moje moja tych te ten ta "
        "dla bez po za od przy proszę zrób dodaj usuń chcę możesz dziękuję dzięki cześć też już teraz bardziej "
        "zdjęcia",
        "łąęśźżńć",
    ),
    "cs": _signs(
        "a v na z do ne se je jsou to že co jak kdy kde kdo já ty on ona my mi můj moje pro bez po za od při "
        "prosím udělej přidej chci můžeš děkuji díky ahoj také už teď více těchto",
        "řěů",
    ),
    "tr": _signs(
        "bir ve bu şu o ile için ama çok daha en ne nasıl nerede kim ben sen biz siz bana benim senin mi mı değil "
        "var yok lütfen yap yapın ekle istiyorum teşekkürler merhaba evet hayır şimdi sonra önce fotoğraflardan "
        "olsun",
        "ğış",
    ),
    "id": _signs(
        "yang dan di ke dari ini itu untuk dengan tidak bukan ada saya aku kamu anda kami kita dia apa bagaimana "
        "kapan tolong buat buatkan tambahkan bisa mau terima kasih halo juga sudah lagi lebih sekarang saja",
    ),
    "ro": _signs(
        "și în de la cu pe un o ale al lui este sunt nu da că ce cum când unde cine eu tu el ea noi mă te îmi meu "
        "mea pentru fără din fă faci pune vreau poți mulțumesc salut rog mai foarte toate acum după aceste",
        "țșăâ",
    ),
    "vi": _signs(
        "của và là có không cho với những các một này đó tôi bạn mình làm thêm hãy được trong ra vào cảm ơn xin "
        "chào như thế nào ảnh nhạc",
        "ơưđăạảấầẩậắằặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ",
    ),
}
"""Languages in Latin letters, by commonest words: articles, prepositions, pronouns, and what people say to a bot."""
