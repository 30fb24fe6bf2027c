"""Telegram as a chat platform, through python-telegram-bot."""
