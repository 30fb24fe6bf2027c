"""What uploaded photos look like: measures that choosing and framing need, taken in the probing process.

`measures` and `alike` are pure and light, for the agent; `look` and what it calls load pictures and libraries.
"""
