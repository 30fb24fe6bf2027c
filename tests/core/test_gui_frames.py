"""Every instruction in every frame: what is said around it must stay, it must go, and its action must be found."""

import pytest

from bot.core.gui import translate
from bot.i18n.gui import load_gui

VOCABULARY = load_gui()

ENGLISH = {
    "export": [
        "click Export", "tap the Download icon", 'hit "Export"', "press the **Export** button in the top-right corner",
        "select Export from the File menu",
        "find the Export button and press it", "choose Download in the toolbar",
        "use the Export button at the top", "click Export to save your video",
    ],
    "edit": [
        "click the Split button", "drag the clip to the left", "double-click the title", "use the volume slider",
        "right-click the clip and choose Delete", "press Ctrl+Z", "drag the handles to resize the text",
        "select the clip and press Delete", "pick a filter from the Filters panel", "type a new title in the text box",
    ],
    "state": [
        "open the Media panel", "go to the Effects tab", "check the sidebar", "open the settings menu",
        "look at the properties panel", "have a look at the sidebar",
    ],
    "timeline": ["preview it in the timeline", "click Play", "press the spacebar", "watch it in the preview window"],
    "credits": ["go to your account page", "check your dashboard", "visit the pricing page to upgrade"],
}  # fmt: skip
ENGLISH_FRAMES = [
    "{c}. {A}.", "{c}. Please {a}.", "{c}. You can {a}.", "{c}. When you're ready, {a}.", "{c}. Feel free to {a}.",
    "{c}. Don't forget to {a}!", "{c}. All you have to do is {a}.", "{c}. I'd suggest you {a}.", "{c}. Could you {a}?",
    "{c}, and you can {a}.", "{c} – just {a}!", "{c}; {a}.", "{c} (you can {a}).", "{c}, but you can also {a}.",
    "If you like, {a}. {c}.", "**Next:** {a}\n\n{c}.", "- {c}\n- {A}", "{c}. {A} and you're done.", "Tip: {a}. {c}.",
    "{c}. For that, {a}.", "{c}. It's best to {a}.", "Why don't you {a}? {c}.", "{c}. You may want to {a}.",
    "{c}. All that's left is to {a}.", "Now {a}. {c}.", "To do that, {a}. {c}.",
]  # fmt: skip
CHINESE = {
    "export": [
        "点击“导出”",
        "点一下下载按钮",
        "在右上角点击导出",
        "使用右上角的导出按钮",
        "点击 Export 按钮",
        "点击Export",
        "找到导出按钮并点击",
    ],
    "edit": ["点击分割按钮", "拖动片段到最前面", "双击标题修改文字", "按Delete键", "在滤镜面板中选择滤镜"],
    "state": ["打开素材面板", "切换到文字选项卡", "打开设置菜单", "展开图层面板"],
    "timeline": ["在时间线中预览", "点击播放", "按空格键播放", "点击播放按钮看看效果", "在时间轴面板里回放"],
    "credits": ["前往账户页面", "查看订阅页面", "登录账户升级套餐", "到会员中心续费"],
}
CHINESE_FRAMES = [
    "{c}。请{a}。", "{c}，您可以{a}。", "{c}。如果满意，请{a}。", "{c}。您只需{a}。", "{c}（您可以{a}）。",
    "{c}；{a}。", "{c}！快去{a}吧！", "- {c}\n- {a}", "{c}。提示：{a}。", "{c}。完成后{a}就行。",
    "要继续，请{a}。{c}。", "{c}。不妨{a}。", "{c}，别忘了{a}。", "{c}。需要的话{a}。", "{c}。记得{a}哦。",
    "现在{a}。{c}。",
]  # fmt: skip
CONTENT = {"en": "I've added warm music at 35% and a title", "zh": "我已添加轻快的音乐和片头标题"}


def cases():
    for language, frames, orders in (("en", ENGLISH_FRAMES, ENGLISH), ("zh", CHINESE_FRAMES, CHINESE)):
        for frame in frames:
            yield pytest.param(language, frame, orders, id=frame.replace("\n", " "))


@pytest.mark.parametrize(("language", "frame", "orders"), list(cases()))
def test_every_instruction_in_this_frame(language, frame, orders):
    content = CONTENT[language]
    for kind, instructions in orders.items():
        for order in instructions:
            result = translate(frame.format(c=content, a=order, A=order[0].upper() + order[1:]), vocabulary=VOCABULARY)
            assert result.text.removeprefix("- ").rstrip(".!。！") == content, order
            assert kind in result.kinds, order
