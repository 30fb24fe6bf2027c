"""How two films differ, in the order in which it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.studio.agent.facts import Facts, Looks
from bot.studio.agent.recipe import Media

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two films: names a clause and its parameters."""

    key: str
    params: dict[str, str]


def changes(before: Facts, after: Facts, media: Mapping[str, Media]) -> list[Change]:
    """Every difference that can be seen or heard."""
    found = [*_pictures(before, after, media)]
    found += _values(before, after)
    found += _words("title", before.title, after.title)
    found += _words("under", before.under, after.under)
    found += _words("credits", before.credits, after.credits)
    if _captions(before) != _captions(after) and {one.caption for one in before.shown} != {
        one.caption for one in after.shown
    }:
        count = sum(one.caption is not None for one in after.shown)
        found.append(Change(key="captions" if count else "captions-off", params={"count": str(count)}))
    if after.caption_dates != before.caption_dates:
        found.append(Change(key="dates" if after.caption_dates else "dates-off", params={}))
    if after.tune != before.tune and after.music == before.music:
        found.append(Change(key="tune", params={}))
    if after.seed != before.seed and not found:
        found.append(Change(key="again", params={}))
    return found


def same_moments(before: Facts, after: Facts) -> bool:
    """Whether both films show the same stretches of recordings in the same places."""
    return [one.line for one in before.shown] == [one.line for one in after.shown]


def _pictures(before: Facts, after: Facts, media: Mapping[str, Media]) -> list[Change]:
    now = _matched(before.shown, after.shown)
    gone = _without(before.shown, set(now.values()), after.shown)
    new = _without(after.shown, set(now), before.shown)
    total = str(len(after.shown))
    found = []
    if gone:
        found.append(Change(key="out", params=_named(gone, media) | {"total": "" if new else total}))
    if new:
        found.append(Change(key="in", params=_named(new, media) | {"total": total}))
    if not found and len(before.shown) != len(after.shown):
        found.append(Change(key="moments", params={"before": str(len(before.shown)), "after": total}))
    pairs = [(before.shown[was], after.shown[index]) for index, was in sorted(now.items())]
    if list(now.values()) != sorted(now.values()):
        first, last = (_name(after.shown[place], media) for place in (0, -1))
        found.append(Change(key="order", params={"first": first, "last": last}))
    return [*found, *_treatments(pairs, media)]


def _without(shown: Sequence[Looks], matched: set[int], other: Sequence[Looks]) -> list[Looks]:
    """Those that the other film does not have; a clip that nobody chose moments from is there or not as a whole."""
    there = {one.asset for one in other if not one.moment}
    rest = [one for index, one in enumerate(shown) if index not in matched]
    return [one for one in rest if one.moment or one.asset not in there]


def _matched(before: Sequence[Looks], after: Sequence[Looks]) -> dict[int, int]:
    """Which pictures of the later film were which of the earlier one, by place."""
    found: dict[int, int] = {}
    for exact in (True, False):
        for index, one in enumerate(after):
            if index not in found:
                same = (at for at, other in enumerate(before) if at not in found.values() and _same(one, other, exact))
                place = next(same, None)
                if place is not None:
                    found[index] = place
    return dict(sorted(found.items()))


def _same(one: Looks, other: Looks, exact: bool) -> bool:
    """Clips are the same where they show mostly the same stretch; those that nobody chose are the same anyway."""
    if one.asset != other.asset:
        return False
    if exact:
        return one.line == other.line
    if not (one.moment and other.moment):
        return one.moment == other.moment
    (start, stop), (was, until) = _stretch(one), _stretch(other)
    return 2 * (min(stop, until) - max(start, was)) >= min(stop - start, until - was)


def _stretch(one: Looks) -> tuple[int, int]:
    return one.line.start or 0, one.line.stop or 0


def _treatments(pairs: Sequence[tuple[Looks, Looks]], media: Mapping[str, Media]) -> list[Change]:
    """What became of pictures that are in both films."""
    found = []
    moved = [
        (was, now) for was, now in pairs if now.moment and _stretch(was) != _stretch(now) and was.speed == now.speed
    ]
    if len(moved) > _MOST_NAMED:
        found.append(Change(key="retimed-many", params={"count": str(len(moved))}))
    else:
        found += [Change(key="retimed", params={"before": _exact(was), "after": _exact(now)}) for was, now in moved]
    timed = [now for was, now in pairs if was.asked != now.asked and now.asked is not None]
    if timed:
        names = _named(timed, media) | {"after": f"{(timed[0].asked or 0) / 1000:g}"}
        found.append(Change(key="shown-for", params=names))
    for key, value in (("speed", lambda one: f"{one.speed:g}"), ("look-one", lambda one: one.look)):
        new = [now for was, now in pairs if value(was) != value(now) and value(now)]
        if new:
            found.append(Change(key=key, params=_named(new, media) | {"after": value(new[0])}))
    return found


def _exact(one: Looks) -> str:
    """A stretch to a tenth of a second where it is not whole, so that small changes can be seen."""
    return "–".join(_tenths(edge) for edge in _stretch(one))


def _tenths(ms: int) -> str:
    tenths = round(ms / 100)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes}:{rest // 10:02}" + (f".{rest % 10}" if rest % 10 else "")


def _named(pictures: Sequence[Looks], media: Mapping[str, Media]) -> dict[str, str]:
    names = list(dict.fromkeys(_name(one, media) for one in pictures))
    return {"count": str(len(names)), "names": ", ".join(names) if len(names) <= _MOST_NAMED else ""}


def _name(one: Looks, media: Mapping[str, Media]) -> str:
    return " ".join(filter(None, (one.line.name, one.line.times))) if one.moment else media[one.asset].name


def _values(before: Facts, after: Facts) -> list[Change]:
    rows = [
        ("length", f"{before.seconds:g}", f"{after.seconds:g}"),
        ("shape", before.ratio, after.ratio),
        ("music", before.music, after.music),
        ("clip-sound", f"sound-{before.clip_sound}", f"sound-{after.clip_sound if after.clips else before.clip_sound}"),
        ("volume", f"{before.volume}%", f"{after.volume}%"),
        ("transitions", before.transition, after.transition),
        ("pace", before.pace, after.pace),
        ("look", before.look, after.look),
    ]
    if before.music != after.music and {before.clip_sound, after.clip_sound} == {"keep", "duck"}:
        rows = [
            row for row in rows if row[0] != "clip-sound"
        ]  # music makes room for what is heard, and need not say so
    return [Change(key=key, params={"before": was, "after": now}) for key, was, now in rows if was != now]


def _words(key: str, before: str | None, after: str | None) -> list[Change]:
    if before == after:
        return []
    if after is None:
        return [Change(key=f"{key}-off", params={"before": before or ""})]
    if before is None:
        return [Change(key=f"{key}-on", params={"after": after})]
    return [Change(key=key, params={"before": before, "after": after})]


def _captions(one: Facts) -> dict[tuple[str, int], str | None]:
    return {(shot.asset, index): shot.caption for index, shot in enumerate(one.shown)}
