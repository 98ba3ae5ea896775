"""Search over the listed products: one interface, one set of words and facets, whatever engine stands behind it."""
