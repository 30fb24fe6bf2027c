"""`python -m bot` is `highlight-bot`."""

import sys

from bot.cli import main

sys.exit(main())
