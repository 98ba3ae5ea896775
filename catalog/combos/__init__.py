"""Gift combos: verified products of one or several producers, sold as one thing and kept as its parts."""
