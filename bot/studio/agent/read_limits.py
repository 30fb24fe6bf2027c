"""What rules cannot do: each is answered with what can be done instead."""

import re
from collections.abc import Iterator

from bot.studio.agent.operations import Operation, Refuse
from bot.studio.agent.text import Message

_SELECT = r"(?:keep|use|pick|choose|select|show|find|drop|remove|delete|skip|exclude|leave out|get rid of|only|start with|end with)"
_PICTURES = r"(?:photos?|pictures?|pics?|images?|shots?|ones|clips?)"

# In order: what an earlier row has understood, a later one does not see.
_ROWS: tuple[tuple[str, str], ...] = (
    (
        "speech",
        r"\bsubtitles?\b|\btranscri\w+|\bspeech[\s-]to[\s-]text\b|\bauto(?:matic)?[\s-]*captions?\b|\bcaptions? (?:of|for|from) (?:the |what )?"
        r"(?:speech|dialogue|talking|people say|is said|they say|audio)\b|语音识别|(?:自动|语音|对白)字幕|字幕翻译|识别语音",
    ),
    (
        "voice",
        r"\bvoice[\s-]*overs?\b|\bnarrat\w+|\btext[\s-]to[\s-]speech\b|\btts\b|\bai voice\b|\bread (?:it|this|the text) (?:out|aloud)\b|配音|旁白|朗读|解说|语音合成",
    ),
    (
        "filters",
        r"\bfilters?\b|\bblack[\s-]and[\s-]white\b|\bb&w\b|\bmonochrome\b|\bsepia\b|\bvintage\b|\bretro look\b|\bcolou?r[\s-]*(?:grad\w+|correct\w+)"
        r"|\b(?:warmer|cooler|brighter|darker|more|better|vivid|richer) (?:colou?rs?|tones?)\b|\bbright(?:er|en)\b|\bdarker\b|\bsaturat\w+|\bcontrast\b|\bexposure\b"
        r"|\bwhite balance\b|\bblur(?:red)? (?:the )?(?:background|faces?)\b|\bsharpen\b|\bretouch\w*|\bbeautif\w+|滤镜|调色|黑白|美颜|饱和度|对比度|亮度|提亮|曝光|磨皮|复古色",
    ),
    (
        "objects",
        r"\b(?:remove|erase|delete|get rid of|take out|cut out|replace|change)\s+(?:the |that |this |any |all )*(?:\w+ ){0,2}?"
        r"(?:person|people|man|men|woman|women|guy|girl|boy|tourists?|strangers?|background|objects?|watermarks?|logos?|signs?|cars?|stuff|sky)\b"
        r"|(?:去除|去掉|消除|抹掉|P掉|p掉|换掉?)(?:照片|图片|画面)?(?:里|中|上)?的?(?:那个|这个)?(?:路人|人物|人|水印|背景|杂物|东西|天空|车)",
    ),
    (
        "motion",
        r"\bslow[\s-]*mo(?:tion)?\b|\btime[\s-]*lapse\b|\bspeed ramp\w*|\b(?:play|run) (?:it |the clips? )?(?:backwards|in reverse)\b|\b\d+(?:\.\d+)?x speed\b|慢动作|慢镜头|延时|倍速|倒放",
    ),
    (
        "stickers",
        r"\bstickers?\b|\bemojis?\b|\bgifs?\b|\banimations?\b|\banimated text\b|\bconfetti\b|\bsparkles?\b|\bspecial effects?\b|\bvfx\b|\boverlays?\b|\bframes? around\b|\bborders?\b|\bsplit[\s-]screen\b|\bcollage\b|贴纸|表情包|特效|画中画|分屏|拼图|边框",
    ),
    (
        "type",
        r"\b(?:bigger|larger|smaller|different|other|change the|bold|italic) (?:titles?|fonts?|text|letters)\b|\bfonts?\b|\b(?:title|text) (?:colou?r|size|position|bigger|larger|smaller)\b|\b(?:red|blue|green|yellow|white|black|gold|pink) (?:title|text|letters)\b|字体|字号|文字颜色|标题颜色|(?:标题|文字|字)(?:大|小)(?:一点|一些|点|些)",
    ),
    (
        "quality",
        r"\b4k\b|\b2160p\b|\buhd\b|\b1440p\b|\b8k\b|\b60\s*fps\b|\b120\s*fps\b|\b24\s*fps\b|\bhdr\b|\bprores\b|超清",
    ),
    (
        "songs",
        r"\b(?:song|track|music) by [\w ]+|\bfrom spotify\b|\bspotify\b|\bapple music\b|\bbeyonc\w+|\btaylor swift\b|\bbeatles\b|\bqueen song\b|周杰伦|(?:放|配|用)(?:一首)?[^,.;!?]{1,10}的歌(?!曲)",
    ),
    (
        "invent",
        r"\b(?:generate|imagine|invent|draw|paint) (?:an? |some |new )?(?:\w+ ){0,3}(?:image|picture|photo|scene|dragon|background|character|clip of)\b|\bdeepfake\b|\bface[\s-]?swap\b|\bmake (?:him|her|them|me) (?:dance|talk|smile|sing)\b|换脸|生成(?:一张|图片|画面)",
    ),
    (
        "best",
        r"\b(?:the )?best (?:moments?|parts?|bits?|scenes?|photos?|pictures?|shots?|ones)\b|\b(?:most )?(?:exciting|interesting|beautiful|important) (?:moments?|parts?|scenes?|photos?|pictures?)\b|\bhighlights? of the (?:game|match|recording|video)\b|精彩(?:瞬间|片段|时刻|部分)|最好的(?:照片|片段|瞬间|几张)|最美的",
    ),
    (
        "recognise",
        rf"\b{_SELECT}\s+(?:only |all |any |every |the |those |my |some )*(?:of )?(?:blurr\w+|dark|bad|ugly|similar|duplicated?|double|good|sharp|landscape|portrait|vertical|funny|nice|nicest|boring)\s*{_PICTURES}?\b"
        rf"|\b{_SELECT}\s+(?:only |all |any |every |the |those |my |some )*{_PICTURES} (?:with|of|where|in which|that|showing|from the)\b"
        rf"|\b{_SELECT}\s+(?:only |all |any |the |those |my )*(?:dogs?|cats?|kids?|children|bab(?:y|ies)|sunsets?|beach(?:es)?|food|faces?|smil\w+|duplicates?|selfies?|bride|groom|screenshots?)\b(?: {_PICTURES})?"
        r"|\b(?:recogni[sz]e|detect|identify|who is|what is in)\b"
        r"|(?:只?(?:要|留|用|保留)|去掉|删掉|删除|挑选?|选出?|找出?)(?:所有|全部|那些)?(?:有|带)?(?:模糊|重复|相似|难看|人脸|小孩|孩子|狗|猫|美食|风景|自拍|笑|截图)[^,.;!?]{0,8}|识别|认出",
    ),
)
_PATTERNS = tuple((what, re.compile(pattern)) for what, pattern in _ROWS)
_LATE = frozenset({"recognise"})


def read(message: Message, *, late: bool) -> Iterator[Operation]:
    """Rows that hide words from the other rules come early, `late` ones after positions have been read."""
    for what, pattern in _PATTERNS:
        if (what in _LATE) is late and message.take(pattern):
            yield Refuse(what=what)
