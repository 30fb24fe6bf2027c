"""What concerns the film as a whole: make it, again, undo, help."""

import re
from collections.abc import Iterator

from bot.studio.agent.operations import Again, Build, Help, Operation, Redo, Undo
from bot.studio.agent.text import Message

_UNDO = re.compile(
    r"\bundo\b|\bgo back\b|\bback to (?:the )?(?:previous|last|old|earlier)\b|\brevert\b|\bprevious version\b|\btake (?:that|it) back\b"
    r"|\bnever ?mind(?: that)?\b|\brestore the (?:last|previous)\b|撤销|撤回|撤消|上一版|上个版本|上一个版本|退回|回到(?:之前|上一步)|恢复(?:之前|上一步|原来)|返回上一步"
)
_REDO = re.compile(r"\bredo\b|\bre-do\b|恢复撤销|取消撤销")
_FRESH = re.compile(
    r"\bstart (?:over|again|afresh|from scratch|new)\b|\bfrom scratch\b|\breset(?: everything)?\b|重新开始|从头(?:开始|再来)|重置|全部重做"
)
_AGAIN = re.compile(
    r"\b(?:once )?again\b|\b(?:another|different|new|second) (?:version|take|variation|variant|one|try)\b|\btry (?:again|something (?:else|different))\b"
    r"|\bsurprise me\b|\bremix\b|\bre-?make\b|再来一(?:次|个|版|遍)|重新(?:做|来|剪|生成)(?:一(?:个|次|遍|版))?|换(?:一)?(?:个|种)(?:版本|风格|方案|感觉)|再(?:做|剪)一(?:个|次|版|遍)|重做|另一个版本"
)
_FILM = r"(?:highlights?|reels?|videos?|films?|movies?|slide\s?shows?|montages?|clips?|vlogs?|story|recaps?|edits?|cuts?|compilations?|memories|something)"
_BUILD = re.compile(
    rf"\b(?:make|turn|create|build|generate|produce|put|compile|edit|cut|combine|assemble|stitch|merge|do|prepare|craft|transform|convert|need|want|give me|get me|show me|pull|extract)\b[^.;!?]{{0,80}}?\b{_FILM}\b"
    rf"|^\s*(?:an? |the |my |please )*(?:\w+ ){{0,4}}{_FILM}\b(?:\s+(?:of|from|with|please)\b|\s*[.!]?\s*$)|\bgo\b(?: ahead)?\s*[.!]*$|\bdo it\b|\bhighlight (?:these|this|them|it)\b"
    r"|(?:做|制作|生成|剪辑?|弄|合成|创建|变成|转成|拼成|剪成|做成|制成|来|出|整|帮我)[^.;!?]{0,30}?(?:视频|影片|短片|集锦|相册|电影|vlog|幻灯片?|高光|成片|小片|片子|回忆|大片)|^\s*(?:视频|集锦|高光)\s*$|开始(?:吧|制作|剪辑)"
)
_HELP = re.compile(
    r"\bhelp\b|\bwhat (?:can|do) you(?: do)?\b|\bwhat are you able\b|\bhow does (?:it|this) work\b|\bwhat (?:is|are) (?:possible|my options|the options)\b|\bwhat can i (?:say|ask|do|change)\b"
    r"|帮助|(?:你|你们)?(?:能|会|可以)(?:做|干)(?:些)?什么|怎么(?:用|使用|玩)|有什么功能"
)


def read(message: Message) -> Iterator[Operation]:
    """Orders about the film as a whole; steps through its versions go before the rest."""
    if message.take(_HELP):
        yield Help()
    if message.take(_FRESH):
        yield Build(fresh=True)
        return
    if message.take(_UNDO):
        yield Undo()
    elif message.take(_REDO):
        yield Redo()
    elif message.take(_AGAIN):
        yield Again()
    if message.take(_BUILD):
        yield Build()
