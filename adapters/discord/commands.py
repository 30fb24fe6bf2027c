"""The commands as Discord is told of them. Data: what they do is decided where they arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.shape import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adapters.discord.wording import Wording

SLASH, MESSAGE_MENU = 1, 3
STRING, INTEGER, BOOLEAN, USER, ATTACHMENT = 3, 4, 5, 6, 11
EVERYWHERE, GUILDS = [0, 1, 2], [0]
INSTALLS, GUILD_INSTALL = [0, 1], [0]
MANAGE_GUILD = 1 << 5
LENGTHS = (15, 30, 60, 90, 120)
ASPECTS = ("16:9", "9:16", "1:1", "4:5")
MOST_MESSAGES = 100
ANY_SHAPE = "any"
ADD, FROM_HERE, LEAVE_OUT = "Add to highlight", "Highlight from here", "Leave out of the film"

ABOUT = {
    "highlight": ("discord.name_highlight", "discord.about_highlight"),
    "export": ("discord.name_export", "discord.about_export"),
    "status": ("discord.name_status", "discord.about_status"),
    "credits": ("discord.name_credits", "discord.about_credits"),
    "new": ("discord.name_new", "discord.about_new"),
    "stop": ("discord.name_stop", "discord.about_stop"),
    "last": ("discord.name_last", "discord.about_last"),
    "retry": ("discord.name_retry", "discord.about_retry"),
    "settings": ("discord.name_settings", "discord.about_settings"),
    "forget": ("discord.name_forget", "discord.about_forget"),
    "doctor": ("discord.name_doctor", "discord.about_doctor"),
    "help": ("discord.name_help", "discord.about_help"),
    "event": ("discord.name_event", "command.event"),
    "who": ("discord.name_who", "command.who"),
    "optout": ("discord.name_optout", "command.optout"),
    "optin": ("discord.name_optin", "command.optin"),
}
MUSIC = {
    "calm": "discord.music_calm",
    "happy": "discord.music_happy",
    "epic": "discord.music_epic",
    "none": "discord.music_none",
}


def definitions(wording: Wording) -> list[dict[str, Any]]:
    """Every command and context menu, in every language that Discord and the catalogue share."""
    slash = [
        {"type": SLASH, **_named(wording, name, *keys), "options": [], "contexts": EVERYWHERE,
         "integration_types": INSTALLS}
        for name, keys in ABOUT.items()
    ]  # fmt: skip
    by_name = {command["name"]: command for command in slash}
    by_name["highlight"]["options"] = _highlight_options(wording)
    words = _named(wording, "words", "discord.name_words", "discord.about_words")
    by_name["event"]["options"] = [{"type": STRING, **words, "max_length": 200}]
    by_name["settings"] |= {
        "options": [
            {"type": BOOLEAN, **_named(wording, "collect", "discord.name_collect", "discord.about_collect")},
            {"type": BOOLEAN, **_named(wording, "threads", "discord.name_threads", "discord.about_threads")},
            {
                "type": STRING,
                **_named(wording, "aspect", "discord.name_aspect", "discord.about_aspect"),
                "choices": _shapes(wording),
            },
        ],
        "default_member_permissions": MANAGE_GUILD,
        "contexts": GUILDS,
        "integration_types": GUILD_INSTALL,
    }
    menus = [
        {"type": MESSAGE_MENU, "name": name, "name_localizations": wording.names(key)[1],
         "contexts": EVERYWHERE, "integration_types": INSTALLS}
        for name, key in (
            (ADD, "discord.menu_add"), (FROM_HERE, "discord.menu_from_here"), (LEAVE_OUT, "discord.menu_remove")
        )
    ]  # fmt: skip
    return [*slash, *menus]


def differs(wanted: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]) -> bool:
    """Whether what Discord has is not what we want. Fields that we do not set are Discord's own."""
    theirs = {(command.get("type", SLASH), command["name"]): command for command in found}
    ours = {(command["type"], command["name"]): command for command in wanted}
    return theirs.keys() != ours.keys() or any(_differs(command, theirs[key]) for key, command in ours.items())


def _differs(ours: object, theirs: object) -> bool:
    if isinstance(ours, dict):
        fields = theirs if isinstance(theirs, dict) else {}
        return any(_differs(value, fields.get(name)) for name, value in ours.items())
    if isinstance(ours, list) and ours and isinstance(ours[0], dict):
        items = theirs if isinstance(theirs, list) else []
        return len(items) != len(ours) or any(_differs(mine, its) for mine, its in zip(ours, items, strict=True))
    if isinstance(ours, list) and isinstance(theirs, list):
        return sorted(map(str, ours)) != sorted(map(str, theirs))
    return (str(ours) if ours else "") != (str(theirs) if theirs else "")  # absent, null, false and empty are the same


def _highlight_options(wording: Wording) -> list[dict[str, Any]]:
    def option(kind: int, name: str, name_key: str, about_key: str, **more: object) -> dict[str, Any]:
        return {"type": kind, **_named(wording, name, name_key, about_key), **more}

    lengths = [{"name": f"{seconds} s", "value": seconds} for seconds in LENGTHS]
    aspects = [{"name": aspect, "value": aspect} for aspect in ASPECTS]
    music = [
        {"name": wording.names(key)[0], "name_localizations": wording.names(key)[1], "value": value}
        for value, key in MUSIC.items()
    ]
    return [
        option(STRING, "instruction", "discord.name_instruction", "discord.about_instruction", max_length=1500),
        option(ATTACHMENT, "file", "discord.name_file", "discord.about_file"),
        option(INTEGER, "last", "discord.name_from_last", "discord.about_from_last",
               min_value=1, max_value=MOST_MESSAGES),
        option(USER, "member", "discord.name_member", "discord.about_member"),
        option(INTEGER, "length", "discord.name_length", "discord.about_length", choices=lengths),
        option(STRING, "aspect", "discord.name_aspect", "discord.about_aspect", choices=aspects),
        option(STRING, "music", "discord.name_music", "discord.about_music", choices=music),
    ]  # fmt: skip


def _shapes(wording: Wording) -> list[dict[str, Any]]:
    name, others = wording.names("discord.any_shape")
    unset = {"name": name, "name_localizations": others, "value": ANY_SHAPE}
    return [unset, *({"name": shape, "value": shape} for shape in SHAPES)]


def _named(wording: Wording, name: str, name_key: str, about_key: str) -> dict[str, Any]:
    english, others = wording.names(about_key)
    return {
        "name": name,
        "name_localizations": wording.names(name_key)[1],
        "description": english,
        "description_localizations": others,
    }
