"""Runs: read → normalise → decide → stage → compare → guard → apply."""
