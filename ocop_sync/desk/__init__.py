"""The officer's desk: what came in, what was held back and why."""
