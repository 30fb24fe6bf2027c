"""Music, volume, transitions, temper."""

import re
from collections.abc import Iterator

from bot.studio.agent.operations import Operation, SetMusic, SetPace, SetTransition, SetVolume
from bot.studio.agent.text import Message

_MUSIC = r"(?:background )?(?:music|soundtrack|bgm|score|tunes?|songs?|track|audio|sound)"
_MUSIC_ZH = r"(?:背景音乐|音乐|配乐|bgm|歌曲|歌)"

_NO_MUSIC = re.compile(
    rf"\b(?:no|without|remove|drop|delete|turn off|kill|lose|mute|skip|don't (?:add|want|use|need))\s+(?:the |any |all |my )*{_MUSIC}\b"
    rf"|\b{_MUSIC} off\b|\bmute(?:d)?(?: (?:it|the video|the film))?\b|\b(?:make it |keep it )?silent\b|\bmusic[\s-]*free\b"
    rf"|(?:不要|去掉|关掉|没有|无|别加|去除|删掉|删除|取消|不加|不用){_MUSIC_ZH}|静音|无配乐|无声|{_MUSIC_ZH}(?:去掉|删掉|关掉)"
)
_OWN = re.compile(
    rf"\b(?:use|with|to|add|put) (?:my|our|the uploaded|this|that|the attached)(?: own)?(?: \w+)? ?(?:{_MUSIC}|mp3|file)\b"
    rf"|(?:用|使用|配上?|加上?)(?:我|我们|这首|这个|上传)的?(?:自己的)?{_MUSIC_ZH}"
)
_PERCENT = re.compile(
    r"(?:volume|音量)[^.;!?\d]{0,15}(\d{1,3})\s*%|(\d{1,3})\s*%[^.;!?]{0,12}(?:volume|音量)|(?:music|音乐)[^.;!?\d]{0,10}(\d{1,3})\s*%"
)
_HALF = re.compile(rf"\bhalf (?:the )?volume\b|\b{_MUSIC} at half\b|一半音量|音量(?:减半|一半)")
_LOUDER = re.compile(
    rf"\blouder\b|\bturn (?:the |up the )?(?:{_MUSIC} |volume )?up\b|\bturn up\b|\b(?:raise|increase) the volume\b|大声|音量(?:调高|大|高|增)|{_MUSIC_ZH}(?:再)?大"
)
_QUIETER = re.compile(
    rf"\bquieter\b|\bless loud\b|\btoo loud\b|\bturn (?:the )?(?:{_MUSIC} |volume )?down\b|\bturn down\b|\b(?:lower|reduce|decrease) the (?:volume|music)\b"
    rf"|小声|音量(?:调低|小|低|减)|{_MUSIC_ZH}(?:再)?(?:小|轻)(?:声|一点|一些|点|些)|太吵|太响"
)
_MOODS = (
    (
        "warm",
        r"\bwarm(?:er)?\b|\bco[sz]y\b|\bheart(?:felt|warming)\b|\btender\b|\bsentimental\b|\bnostalgi\w+|\bacoustic\b|\bfolk\b|温暖|温馨|温情|暖心|怀旧|民谣",
    ),
    (
        "upbeat",
        r"\bupbeat\b|\benergetic\b|\bcheerful\b|\bjoyful\b|\bparty\b|\bdanc(?:e|y|ing)\b|\blively\b|\bhappy\b(?! birthday)|\bfun\b|\bpop\b|\belectronic\b|\bpumping\b|欢快|动感|活力|欢乐|快乐|开心|节奏感|活泼|嗨|流行|电子",
    ),
    (
        "calm",
        r"\bcalm(?:ing)?\b|\brelax(?:ing|ed)?\b|\bchill(?:ed|out)?\b|\bpeaceful\b|\bambient\b|\bsoothing\b|\bserene\b|\bmellow\b|\bgentle\b|\bsoft\b|\bpiano\b|\bslow music\b|安静|平静|舒缓|放松|轻柔|宁静|柔和|轻音乐|钢琴",
    ),
    (
        "cinematic",
        r"\bcinematic\b|\bepic\b|\bdramatic\b|\borchestral\b|\bgrand\b|\bmovie[\s-]like\b|史诗|大气|震撼|电影感|磅礴|宏大",
    ),
    ("romantic", r"\bromantic\b|\bwedding music\b|浪漫"),
    ("lofi", r"\blo-?\s?fi\b|\bhip[\s-]?hop\b|\bjazz\w*\b|低保真|嘻哈|爵士"),
    ("playful", r"\bplayful\b|\bquirky\b|\bcute\b|\bfunny\b|\bwhimsical\b|俏皮|可爱|搞笑|童趣"),
    ("dreamy", r"\bdreamy\b|\bethereal\b|\bfloating\b|梦幻|空灵"),
)
_MOOD_PATTERNS = tuple((mood, re.compile(pattern)) for mood, pattern in _MOODS)
_NOT_MOOD = re.compile(
    r"\b(?:not|isn't|less|too|no)\s+(?:so |too |as |that )*(?:energetic|upbeat|lively|hectic|happy|wild)\b|太(?:吵闹|激烈|动感)"
)
_SOME_MUSIC = re.compile(
    rf"\b(?:add|with|some|put|want|include|need|give)\b[^.;!?]{{0,25}}?\b{_MUSIC}\b|(?:加|配|来|要|有)(?:上|点|一点|个|段|首)*{_MUSIC_ZH}"
)

_TRANSITION = re.compile(r"\btransitions?\b|转场|过渡|切换")
_STYLES_PLAIN = (
    (
        "cut",
        r"\b(?:hard|straight|simple|plain|clean|jump) cuts?\b|\bcuts only\b|\bonly cuts\b|\bjust cuts\b|\b(?:no|without|remove(?: the| all)?|drop(?: the| all)?|skip(?: the)?) transitions?\b|硬切|直切|直接切换|(?:不要|无|没有|去掉|不用|取消)(?:任何)?(?:转场|过渡)",
    ),
    (
        "dip",
        r"\b(?:fade|fading|dip|dips|dipping)s? (?:to|through|from|via) black\b|\bthrough black\b|\bblack dips?\b|黑场|淡出到黑|闪黑|黑屏过渡",
    ),
    (
        "mix",
        r"\b(?:varied|mixed|different|various|random|all kinds of|a mix of|variety of) (?:\w+ )?transitions?\b|\bmix (?:up )?(?:the )?transitions?\b|(?:各种|多种|混合|不同的?|随机)转场|转场(?:多样|丰富)(?:一点|一些)?",
    ),
    (
        "crossfade",
        r"\bcross[\s-]*fad\w+(?: transitions?)?|\bcross[\s-]*dissolv\w+|\bdissolv\w+(?: transitions?)?|\bsoft fades?\b|\bfades? between\b|淡入淡出|叠化|溶解|渐变|渐隐",
    ),
)
_STYLES_NAMED = (
    ("slide", r"\bslid(?:es?|ing)\b|滑动|滑入|滑行"),
    ("wipe", r"\bwip(?:es?|ing)\b|擦除|划像|擦拭"),
    ("zoom", r"\bzoom(?:s|ing)?\b|缩放|推拉|放大"),
    ("push", r"\bpush(?:es|ing)?\b|推入|推移|推动"),
    ("iris", r"\biris(?:es)?\b|\bcirc(?:le|ular)\b|圆形|圆圈|光圈"),
    ("dip", r"\bdips?\b|\bblack\b|黑"),
    ("cut", r"\bcuts?\b"),
    ("crossfade", r"\bfad(?:es?|ing)\b|\bsmooth\b|\bsoft\b|\bgentle\b|淡|柔和|平滑"),
)
_BARE_STYLE = re.compile(
    r"\b(?:use|make it|with|add|try|go for|only)\s+(?:only\s+|some\s+)?(slides|wipes|zooms|pushes|irises|fades)\b"
)
_PLURALS = {
    "slides": "slide",
    "wipes": "wipe",
    "zooms": "zoom",
    "pushes": "push",
    "irises": "iris",
    "fades": "crossfade",
}
_SOME_TRANSITIONS = re.compile(
    r"\b(?:add|with|some|nice|put|want|include|and)\b[^.;!?]{0,25}?\btransitions?\b|(?:加|要|有|带|和)(?:上|点|一些)*(?:转场|过渡)"
)

_CALMER = re.compile(
    r"\b(?:calmer|more relaxed|more calm|gentler|softer|more peaceful|less hectic|more chilled?|calm it down|mellower)\b|更平静|更舒缓|平静一点|舒缓一点|柔和一点|安静一点|更柔和|更安静|平和一点"
)
_LIVELIER = re.compile(
    r"\b(?:livelier|more energy|more energetic|more lively|more upbeat|more fun|more exciting|peppier|happier)\b|更有活力|更动感|动感一点|活泼一点|更活泼|更欢快|欢快一点|热闹一点"
)


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about sound, transitions and temper."""
    transition = _transition(message)
    temper = [*_temper(message)]
    yield from temper
    yield from _volume(message)
    if not temper:
        yield from _music(message)
    if transition:
        yield transition


def _temper(message: Message) -> Iterator[Operation]:
    if message.take(_CALMER) or message.take(_NOT_MOOD):
        yield from (SetPace(pace="calm"), SetMusic(mood="calm"))
    elif message.take(_LIVELIER):
        yield from (SetPace(pace="quick"), SetMusic(mood="upbeat"))


def _volume(message: Message) -> Iterator[Operation]:
    if match := message.take(_PERCENT):
        yield SetVolume(value=min(100, int(next(group for group in match.groups() if group))) / 100)
    elif message.take(_HALF):
        yield SetVolume(value=0.5)
    elif message.take(_QUIETER):
        yield SetVolume(step=-0.3)
    elif message.take(_LOUDER):
        yield SetVolume(step=0.3)


def _music(message: Message) -> Iterator[Operation]:
    if message.take(_NO_MUSIC):
        yield SetMusic(mood="none")
        return
    if message.take(_OWN):
        yield SetMusic(mood="own")
        return
    found = [mood for mood, pattern in _MOOD_PATTERNS if message.take(pattern)]
    if found:
        yield SetMusic(mood=found[0])
    elif message.take(_SOME_MUSIC):
        yield SetMusic(mood="some")


def _transition(message: Message) -> Operation | None:
    for style, pattern in _STYLES_PLAIN:
        if message.take(re.compile(pattern)):
            return SetTransition(style=style)
    if match := message.take(_BARE_STYLE):
        return SetTransition(style=_PLURALS[match[1]])
    if match := _TRANSITION.search(message.folded):
        # Only the words next to "transition" name its style: "zoom" far away is about something else.
        near = slice(max(0, match.start() - 25), match.end() + 25)
        for style, pattern in _STYLES_NAMED:
            if found := re.search(pattern, message.folded[near]):
                message.blank(near.start + found.start(), near.start + found.end())
                message.blank(*match.span())
                return SetTransition(style=style)
    return SetTransition(style="some") if message.take(_SOME_TRANSITIONS) else None
