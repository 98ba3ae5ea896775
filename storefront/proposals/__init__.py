"""Combos that sellers propose: a producer's members and a sale point's staff, and the producers whom they ask."""
