"""The renderer: a draft and its media become an MP4. `bot.studio` runs it in a child process of its own.

The way of a film: `model` (hostile JSON to checked facts) -> `timeline` (milliseconds to frames) -> `render` (workers)
-> `chunks`, per frame: `photos` and `clips` (moving), `transitions`, `titles` -> `bot.codec.encode`; beside it
`soundtrack` and `music`. Planning needs none of the heavy libraries, so only that is imported here.
"""

from bot.studio.film.errors import FilmError
from bot.studio.film.glyphs import missing
from bot.studio.film.plan import plan_slots

__all__ = ["FilmError", "missing", "plan_slots"]
