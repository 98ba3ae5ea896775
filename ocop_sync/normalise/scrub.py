"""The catalogue's rule about telephone numbers, under the name that the sync knows."""

from catalog.personal import scrub

__all__ = ["scrub"]
