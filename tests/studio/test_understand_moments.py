"""What sentences about recordings, single pictures, speed, looks and versions ask for, in English and Chinese."""

import pytest

from bot.studio.agent.clip_operations import (
    ChangeCount,
    KeepWords,
    More,
    Replace,
    Retime,
    SetLook,
    SetSpeed,
    SetTaste,
    Span,
    Steer,
    Trim,
)
from bot.studio.agent.operations import (
    Again,
    Build,
    ChangeLength,
    Drop,
    ListShots,
    Move,
    Refuse,
    SetCaption,
    SetClipSound,
    SetLength,
    SetMusic,
    SetTitle,
    SetTransition,
    SetVolume,
    Swap,
    Thin,
    Undo,
    UseVersion,
    Versions,
)
from bot.studio.agent.understand import understand


def steer(how, start, stop, *, share=False):
    return Steer(how=how, spans=(Span(start=start, stop=stop, share=share),))


MINUTE = 60_000
SECOND_HALF = steer("within", 0.5, 1.0, share=True)

PLACES = [
    ("only use the last 20 minutes", [steer("within", -20 * MINUTE, None)]),
    ("ignore everything before 5:00", [steer("never", 0, 5 * MINUTE)]),
    ("ignore everything after 1:10:00", [steer("never", 70 * MINUTE, None)]),
    ("everything after the first 5 minutes", [steer("within", 5 * MINUTE, None)]),
    ("leave out the last quarter of an hour", [steer("never", -15 * MINUTE, None)]),
    ("exclude minutes 40 to 55", [steer("never", 40 * MINUTE, 55 * MINUTE)]),
    ("from minute 10 to minute 25", [steer("within", 10 * MINUTE, 25 * MINUTE)]),
    ("only between 12:00 and 18:30", [steer("within", 12 * MINUTE, 1_110_000)]),
    ("the part from 5:10 to 5:25 has to be in there", [steer("must", 310_000, 325_000)]),
    ("drop 2 and include 3:20 to 3:45", [Drop(positions=(2,)), steer("must", 200_000, 225_000)]),
    ("there is a great save at 27:15, include it", [steer("must", 1_629_000, 1_639_000)]),
    (
        "12:30 to 13:10 in the second recording must be in",
        [
            Steer(how="must", spans=(Span(start=750_000, stop=790_000),), recording=2),
        ],
    ),
    (
        "skip 0:00 to 3:30 and everything after 58:00",
        [steer("never", 0, 210_000), steer("never", 58 * MINUTE, None)],
    ),
    ("best moments of the last half hour", [Refuse(what="best"), steer("within", -30 * MINUTE, None)]),
    ("highlights from the second half, 90 seconds", [SECOND_HALF, SetLength(ms=90_000)]),
    ("后半场，90秒", [SECOND_HALF, SetLength(ms=90_000)]),
    ("前五分钟之后的都可以", [steer("within", 5 * MINUTE, None)]),
    ("第40分钟到第55分钟不要", [steer("never", 40 * MINUTE, 55 * MINUTE)]),
    ("5:00以前的都不要", [steer("never", 0, 5 * MINUTE)]),
    ("27:15有个精彩扑救，一定要放进去", [steer("must", 1_629_000, 1_639_000)]),
]
SINGLE = [
    ("lengthen the first clip by 2 seconds", [Retime(positions=(1,), by_ms=2000)]),
    ("make the third clip twice as long", [Retime(positions=(3,), factor=2.0)]),
    ("clip 4 should be 8 seconds long", [Retime(positions=(4,), ms=8000)]),
    ("the third moment is too long", [Retime(positions=(3,), factor=1 / 1.5)]),
    ("trim 3 seconds from the start of the second clip", [Trim(positions=(2,), start_by=3000)]),
    ("cut the first 3 seconds of clip 2", [Trim(positions=(2,), start_by=3000)]),
    ("end the third one a second later", [Trim(positions=(3,), end_by=1000)]),
    ("make the first clip start a bit earlier", [Trim(positions=(1,), start_by=-2000)]),
    (
        "start clip 3 two seconds later and end it one second earlier",
        [
            Trim(positions=(3,), start_by=2000),
            Trim(positions=(3,), end_by=-1000),
        ],
    ),
    ("the second moment is boring, replace it", [Replace(positions=(2,))]),
    ("give me another one instead of the third", [Replace(positions=(3,))]),
    ("add another moment", [More()]),
    ("give the last one three more seconds", [Retime(positions=(-1,), by_ms=3000)]),
    ("the first and second should switch places", [Swap(first=1, second=2)]),
    ("put clip 3 before clip 1", [Move(position=3, to=1)]),
    ("move 2 after 5", [Move(position=2, to=5)]),
    ("最后一段提前两秒结束", [Trim(positions=(-1,), end_by=-2000)]),
    ("把第三段缩短到6秒", [Retime(positions=(3,), ms=6000)]),
    ("第二段加长三秒", [Retime(positions=(2,), by_ms=3000)]),
    ("第一段早点开始", [Trim(positions=(1,), start_by=-2000)]),
    ("第二段没意思，换一个", [Replace(positions=(2,))]),
    ("多加两个片段", [More(count=2)]),
    ("第二和第三段对调", [Swap(first=2, second=3)]),
]
CHOICE = [
    ("I want exactly 6 clips", [Thin(count=6, exactly=True)]),
    ("no more than ten moments", [Thin(count=10)]),
    ("clips of around 6 seconds", [Build(), SetLength(ms=6000, each=True)]),
    ("fewer clips", [ChangeCount(factor=0.67)]),
    ("give me the loudest moments", [SetTaste(taste="lively")]),
    ("only quiet parts", [SetTaste(taste="quiet")]),
    ("don't interrupt the speaker", [KeepWords(on=True)]),
    ("use different moments", [Again()]),
    ("片段少一点", [ChangeCount(factor=0.67)]),
    ("要最热闹的部分", [SetTaste(taste="lively")]),
    ("保留解说", [KeepWords(on=True)]),
]
TREATMENT = [
    ("clips 2 and 4 in slow motion", [SetSpeed(factor=0.5, positions=(2, 4))]),
    ("play everything at 1.5x", [SetSpeed(factor=1.5)]),
    ("slow down clip 2", [SetSpeed(factor=0.5, positions=(2,))]),
    ("normal speed", [SetSpeed(factor=1.0)]),
    ("make it black & white except the first", [SetLook(look="mono"), SetLook(look="plain", positions=(1,))]),
    ("cold colours", [SetLook(look="cool")]),
    ("turn the music up a bit", [SetVolume(step=0.15)]),
    ("lower the music a lot", [SetVolume(step=-0.45)]),
    ("music at 20 percent", [SetVolume(value=0.2)]),
    ("use only the original sound", [SetClipSound(sound="keep"), SetMusic(mood="none")]),
    ("remove all captions and the title", [SetCaption(text=None), SetTitle(text=None)]),
    ("shorter by 10 seconds", [ChangeLength(by_ms=-10_000)]),
    ("第二段和第四段慢动作", [SetSpeed(factor=0.5, positions=(2, 4))]),
    ("第二段放慢", [SetSpeed(factor=0.5, positions=(2,))]),
    ("颜色鲜艳一点", [SetLook(look="vivid")]),
    ("不要淡入淡出，直接切", [SetTransition(style="cut")]),
]
VERSIONS = [
    ("undo the last 2 changes", [Undo(steps=2)]),
    ("undo everything", [UseVersion(number=1)]),
    ("go back to the first version", [UseVersion(number=1)]),
    ("which version is this", [Versions()]),
    ("what moments did you pick", [ListShots()]),
    ("撤销两步", [Undo(steps=2)]),
    ("现在是第几版", [Versions()]),
    ("你选了哪些片段", [ListShots()]),
]
CANNOT = [
    ("find where the dog runs", "recognise"),
    ("only show goals", "recognise"),
    ("zoom in on the ball", "recognise"),
    ("can you tell who scored", "recognise"),
    ("translate what they say", "translate"),
    ("use a robot voice", "voice"),
    ("add sound effects", "stickers"),
    ("去掉左边的人", "objects"),
    ("谁进的球", "recognise"),
    ("给人脸打码", "filters"),
]


@pytest.mark.parametrize(("said", "operations"), [*PLACES, *SINGLE, *CHOICE, *TREATMENT, *VERSIONS])
def test_each_sentence_asks_for_this_in_the_order_in_which_it_says_so(said, operations):
    assert understand(said) == operations


@pytest.mark.parametrize(("said", "what"), CANNOT)
def test_what_rules_cannot_do_is_refused(said, what):
    assert understand(said) == [Refuse(what=what)]


def test_quotations_are_no_orders():
    assert understand('title "drop 2 and 12:30 to 13:10 in slow motion"') == [
        SetTitle(text="drop 2 and 12:30 to 13:10 in slow motion")
    ]
