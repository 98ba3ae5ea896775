"""The basket: ours, so that it survives a Saleor that is down."""
