"""Why a film could not be made."""

from __future__ import annotations


class FilmError(Exception):
    """Something is wrong with the draft or its media. Carries a reason and parameters, never a sentence.

    Reasons: `draft` (`where`: the path of the offending value), `missing-asset` (`asset`), `unreadable`
    (`asset`, `why`), `too-many-pixels` (`asset`, `pixels`, `limit`), `target` (`why`).
    """

    def __init__(self, reason: str, **params: str | int) -> None:
        super().__init__(f"{reason} {params}" if params else reason)
        self.reason = reason
        self.params = params
