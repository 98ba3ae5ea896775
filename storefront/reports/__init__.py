"""Anybody reports a label that looks false, and sees what became of it."""
