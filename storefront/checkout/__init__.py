"""From a basket to an order: who, where to, which way, and exactly once."""
