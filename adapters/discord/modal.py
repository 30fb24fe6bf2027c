"""The form behind /highlight without files: words, and up to ten files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from adapters.discord.request import FILES, WORDS

if TYPE_CHECKING:
    from adapters.discord.request import Wishes
    from adapters.discord.wording import Wording

MOST_FILES = 10
LABEL, PLACEHOLDER = 45, 100
OPEN = 900.0
"""Seconds after which discord.py forgets a form that was never sent. Ours is read from its data, forgotten or not."""


def highlight_modal(wording: Wording, locale: str, wishes: Wishes) -> discord.ui.Modal:
    """Both fields are optional: the files may have been sent before."""
    modal = discord.ui.Modal(
        title=wording.text(locale, "discord.modal_title")[:LABEL], custom_id=wishes.modal_id, timeout=OPEN
    )
    words: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id=WORDS,
        required=False,
        max_length=1500,
        default=wishes.instruction or None,
        placeholder=wording.text(locale, "edit.default_prompt")[:PLACEHOLDER],
    )
    files: discord.ui.FileUpload[Any] = discord.ui.FileUpload(
        custom_id=FILES, required=False, min_values=0, max_values=MOST_FILES
    )
    modal.add_item(discord.ui.Label(text=wording.text(locale, "discord.modal_words")[:LABEL], component=words))
    modal.add_item(
        discord.ui.Label(
            text=wording.text(locale, "discord.modal_files")[:LABEL],
            description=wording.text(locale, "discord.modal_files_about")[:PLACEHOLDER],
            component=files,
        )
    )
    return modal
