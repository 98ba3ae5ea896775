"""The cooperative's page: its products, prices, stock and orders, and nobody else's."""
