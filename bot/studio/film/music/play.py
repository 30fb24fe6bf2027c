"""Perform a score: every section played, mixed and placed in its space, then one track with its loudness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film.music import effects, instruments
from bot.studio.film.music.drums import drum
from bot.studio.film.music.ensemble import pad
from bot.studio.film.music.form import last_beat, sections
from bot.studio.film.music.moods import MOODS
from bot.studio.film.music.score import Composer, Note, Voice
from bot.studio.film.music.tone import RATE, Sound

if TYPE_CHECKING:
    from bot.studio.film.music.moods import Mood

_TAIL = 5.0  # seconds that a section may ring on into the next
_SEND = {"keys": 0.22, "pad": 0.3, "strings": 0.4, "bass": 0.02, "lead": 0.4, "drums": 0.1}
_DRUM_STYLES = 3
_PULSE = frozenset({"kick", "heart", "thump", "taiko"})  # played on the beat exactly; all else is human


def compose(mood: str, seed: int, total: float, last_cut: float | None) -> Sound:
    """A whole piece of `total` seconds, not yet levelled; its final chord is on `last_cut` (seconds) if that can be."""
    style = MOODS[mood]
    composer = Composer(style, seed)
    hands = np.random.default_rng(abs(seed) + 1)
    room = effects.hall(style.reverb_s, style.top)
    track = np.zeros((2, max(1, round(total * RATE))), np.float32)
    parts = sections(last_beat(total, style.beat, last_cut))
    longest = max(section.beats for section in parts) * style.beat + _TAIL
    desk = np.empty((4, 2, int(longest * RATE)), np.float32)  # dry, send, stem and room for sums: taken once
    send = np.zeros((2, 0), np.float32)  # what the room has not answered yet
    start = 0
    for section in parts:
        begins = round(section.beat * style.beat * RATE)
        _lay(track, start, room.answer(send[:, : begins - start]))
        rest = send[:, begins - start :].copy()
        length = int((section.beats * style.beat + _TAIL) * RATE)
        dry, send = _play(composer.write(section), desk[:, :, :length], style, hands)
        _lay(track, begins, dry)
        _lay(send, 0, rest)
        start = begins
    _lay(track, start, room.answer(send[:, : track.shape[1] - start]))
    instruments.forget()
    return track


def _lay(track: Sound, start: int, sound: Sound) -> None:
    """Add a sound to a track from a sample on; what goes beyond the track's end is lost."""
    part = track[:, start : start + sound.shape[1]]
    part += sound[:, : part.shape[1]]


def _play(notes: list[Note], desk: Sound, mood: Mood, hands: np.random.Generator) -> tuple[Sound, Sound]:
    """A section and its tail, mixed on the `desk`: the players themselves, and what of them goes to the room."""
    dry, send, stem, spare = desk
    dry.fill(0)
    send.fill(0)
    length = dry.shape[1]
    kicks = [_swung(note.beat, mood.swing) * mood.beat for note in notes if note.tone in {"kick", "thump"}]
    duck = effects.ducking(length, kicks, mood.duck_db, mood.beat * 0.75)
    for voice in ("keys", "pad", "strings", "bass", "lead", "drums"):
        stem.fill(0)
        for note in notes:
            if note.voice == voice:
                _add(stem, note, mood, hands)
        if voice == "lead":
            np.multiply(effects.echo(stem, mood.beat * 0.75, 0.42)[:, :length], np.float32(0.5), out=spare)
            stem += spare
        if voice not in {"drums", "lead"}:
            stem *= duck
        stem *= np.float32(10 ** (_level(voice, mood) / 20))
        dry += stem
        send += np.multiply(stem, np.float32(_SEND[voice]), out=spare)
    if mood.top is not None:
        effects.darken(dry, mood.top)
    # Notes may outlast the tail; a last gentle fall keeps its end silent.
    fall = int(0.5 * RATE)
    for sound in (dry, send):
        sound[:, -fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
    return dry, send


def _add(stem: Sound, note: Note, mood: Mood, hands: np.random.Generator) -> None:
    loose = 0.0 if note.tone in _PULSE or note.voice in {"pad", "strings"} else float(hands.normal(0, 0.004))
    at = round(max(0.0, _swung(note.beat, mood.swing) * mood.beat + loose) * RATE)
    tone = _tone(note, mood, hands)
    part = stem[:, at : at + tone.shape[1]]
    left, right = np.sqrt((1 - note.pan) / 2) * 1.414, np.sqrt((1 + note.pan) / 2) * 1.414
    sides = np.array([[left], [right]], np.float32) * np.float32(note.loud)
    part += tone[:, : part.shape[1]] * sides


def _swung(beat: float, swing: float) -> float:
    """Where a beat falls when the halves of each are no longer equal; whole beats stay."""
    whole = beat // 1
    share = beat - whole
    return whole + (share * 2 * swing if share < 0.5 else swing + (share - 0.5) * 2 * (1 - swing))


def _tone(note: Note, mood: Mood, hands: np.random.Generator) -> Sound:
    if isinstance(note.tone, str):
        return drum(note.tone, int(hands.integers(_DRUM_STYLES)))
    seconds = round(note.length * mood.beat, 3)
    if note.voice == "pad":
        return pad(note.tone, seconds + 1.0, mood.brightness)
    if note.voice == "strings":
        return pad(note.tone, seconds + 0.8, mood.brightness + 0.35, attack=0.35, release=0.9)
    name = mood.bass if note.voice == "bass" else mood.lead if note.voice == "lead" else mood.keys
    return instruments.PLAYERS[name](note.tone, seconds)


def _level(voice: Voice, mood: Mood) -> float:
    if voice == "keys":
        return mood.keys_db
    if voice == "pad":
        return mood.pad_db
    if voice == "strings":
        return mood.pad_db - 2
    if voice == "bass":
        return mood.bass_db
    return mood.lead_db if voice == "lead" else mood.drums_db
