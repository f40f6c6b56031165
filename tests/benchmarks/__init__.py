"""Benchmarks: each module ``bench_*`` has a `run()` that prints its figures."""
