"""The shop as a Saleor App: what it may do, how it is registered, and the token that it was given."""
