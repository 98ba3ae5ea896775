"""Publishing: the verified catalogue → Saleor, by `externalReference`, only what changed, delistings first."""
