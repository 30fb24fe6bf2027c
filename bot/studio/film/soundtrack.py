"""The film's sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.studio.film.model import Film


def soundtrack(film: Film, assets: Mapping[str, Path]) -> NDArray[np.float32]:
    """Silence of the film's length, `(2, n)` at 48 kHz."""
    return np.zeros((2, film.duration * 48), np.float32)
