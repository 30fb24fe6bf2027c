"""Paired measurements of renderer and services beside limits and peers; `make bench` writes docs/benchmarks.md."""
