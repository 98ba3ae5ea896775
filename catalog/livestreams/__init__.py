"""Livestreams: who shows what, when and where; the video stays on its platform."""
