"""The bot's memory: one SQLite file by default."""
