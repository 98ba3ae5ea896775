"""Walks in headless Chromium through a shop that `up` opened."""
