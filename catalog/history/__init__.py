"""What became of every listing: rows that are only ever added."""
