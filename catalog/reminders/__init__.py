"""Viewers are reminded of a livestream by mail: asked twice, told once, forgotten soon after."""
