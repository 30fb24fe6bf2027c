"""What a command asks for, read from an interaction's data. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.discord.commands import ASPECTS, LENGTHS, MUSIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.discord.wording import Wording

MODAL = "hb:modal"
WORDS, FILES = "hb:words", "hb:files"
LENGTH, ASPECT, MUSIC_MOOD = "hb:length", "hb:aspect", "hb:music"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of /highlight, checked."""

    instruction: str = ""
    last: int = 0
    member: str = ""
    length: int = 0
    aspect: str = ""
    music: str = ""
    message: str = ""
    """The message from which on files are taken."""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Wishes:
        """From option names and values; whatever is not on the lists is left out."""
        length, aspect, music = options.get("length"), options.get("aspect"), options.get("music")
        last, message = options.get("last"), str(options.get("message") or "")
        return cls(
            instruction=str(options.get("instruction") or "").strip(),
            last=last if isinstance(last, int) else 0,
            member=str(options.get("member") or ""),
            length=length if length in LENGTHS else 0,
            aspect=aspect if aspect in ASPECTS else "",
            music=music if music in MUSIC else "",
            message=message if message.isdecimal() else "",
        )

    @property
    def modal_id(self) -> str:
        """An id for the modal that carries the choices: they survive a restart between opening and sending it."""
        return f"{MODAL}:{self.length}:{self.aspect.replace(':', 'x')}:{self.music}:{self.message}"

    def prompt(self, wording: Wording, locale: str) -> str:
        """The words for the agent, in a language it knows. Empty when nothing was chosen: the engine has its own."""
        extras = []
        if self.length:
            extras.append(wording.order(locale, "discord.with_length", seconds=self.length))
        if self.aspect:
            extras.append(wording.order(locale, "discord.with_aspect", aspect=self.aspect))
        if self.music == "none":
            extras.append(wording.order(locale, "discord.without_music"))
        elif self.music:
            extras.append(wording.order(locale, "discord.with_music", music=wording.order(locale, MUSIC[self.music])))
        if not extras:
            return self.instruction
        return ", ".join([self.instruction or wording.order(locale, "edit.default_prompt"), *extras])


def from_modal(data: Mapping[str, Any]) -> Wishes | None:
    """What a submitted modal carries and what was entered in it; None when it is none of ours."""
    custom_id = str(data.get("custom_id"))
    parts = custom_id.split(":")
    if not custom_id.startswith(f"{MODAL}:") or len(parts) not in {5, 6}:  # five: opened before an upgrade
        return None
    entered = modal_values(data)
    length = _chosen(entered, LENGTH) or parts[2]
    return Wishes.of(
        {
            "instruction": entered.get(WORDS),
            "length": int(length) if length.isdecimal() else 0,
            "aspect": _chosen(entered, ASPECT) or parts[3].replace("x", ":"),
            "music": _chosen(entered, MUSIC_MOOD) or parts[4],
            "message": "".join(parts[5:]),
        }
    )


def files_of_modal(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The files of a submitted modal."""
    given = modal_values(data).get(FILES)
    return attachments_of(data, *(given if isinstance(given, list) else []))


def options_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Option values by name."""
    return {option["name"]: option.get("value") for option in data.get("options", [])}


def attachments_of(data: Mapping[str, Any], *wanted: object) -> list[dict[str, Any]]:
    """Resolved attachments in the order of their ids' mention; an id is text or a number."""
    resolved = data.get("resolved", {}).get("attachments", {})
    return [resolved[name] for name in map(str, wanted) if name in resolved]


def modal_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, by the custom id of the field: text or lists of ids."""
    found: dict[str, Any] = {}
    for component in data.get("components", []):
        for field in component.get("components", [component.get("component", {})]):
            if "custom_id" in field:
                found[field["custom_id"]] = field.get("values", field.get("value"))
    return found


def _chosen(entered: Mapping[str, Any], field: str) -> str:
    """What was picked in a list; nothing where nothing was."""
    values = entered.get(field)
    return str(values[0]) if isinstance(values, list) and values else ""
