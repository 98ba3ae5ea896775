"""Livestreams: the schedule, a session's page, calendars, and the host's own pages."""
