"""Sources as a file names them, and when each is synced."""
