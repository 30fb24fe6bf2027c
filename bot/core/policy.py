"""Every interval, count and limit in one place. Tests pass small numbers instead of patching time."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Times in seconds, sizes in bytes. Each field is settable as `HIGHLIGHT_POLICY__NAME`."""

    # gathering
    album_quiet: float = 2.0
    """A batch is complete when nothing has arrived for this long ..."""
    album_cap: float = 10.0
    """... or when this long has passed since its first item."""
    download_timeout: float = 300.0
    """For one file from the chat platform."""
    tray_limit: int = 200
    """Most items that one project holds."""

    # talking to the backend
    connect_timeout: float = 10.0
    """For reaching the service at all."""
    answer_timeout: float = 60.0
    """For any single request that is not a stream, an upload or a download."""
    token_retry: float = 30.0
    """How long to wait before the one retry after the service gave no token (429)."""
    upload_timeout: float = 600.0
    """Longest silence of the network while bytes are sent."""
    upload_parallel: int = 3
    """Uploads of one batch under way at once."""
    converse_limit: float = 900.0
    """The service's own limit for one run over server-sent events."""
    silence_limit: float = 600.0
    """Nothing but heartbeats for this long is a stall."""
    recover_first: float = 30.0
    """After a lost stream: wait this long before the first look at the state, ..."""
    recover_next: float = 60.0
    """... this long between further looks, ..."""
    recover_looks: int = 5
    """... and give up after this many looks without a change."""

    # rendering
    render_poll: float = 30.0
    """Between two questions where a render is."""
    render_polls: int = 20
    """After this many polls the render is kept in the background and the user is told."""
    render_attempts: int = 2
    """A failed render gets one fresh id, once."""
    film_bytes: int = 4_000 * MB
    """Largest film that is fetched."""

    # keeping people informed
    pulse: float = 1.0
    """How often silence is noticed at all."""
    still_working: float = 120.0
    """A sign of life at least this often."""
    status_every: float = 1.0
    """Least time between two changes of the live line; platforms may ask for more."""

    interaction_handover: float = 720.0
    """A Discord interaction answers for 15 minutes; at this age its answer moves to a message of the bot's own."""

    same_failure: float = 60.0
    """A failure told less than this long ago is counted, not told again."""

    # queueing
    lane_waiting: int = 20
    """Most turns waiting in one chat."""
    turns_at_once: int = 16
    """Most turns running in one process."""
    sweep: float = 60.0
    """How often stored events without a turn are looked for."""
    poll_queue: float = 0.2
    """How often the durable engine looks for turns to run."""
    recovery_attempts: int = 3
    """A turn that killed the process this often without getting on is skipped, and said so."""

    # events
    event_every: float = 2.0
    """How often it is looked whether files of a collection wait to be looked at, or a collection is over."""
    event_look: float = 300.0
    """How long a film waits for files of its collection that are still being downloaded."""
    event_asks_member: int = 10
    """Orders about events that one person gets an answer to within a minute; taking one's own out always does."""
    event_asks_chat: int = 30
    """The same for a chat."""
    event_files_member: int = 60
    """Most files that one person's share of a collection takes; `tray_limit` is the same for all together."""
    event_credits: float = 50.0
    """What an event's film may cost: with fewer credits it is not begun."""
    event_fresh: float = 60.0
    """After so long without anything new, what came after the film is offered as its next version, once."""
    event_idle: float = 86_400.0
    """After so long without anything new, a collection asks once whether to go on."""

    # forgetting
    clean_every: float = 86_400.0
    """How often what is over is forgotten; also at each start."""
    keep_events: float = 7 * 86_400.0
    """How long an event's id is remembered, so that a platform may send it again: Telegram does for a day."""
    keep_events_least: int = 1_000
    """So many ids are remembered whatever the clock says."""
    keep_turns: float = 30 * 86_400.0
    """How long a finished turn is remembered."""
    keep_films: float = 7 * 86_400.0
    """How long a film can be sent again without a render."""
    film_link_days: float = 7.0
    """How many days the address of a film holds that was too large for its chat; never longer than films are kept."""

    # media
    max_pixels: int = 250_000_000
    """Largest photo that is decoded, in pixels."""
    convert_long_side: int = 8192
    """Photos that must be converted are not kept larger than this: a film shows 1,920 pixels of them."""
    spool_bytes: int = 20_000 * MB
    """Most disk that files which a platform hands out only once may take while they wait."""


STUDIO = MappingProxyType(
    {
        "render_poll": 1.0,
        "render_polls": 3600,
        "recover_first": 1.0,
        "recover_next": 5.0,
        "recover_looks": 12,
    }
)
"""What differs when the backend is a child process on this machine and not a cloud."""
