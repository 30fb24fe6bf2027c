"""An embedded Nemo-compatible server that really edits: a stranger that lives in this tree.

Reached over loopback HTTP only, run as a supervised child process with a data directory of its own.
Shares nothing with the bot but `bot.codec`. See docs/studio.md.
"""
