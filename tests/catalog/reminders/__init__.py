"""Reminders of livestreams by mail."""
