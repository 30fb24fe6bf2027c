"""Who can play: every instrument by the name that a mood calls it."""

from __future__ import annotations

from typing import Literal

from bot.studio.film.music import bass, keys, melody
from bot.studio.film.music.drums import drum
from bot.studio.film.music.ensemble import ensemble

Keys = Literal["piano", "pluck", "rhodes", "spiccato", "synth", "marimba"]
Lead = Literal["bell", "vibes", "whistle", "horn", "saw_lead"]
Bass = Literal["electric_bass", "synth_bass", "double_basses"]

PLAYERS = {
    "piano": keys.piano,
    "pluck": keys.pluck,
    "rhodes": keys.rhodes,
    "spiccato": keys.spiccato,
    "synth": keys.synth,
    "marimba": keys.marimba,
    "bell": melody.bell,
    "vibes": melody.vibes,
    "whistle": melody.whistle,
    "horn": melody.horn,
    "saw_lead": melody.saw_lead,
    "electric_bass": bass.electric_bass,
    "synth_bass": bass.synth_bass,
    "double_basses": bass.double_basses,
}
"""One note each, of a MIDI pitch and a length in seconds. Notes are kept for repetition; never write into them."""


def forget() -> None:
    """Let go of all notes kept for repetition, some sixty megabytes after a piece."""
    for kept in (*PLAYERS.values(), ensemble, drum):
        kept.cache_clear()
