"""Music made from nothing: moods, their scores, instruments, effects and loudness. Numpy only.

All sound is float32, `(2, samples)` at 48 kHz, times in seconds and loudness in LUFS, unless a name says otherwise.
"""
