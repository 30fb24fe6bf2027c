"""Render jobs: a queue on disk and the film process that works on it."""
