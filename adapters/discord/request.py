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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of /highlight, checked."""

    instruction: str = ""
    last: int = 0
    member: str = ""
    length: int = 0
    aspect: str = ""
    music: str = ""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Wishes:
        """From option names and values; whatever is not on the lists is left out."""
        length, aspect, music = options.get("length"), options.get("aspect"), options.get("music")
        last = options.get("last")
        return cls(
            instruction=str(options.get("instruction") or "").strip(),
            last=last if isinstance(last, int) else 0,
            member=str(options.get("member") or ""),
            length=length if length in LENGTHS else 0,
            aspect=aspect if aspect in ASPECTS else "",
            music=music if music in MUSIC else "",
        )

    @property
    def modal_id(self) -> str:
        """An id for the modal that carries the choices: they survive a restart between opening and sending it."""
        return f"{MODAL}:{self.length}:{self.aspect.replace(':', 'x')}:{self.music}"

    def prompt(self, wording: Wording, locale: str) -> str:
        """The words for the agent. Empty when nothing was chosen: then the engine has its own."""
        extras = []
        if self.length:
            extras.append(wording.text(locale, "discord.with_length", seconds=self.length))
        if self.aspect:
            extras.append(wording.text(locale, "discord.with_aspect", aspect=self.aspect))
        if self.music == "none":
            extras.append(wording.text(locale, "discord.without_music"))
        elif self.music:
            extras.append(wording.text(locale, "discord.with_music", music=wording.text(locale, MUSIC[self.music])))
        if not extras:
            return self.instruction
        return ", ".join([self.instruction or wording.text(locale, "edit.default_prompt"), *extras])


def from_modal(custom_id: str) -> Wishes | None:
    """The choices that a modal carries; None when it is none of ours."""
    parts = custom_id.split(":")
    if not custom_id.startswith(f"{MODAL}:") or len(parts) != 5:
        return None
    length = int(parts[2]) if parts[2].isdecimal() else 0
    return Wishes.of({"length": length, "aspect": parts[3].replace("x", ":"), "music": parts[4]})


def options_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Option values by name."""
    return {option["name"]: option.get("value") for option in data.get("options", [])}


def attachments_of(data: Mapping[str, Any], *wanted: str) -> list[dict[str, Any]]:
    """Resolved attachments in the order of their ids' mention."""
    resolved = data.get("resolved", {}).get("attachments", {})
    return [resolved[name] for name in wanted if name in resolved]


def modal_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, by the custom id of the field: text or lists of ids."""
    found: dict[str, Any] = {}
    for component in data.get("components", []):
        for field in component.get("components", [component.get("component", {})]):
            if "custom_id" in field:
                found[field["custom_id"]] = field.get("values", field.get("value"))
    return found
