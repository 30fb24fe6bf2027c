"""The renderer: a draft and its media become an MP4. `bot.studio` runs it in a child process of its own.

The way of a film: `model` (hostile JSON to checked facts) -> `timeline` (milliseconds to frames) -> `render` (workers)
-> per frame: `pictures` (photos and clips, moving), `transitions`, `titles` -> `bot.codec.encode`; beside it `music`.
"""

from bot.studio.film.errors import FilmError
from bot.studio.film.plan import plan_slots
from bot.studio.film.render import Rendered, render

__all__ = ["FilmError", "Rendered", "plan_slots", "render"]
