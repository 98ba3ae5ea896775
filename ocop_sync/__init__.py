"""Registry → catalogue → Saleor: sources, normalising, deciding, applying, publishing, runs and held records."""
