"""The bot process's own HTTP server."""
