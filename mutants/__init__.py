"""Mutation testing of `bot/core`: small faults, put in one at a time, which the quick tests have to notice."""
