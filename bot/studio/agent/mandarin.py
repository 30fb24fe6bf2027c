"""The agent's Chinese."""

from collections.abc import Sequence

from bot.studio.agent.differences import Change
from bot.studio.agent.facts import Facts
from bot.studio.agent.listing import Line, Version, numbered
from bot.studio.agent.reasons import Row
from bot.studio.recording.model import Why

JOINT = ""

NAMES = {
    "mix": "混合转场",
    "crossfade": "叠化",
    "slide": "滑动",
    "wipe": "擦除",
    "zoom": "缩放",
    "dip": "黑场过渡",
    "push": "推移",
    "iris": "圆形转场",
    "defocus": "虚焦叠化",
    "glow": "漏光",
    "whip": "甩镜",
    "parallax": "视差推移",
    "diagonal": "对角擦除",
    "cut": "硬切",
    "none": "无",
    "warm": "温暖",
    "upbeat": "欢快",
    "calm": "舒缓",
    "cinematic": "电影感",
    "drive": "热血",
    "romantic": "浪漫",
    "lofi": "低保真",
    "playful": "俏皮",
    "dreamy": "梦幻",
    "sound-auto": "有人说话时保留",
    "sound-keep": "保留，衬在音乐下",
    "sound-duck": "保留，音乐让低",
    "sound-drop": "关闭",
    "normal": "适中",
    "quick": "快",
    "plain": "原色",
    "mono": "黑白",
    "sepia": "棕褐",
    "cool": "冷色",
    "vivid": "鲜艳",
    "faded": "褪色",
}
# A mood and a look that share a word in English.
_LOOKS = {"warm": "暖色"}

_LEFT = {"duplicate": "张几乎重复", "blurred": "张模糊", "black": "张全黑", "screenshot": "张截图"}
_WHY = {
    "duplicate": "几乎重复",
    "blurred": "模糊",
    "black": "全黑",
    "screenshot": "截图",
    "waiting": "时长放不下",
    "dropped": "你要求去掉",
}
_MOST_NAMES = 8

SENTENCES = {
    "nothing": (
        "我没有找到可以修改的内容。我可以改时长、画幅（16:9、9:16、1:1）、标题、字幕、片尾、音乐、转场、色调、片段速度，"
        "以及用哪些照片和片段、各多长、什么顺序。"
    ),
    "help": (
        "我用你的照片和视频片段做成影片，并按你的话修改：时长、画幅（16:9、9:16、1:1）、标题、字幕、片尾、音乐风格和音量、转场、"
        "色调、照片的取舍和顺序、更舒缓或更快、撤销和版本。长录像里的片段，我按听到的声音和画面的动静来选。我按固定规则工作，看不懂照片里的内容，只看得出模糊、全黑、截图和重复。"
    ),
    "send-media": "请先发照片或视频片段给我，我就用它们来做影片。",
    "ask-title": "标题写什么？例如：标题“里斯本 2024”。",
    "ask-caption": "哪张照片写什么字幕？例如：第3张字幕“阿尔法玛”。",
    "ask-credits": "片尾写什么？例如：片尾“小安和小波，2024年5月”。",
    "no-position": "没有第{places}张：影片里共有{count}个画面。",
    "all-shown": "没有漏掉任何照片：{count}个画面都在影片里。",
    "nothing-left": "那样就一张也不剩了，所以我没有改动。",
    "ask-which": "你指的是哪一个？一共有{count}个；请说序号，例如“第三个”。",
    "ask-slot": "要多长？例如：第三张5秒。",
    "too-short": "那样这一个就看不到什么了，所以没有改动。",
    "speed-photos": "只有视频片段才有速度，这里面没有。",
    "speed-limit": "片段的速度只能在四分之一到四倍之间，我取了最接近的。",
    "replace-photos": "我能把录像里的一段换成另一段；照片请另发。",
    "no-other-moments": "按你说的，找不到别的片段了。",
    "no-moments": "按你说的，录像里没有可选的内容了；请换个说法，或说“重新开始”。",
    "same-moments": "按这个要求选出来的，还是影片里现有的片段。",
    "film-limit": "影片可以是2秒到10分钟，我就按{seconds}秒来做。",
    "moments-length": "符合要求的片段一共{seconds}秒。",
    "no-recording": "这里没有可以按时间查找的录像；需要一分钟以上的视频。",
    "no-such-recording": "这里共有{count}段录像。",
    "no-such-time": "录像到{end}就结束了。",
    "no-version": "现有第{first}到第{last}版。",
    "same-version": "现在看到的就是第{number}版。",
    "full-volume": "音乐已经是最大音量了。",
    "nothing-to-undo": "没有可以撤销的修改。",
    "no-clips": "影片里没有视频片段，也就没有原声。",
    "no-track": "这里还没有你的音乐：请先发一个 MP3、M4A 或 WAV 文件。",
    "captions-unnamed": "字幕取自文件名，而有些文件名不是文字；其余的请告诉我，例如：第3张字幕“阿尔法玛”。",
    "mood-nearest": "我没有{mood}风格的音乐，最接近的是{nearest}。",
    "length-limit": "{count}个画面可以做成{seconds}秒，我就按这个时长做了。",
    "no-dates": "这些照片都没有拍摄时间。",
    "none-duplicate": "影片里没有发现几乎重复的照片。",
    "none-blurred": "影片里没有发现整张模糊的照片。",
    "none-screenshot": "影片里没有发现像截图的照片。",
    "none-black": "影片里没有发现全黑的照片。",
    "glyphs": "我的字体里没有{characters}，画面上不会显示。",
    "no-shape": "我只做16:9、9:16和1:1，请告诉我哪一个最接近。",
    "no-speech": "我听不懂语音，不能生成对白字幕；可以把你写的文字放到画面下方。",
    "no-voice": "我不能配音；可以把文字放进标题、字幕或片尾。",
    "no-filters": "我有六种色调：黑白、棕褐、暖色、冷色、鲜艳、褪色；单张画面的明暗、对比度和人脸改不了。",
    "no-objects": "我不能去掉或替换照片里的东西；可以按序号去掉整张照片。",
    "no-motion": "我不能倒放，也不能在片段中途变速；可以让一个片段放慢或加快。",
    "no-translate": "我不会翻译；可以把你写的文字放到画面下方。",
    "no-stickers": "我没有贴纸、特效或边框；有标题、字幕和十三种转场。",
    "no-type": "我不能改字体样式；可以改文字内容。",
    "no-quality": "我做的是全高清、每秒30帧，不能更高。",
    "no-songs": "我没有现成的歌曲；请发你自己的音乐文件，或选一种音乐风格。",
    "no-invent": "我不能凭空生成画面；我只用你发来的照片和视频。",
    "no-best": "我分不出哪些照片最好，所以按顺序取用；可以按序号告诉我去掉或保留哪些。",
    "no-recognise": (
        "我不知道狗、人脸或某个地方长什么样，认不出照片里的内容；请按序号告诉我去掉或保留哪些，例如“去掉第3张和第7张”。"
    ),
}

_CLAUSES = {
    "moments": "把画面数量从{before}个改为{after}个",
    "order": "调整了顺序，现在以{first}开头、以{last}结尾",
    "length": "把时长从{before}秒改为{after}秒",
    "shape": "把画幅从{before}改为{after}",
    "music": "把音乐从{before}改为{after}",
    "tune": "换了一首同样风格的曲子",
    "clip-sound": "把视频片段的原声从“{before}”改为“{after}”",
    "volume": "把音量从{before}改为{after}",
    "transitions": "把转场从{before}改为{after}",
    "pace": "把节奏从{before}改为{after}",
    "title": "把标题从“{before}”改为“{after}”",
    "title-on": "加上了标题“{after}”",
    "title-off": "去掉了标题“{before}”",
    "under": "把标题下面的一行从“{before}”改为“{after}”",
    "under-on": "在标题下面加上了“{after}”",
    "under-off": "去掉了标题下面的“{before}”",
    "dates": "在每个画面下面加上了日期",
    "dates-off": "去掉了画面下面的日期",
    "credits": "把片尾从“{before}”改为“{after}”",
    "credits-on": "加上了片尾“{after}”",
    "credits-off": "去掉了片尾“{before}”",
    "captions": "更新了字幕，现在有{count}个画面带字幕",
    "captions-off": "去掉了字幕",
    "retimed": "把{before}改为{after}",
    "retimed-many": "调整了{count}个片段的起止",
    "shown-for": "让{names}停留{after}秒",
    "speed": "把{names}的速度设为{after}倍",
    "look": "把色调从{before}改为{after}",
    "look-one": "给{names}用上了“{after}”色调",
    "again": "重新做了一版，换了运镜、转场和曲子",
}


def clause(change: Change) -> str:
    """One change."""
    names = NAMES | _LOOKS if change.key in {"look", "look-one"} else NAMES
    params = {key: names.get(value, value) for key, value in change.params.items()}
    if "names" in params and not params["names"]:
        params["names"] = f"{params['count']}个画面"
    if change.key in {"in", "out"}:
        total = f"（现在共{params['total']}个画面）" if params["total"] else ""
        return f"{'加入了' if change.key == 'in' else '去掉了'}{params['names']}{total}"
    return _CLAUSES[change.key].format(**params)


def changed(clauses: Sequence[str]) -> str:
    """All changes in one sentence."""
    return f"我{'，'.join(clauses)}。"


def ready(film: Facts) -> str:
    """The first film."""
    order = "，按拍摄时间排列" if film.by_time and film.timed else ""
    music = "保留原声" if film.chosen and film.clip_sound != "drop" else "没有音乐"
    if film.music != "none":
        music = f"配你的音乐{film.music}" if film.own else f"配{NAMES.get(film.music, film.music)}的音乐"
        music += "，画面踩着节拍切换" if film.on_beat else ""
    style = "转场以叠化为主" if film.transition == "mix" else f"转场用{NAMES[film.transition]}"
    words = [f"标题是“{film.title}”"] if film.title else []
    if captions := sum(one.caption is not None for one in film.shown):
        words.append(f"{captions}个画面带字幕")
    words += [f"片尾是“{film.credits}”"] if film.credits else []
    extra = f"{'，'.join(words)}。" if words else ""
    return f"影片做好了：{_pictures(film)}，{film.seconds:g}秒，{film.ratio}{order}，{music}，{style}。{extra}"


def waiting(film: Facts) -> str:
    """What did not fit, and by which rule."""
    total = film.moments + film.waiting
    return (
        f"{film.seconds:g}秒按每个画面{film.seconds / film.moments:.1f}秒算，{total}个画面只能放下{film.moments}个，"
        "我按相等间隔选取，首尾都保留。"
        "想要更长的影片，请说“用上所有照片”。"
    )


def usual_length(film: Facts) -> str:
    """How long moments come to together when nobody says it."""
    return f"你没有说时长，我就选了大约{film.aim:g}秒；想要别的时长请直接说，例如“两分钟”。"


def left(film: Facts) -> str:
    """What was left out by itself."""
    counts = [(film.left.count(reason), words) for reason, words in _LEFT.items()]
    listed = "、".join(f"{count}{words}" for count, words in counts if count)
    if film.waiting:
        return f"另外没用的有：{listed}。可以问我是哪些，或说“用上所有照片”。"
    total = film.photos + len(film.left)
    return f"{total}张照片用了{film.photos}张，没用的有：{listed}。可以问我是哪些，或说“用上所有照片”。"


def why(rows: Sequence[Row]) -> str:
    """What is not in the film, by reason."""
    parts = [f"{row.name}在影片里，是第{row.other}个" for row in rows if row.reason == "shown"]
    for reason, words in _WHY.items():
        names = [f"{row.name}（像{row.other}）" if row.other else row.name for row in rows if row.reason == reason]
        more = f"等{len(names)}张" if len(names) > _MOST_NAMES else ""
        parts += [f"{words}：{'、'.join(names[:_MOST_NAMES])}{more}"] if names else []
    if all(row.reason == "shown" for row in rows):
        return f"{'；'.join(parts)}。"
    return f"没有用上的：{'；'.join(parts)}。想都用上，请说“用上所有照片”。"


def _pictures(film: Facts) -> str:
    photos = film.moments - film.clips
    parts = [f"{photos}张照片"] if photos else []
    parts += [f"{film.clips}个视频片段"] if film.clips else []
    return "和".join(parts)


_HEARD: dict[Why, str] = {
    "loud": "响亮",
    "crowd": "人群",
    "motion": "动感",
    "quiet": "安静",
    "asked": "指定",
    "spread": "",
}


def listing(pictures: Sequence[Line]) -> str:
    """Picture by picture, each on a line of its own."""
    return numbered(pictures, _HEARD, more="……还有{count}个")


def versions(found: Sequence[Version]) -> str:
    """Every version on a line of its own."""
    rows = [
        f"第{one.number}版：{one.pictures}个画面，{one.seconds:g}秒，{one.ratio}，"
        f"音乐：{NAMES.get(one.music, one.music)}{'（当前）' if one.current else ''}"
        for one in found
    ]
    return "\n".join(rows)
