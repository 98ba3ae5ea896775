"""Webhooks from Saleor: verified, kept in an inbox, worked off by asking Saleor for the object's present state."""
