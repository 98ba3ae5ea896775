"""Benchmarks: `./chosao bench NAME`."""
