"""The forms: behind /highlight without files, for words and ten files; behind "Highlight from here", for wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from adapters.discord.commands import ASPECTS, LENGTHS, MUSIC
from adapters.discord.request import ASPECT, FILES, LENGTH, MUSIC_MOOD, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.discord.request import Wishes
    from adapters.discord.wording import Wording

MOST_FILES = 10
TITLE, PLACEHOLDER = 45, 100
"""Characters of a title or a label, and of what stands below or inside a field."""
OPEN = 900.0
"""Seconds after which discord.py forgets a form that was never sent. Ours is read from its data, forgotten or not."""


def highlight_modal(wording: Wording, locale: str, wishes: Wishes) -> discord.ui.Modal:
    """Both fields are optional: the files may have been sent before."""
    modal = _modal(wording.text(locale, "discord.modal_title"), wording, locale, wishes)
    files: discord.ui.FileUpload[Any] = discord.ui.FileUpload(
        custom_id=FILES, required=False, min_values=0, max_values=MOST_FILES
    )
    modal.add_item(
        _label(
            wording.text(locale, "discord.modal_files"), files, about=wording.text(locale, "discord.modal_files_about")
        )
    )
    return modal


def from_here_modal(wording: Wording, locale: str, wishes: Wishes) -> discord.ui.Modal:
    """The files are there already: what is asked for is how the film should be. Every field is optional."""
    modal = _modal(wording.text(locale, "discord.menu_from_here"), wording, locale, wishes)
    lengths = {str(seconds): f"{seconds} s" for seconds in LENGTHS}
    aspects = {aspect: aspect for aspect in ASPECTS}
    moods = {value: wording.text(locale, key) for value, key in MUSIC.items()}
    for field, name, about, choices in (
        (LENGTH, "discord.name_length", "discord.about_length", lengths),
        (ASPECT, "discord.name_aspect", "discord.about_aspect", aspects),
        (MUSIC_MOOD, "discord.name_music", "discord.about_music", moods),
    ):
        text = wording.text(locale, name).capitalize()
        modal.add_item(_label(text, _choice(field, choices), about=wording.text(locale, about)))
    return modal


def _modal(title: str, wording: Wording, locale: str, wishes: Wishes) -> discord.ui.Modal:
    """A form that begins with room for words."""
    modal = discord.ui.Modal(title=title[:TITLE], custom_id=wishes.modal_id, timeout=OPEN)
    words: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id=WORDS,
        required=False,
        max_length=1500,
        default=wishes.instruction or None,
        placeholder=wording.text(locale, "edit.default_prompt")[:PLACEHOLDER],
    )
    return modal.add_item(_label(wording.text(locale, "discord.modal_words"), words))


def _choice(field: str, choices: Mapping[str, str]) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(label=label, value=value) for value, label in choices.items()]
    return discord.ui.Select(custom_id=field, options=options, required=False, min_values=0, max_values=1)


def _label(text: str, component: discord.ui.Item[Any], *, about: str = "") -> discord.ui.Label[Any]:
    return discord.ui.Label(text=text[:TITLE], component=component, description=about[:PLACEHOLDER] if about else None)
