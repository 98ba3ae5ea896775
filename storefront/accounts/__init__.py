"""Where an account's roles lead."""
