"""Where a process may die: the places between two effects of a turn, by name."""

from __future__ import annotations

POINTS = (
    "event-accepted",
    "turn-stored",
    "turn-enqueued",
    "session-opened",
    "session-stored",
    "file-uploaded",
    "file-recorded",
    "edit-intended",
    "edit-posted",
    "edit-finished",
    "answer-said",
    "answer-recorded",
    "render-intended",
    "render-submitted",
    "render-completed",
    "film-fetched",
    "film-fitted",
    "film-body-sent",
    "film-sent",
    "film-recorded",
    "sheet-body-sent",
    "sheet-sent",
)
"""In the order in which a first film passes them; `film-fitted` only where it was too large for its chat, the last two
where a contact sheet is shown."""
