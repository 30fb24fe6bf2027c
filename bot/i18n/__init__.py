"""Every sentence the bot can say, one file per language, and the words it listens for."""
