"""Browsing by place: the map of today's provinces and a page for each."""
