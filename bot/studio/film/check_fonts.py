"""`python -m bot.studio.film.check_fonts`: whether every bundled font can be read and draws what it is there for."""

import sys

from bot.studio.film.glyphs import FILES, missing
from bot.studio.film.lettering import width

SAMPLE = "Zoë’s album: 照片集锦 🎉"


def main() -> int:
    """Print how many fonts there are, or what is wrong with one; 0 or 1."""
    try:
        empty = [FILES[face] for face in FILES if width("album", face, 40) <= 0 and face not in {"cjk", "emoji"}]
        lost = missing(SAMPLE)
    except (OSError, ValueError, KeyError) as error:
        print(f"{type(error).__name__}: {error}")
        return 1
    if empty or lost:
        print(f"unusable: {', '.join(empty)}" if empty else f"no glyph for {lost}")
        return 1
    print(f"{len(FILES)} bundled fonts, Latin, Chinese and emoji")
    return 0


if __name__ == "__main__":
    sys.exit(main())
