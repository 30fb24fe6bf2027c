"""`python -m bot` is `highlight-bot`."""

import sys

from bot.cli import main

if __name__ == "__main__":  # worker processes import this module under another name
    sys.exit(main())
