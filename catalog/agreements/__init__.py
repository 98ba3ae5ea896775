"""Producers are told by mail which combos wait for their agreement."""
