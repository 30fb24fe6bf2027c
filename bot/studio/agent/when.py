"""When pictures were taken, from what, and how far that is to be trusted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.studio.agent.recipe import Media

_NAMED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])[-_.]?(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?:[-_ T.]|\s(?:at|um|à|a las)\s){1,3}(?P<hour>[01]\d|2[0-3])"
    r"[-_.:]?(?P<minute>[0-5]\d)[-_.:]?(?P<second>[0-5]\d)(?=\D|\d{3}(?!\d)|\Z)|(?!\d))"
)
# How sure a time is, by where it is from.
_TRUST = {"shutter": 0.9, "digitised": 0.8, "container": 0.8, "name": 0.6, "changed": 0.5, "name-day": 0.4}
_ZONED = 0.08  # more, when the camera says what its clock is set to


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`at` in seconds since 1970, of the camera's own clock where `local`; `zone` in minutes east of UTC.

    `by` is the tag or thing that says so; `trust` from 0 to 1.
    """

    at: float
    by: str
    local: bool
    zone: int | None
    trust: float

    @property
    def to_the_second(self) -> bool:
        """Whether the time of the day is known, and from the picture itself."""
        return self.by in {"shutter", "digitised"}


def clock(one: Media) -> Clock | None:
    """What is known of one picture: its own tags first, then its name."""
    if one.taken_at is not None:
        by = (one.measures.taken_by if one.measures else None) or ("shutter" if one.kind == "photo" else "container")
        zone = one.measures.zone if one.measures else None
        local = one.measures is not None and zone is None
        trust = _TRUST[by] + (_ZONED if zone is not None else 0)
        return Clock(at=one.taken_at, by=by, local=local, zone=zone, trust=round(trust, 2))
    found = _NAMED.search(one.name)
    if found is None:
        return None
    source = "name" if found["hour"] else "name-day"
    numbers = [int(found[part]) for part in ("year", "month", "day")]
    hours = [int(found[part]) for part in ("hour", "minute", "second")] if found["hour"] else [12, 0, 0]
    try:
        when = datetime(*numbers, *hours, tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
    return Clock(at=when.timestamp(), by=source, local=True, zone=None, trust=_TRUST[source])


def capture_times(media: Mapping[str, Media]) -> dict[str, float]:
    """When each was taken, in seconds since 1970.

    A camera that wrote no zone is taken to be set as the others are. A picture without any time counts as taken with
    the one uploaded before it, else with the one after.
    """
    clocks = {key: clock(one) for key, one in media.items()}
    zone = usual_zone(media.values())
    known = {key: told.at - 60 * (zone if told.local else 0) for key, told in clocks.items() if told}
    last = next(iter(known.values()), 0.0)
    times: dict[str, float] = {}
    for key in media:
        times[key] = last = known.get(key, last)
        # What comes after a recording without a time of its own was not taken before its end.
        last += media[key].duration_ms / 1000 if key in known else 0
    return times


def usual_zone(media: Iterable[Media]) -> int:
    """The offset from UTC that most cameras wrote, in minutes; 0 when none did."""
    zones = Counter(seen.zone for one in media if (seen := one.measures) and seen.zone is not None)
    return zones.most_common(1)[0][0] if zones else 0


def days(media: Iterable[Media]) -> tuple[date, date] | None:
    """The first and the last day by the clocks of the cameras; None when no time can be trusted."""
    listed = list(media)
    zone = usual_zone(listed)
    found = [day for one in listed if (day := day_of(one, zone))]
    return (min(found), max(found)) if found else None


def day_of(one: Media, zone: int) -> date | None:
    """The calendar day where the picture was taken; `zone` is that of its companions, in minutes."""
    told = clock(one)
    if told is None:
        return None
    shift = 0 if told.local else told.zone if told.zone is not None else zone
    return datetime.fromtimestamp(told.at + 60 * shift, UTC).date()
