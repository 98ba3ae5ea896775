"""The relevance set: an invented catalogue, what people type, and what is right."""
