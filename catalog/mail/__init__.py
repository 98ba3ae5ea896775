"""Letters that wait, and the one way in which they go out over SMTP."""
