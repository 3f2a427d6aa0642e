"""Benchmarks: every row is measured beside its peer in the same run, and printed as a ratio."""
