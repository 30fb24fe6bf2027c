"""Paired measurements of the renderer and the services beside limits and peers; `make bench` writes docs/benchmarks.md."""
