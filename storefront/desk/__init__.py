"""The sale-point desk: pick, and hand over against the buyer's code."""
