"""The vocabulary and the decisions: pure data and pure functions, no clock, no I/O, no third party."""
