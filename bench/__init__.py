"""Paired measurements of the renderer beside its limit and a peer. `make bench` runs them and writes docs/benchmarks.md."""
