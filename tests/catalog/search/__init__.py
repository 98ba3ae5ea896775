"""Search, on an index of its own for each test."""
