"""Pictures and sound: probe, decode upright, shrink, encode. A leaf: no policy, nothing of ours is imported.

Everything here is synchronous and safe to run in a child process. Files are hostile: whatever a decoder trips over
comes out as `bot.codec.errors.Unreadable` or `bot.codec.errors.TooManyPixels`.
"""
