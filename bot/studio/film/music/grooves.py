"""A bar of each groove, for each part of a piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.studio.film.music.form import Part

Stroke = tuple[float, str, float, float]
"""Beat in the bar, drum, loudness 0..1, pan -1..1."""


def brushed(part: Part, *, last: bool) -> list[Stroke]:
    """A small kit, played softly."""
    shaker: list[Stroke] = [(step / 2, "shaker", 0.34 if step % 2 else 0.22, 0.3) for step in range(8)]
    if part == "build":
        return [*shaker, (0, "kick", 0.6, 0), (2, "rim", 0.4, -0.2)]
    if part == "main":
        beat: list[Stroke] = [(0, "kick", 0.85, 0), (1.5, "kick", 0.45, 0), (2.5, "kick", 0.6, 0)]
        beat += [(1, "snare", 0.42, 0), (3, "snare", 0.46, 0)]
        beat += [(step / 2, "hat", 0.3 if step % 2 == 0 else 0.18, -0.25) for step in range(8)]
        fill: list[Stroke] = [(3.5, "snare", 0.28, 0.1), (3.75, "snare", 0.34, 0.1)] if last else []
        return beat + shaker + fill
    if part == "break":
        return [*shaker, (0, "kick", 0.5, 0)]
    return [(0, "kick", 0.5, 0), (2, "rim", 0.25, -0.2)] if part == "outro" else []


def four(part: Part, *, last: bool) -> list[Stroke]:
    """Four on the floor, claps, sixteenths."""
    kick: list[Stroke] = [(float(beat), "kick", 0.92, 0) for beat in range(4)]
    if part == "intro":
        return [(float(step), "rim", 0.2, 0.3) for step in range(4)]
    if part == "build":
        claps: list[Stroke] = [(1, "clap", 0.32, 0), (3, "clap", 0.36, 0)]
        return [(0, "kick", 0.8, 0), (2, "kick", 0.75, 0), *claps, *_sixteenths(0.16), *(_roll() if last else [])]
    if part == "main":
        beat: list[Stroke] = [*kick, (1, "clap", 0.5, 0), (3, "clap", 0.54, 0)]
        beat += [(step + 0.5, "open", 0.26, -0.2) for step in range(4)]
        fill: list[Stroke] = (
            [(3.25, "snare", 0.3, 0), (3.5, "snare", 0.36, 0), (3.75, "snare", 0.42, 0)] if last else []
        )
        return beat + _sixteenths(0.2) + fill
    if part == "break":
        return _sixteenths(0.16)
    return [(0, "kick", 0.8, 0), (2, "clap", 0.4, 0)]


def heartbeat(part: Part, *, last: bool) -> list[Stroke]:
    """A pulse that is felt rather than heard."""
    if part not in {"main", "break"}:
        return []
    pulse: list[Stroke] = [(0, "heart", 0.7, 0), (0.75, "heart", 0.4, 0)]
    pulse += [(step + 0.5, "shaker", 0.16, 0.4) for step in range(4)]
    return [*pulse, (3.5, "rim", 0.12, -0.3)] if last else pulse


def taiko(part: Part, *, last: bool) -> list[Stroke]:
    """Large drums that come nearer."""
    if part == "intro":
        return [(0, "taiko", 0.35, -0.1)]
    if part == "build":
        march: list[Stroke] = [(0, "taiko", 0.62, 0), (2, "taiko", 0.5, 0.2), (3.5, "tom", 0.34, -0.3)]
        rising: list[Stroke] = [(2 + step / 4, "tom", 0.22 + 0.055 * step, -0.4 + 0.1 * step) for step in range(7)]
        return [(0, "taiko", 0.7, 0), (1, "taiko", 0.5, 0), *rising] if last else march
    if part == "main":
        hits = ((0, 1.0, 0), (0.75, 0.45, 0.2), (1.5, 0.6, -0.2), (2, 0.8, 0), (3, 0.62, 0.2), (3.5, 0.5, -0.2))
        beat: list[Stroke] = [(at, "taiko", loud, pan) for at, loud, pan in hits]
        beat += [(step / 2, "tom", 0.2 if step % 2 else 0.1, 0.35) for step in range(8)]
        beat += [(1, "clap", 0.16, 0), (3, "clap", 0.2, 0)]
        fill: list[Stroke] = [(3.25, "tom", 0.4, -0.3), (3.75, "tom", 0.5, 0.3)] if last else []
        return beat + fill
    if part == "break":
        return [(0, "heart", 0.6, 0), (0.75, "heart", 0.4, 0)]
    return [(0, "taiko", 0.8, 0), (2, "taiko", 0.5, 0)] if part == "outro" else []


def drive(part: Part, *, last: bool) -> list[Stroke]:
    """A machine: kick on every beat, snare on two and four, hats in between."""
    hats: list[Stroke] = [(step / 4, "hat", 0.16 if step % 4 != 2 else 0.3, 0.2) for step in range(16)]
    kick: list[Stroke] = [(float(beat), "kick", 0.95, 0) for beat in range(4)]
    snare: list[Stroke] = [(1, "snare", 0.5, 0), (3, "snare", 0.52, 0), (1, "clap", 0.25, 0), (3, "clap", 0.25, 0)]
    if part == "intro":
        return [(float(step), "hat", 0.2, 0.2) for step in range(4)]
    if part == "build":
        # The beat is taken away before the drop, so that it can come back.
        return [*hats[:8], *kick[:2], *_roll()] if last else [*hats, *kick]
    if part == "main":
        fill: list[Stroke] = [(3.5, "tom", 0.4, 0.3), (3.75, "tom", 0.45, -0.3)] if last else []
        return [*kick, *snare, *hats, *[(step + 0.5, "open", 0.2, -0.2) for step in range(4)], *fill]
    if part == "break":
        return [*hats[::2], (0, "kick", 0.8, 0)]
    return [*kick, *snare[:2]] if part == "outro" else []


def boombap(part: Part, *, last: bool) -> list[Stroke]:
    """A dusty kit that drags a little."""
    hats: list[Stroke] = [(step / 2, "hat", 0.2 if step % 2 == 0 else 0.12, 0.15) for step in range(8)]
    beat: list[Stroke] = [(0, "thump", 0.95, 0), (1.5, "thump", 0.5, 0), (2.5, "thump", 0.75, 0)]
    back: list[Stroke] = [(1, "brush", 0.5, 0), (3, "brush", 0.54, 0), (1, "rim", 0.22, -0.1), (3, "rim", 0.22, -0.1)]
    if part == "intro":
        return hats[::2]
    if part == "build":
        return [*hats, *beat[:1], *back[:2]]
    if part == "main":
        fill: list[Stroke] = [(3.5, "thump", 0.5, 0), (3.75, "brush", 0.25, 0.1)] if last else []
        return [*hats, *beat, *back, *fill]
    if part == "break":
        return [*hats, (0, "thump", 0.6, 0)]
    return [(0, "thump", 0.7, 0), (1, "brush", 0.35, 0)] if part == "outro" else []


def island(part: Part, *, last: bool) -> list[Stroke]:
    """Three against two: shakers, congas, a stick that plays three, three, two."""
    shaker: list[Stroke] = [(step / 4, "shaker", 0.3 if step % 4 == 2 else 0.14, 0.35) for step in range(16)]
    clave: list[Stroke] = [(at, "rim", 0.36, -0.3) for at in (0, 0.75, 1.5, 2, 2.75, 3.5)]
    congas: list[Stroke] = [(1, "conga", 0.34, 0.3), (1.5, "conga", 0.5, 0.3), (3, "conga", 0.34, 0.3)]
    if part == "intro":
        return clave[::2]
    if part == "build":
        return [*shaker, *clave, (0, "kick", 0.6, 0), *(_roll()[::2] if last else [])]
    if part == "main":
        kick: list[Stroke] = [(float(at), "kick", 0.75 - 0.15 * (at % 2), 0) for at in range(4)]
        claps: list[Stroke] = [(1, "clap", 0.3, 0.1), (3, "clap", 0.34, 0.1)]
        fill: list[Stroke] = (
            [(3.5, "conga", 0.5, 0.3), (3.75, "conga", 0.56, -0.3)] if last else [(3.5, "conga", 0.5, 0.3)]
        )
        return [*kick, *claps, *shaker, *clave, *congas, *fill]
    if part == "break":
        return [*clave, *congas]
    return [(0, "kick", 0.6, 0), (1.5, "conga", 0.4, 0.3)] if part == "outro" else []


def _sixteenths(loud: float) -> list[Stroke]:
    return [(step / 4, "shaker", loud * (1.25 if step % 4 == 2 else 0.7), 0.35) for step in range(16)]


def _roll() -> list[Stroke]:
    return [(2 + step / 4, "snare", 0.14 + 0.04 * step, 0) for step in range(8)]
