"""Paired measurements of the renderer beside its limit and a peer; `make bench` writes docs/benchmarks.md."""
