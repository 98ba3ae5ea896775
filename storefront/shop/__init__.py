"""The pages that everybody reads: home, search, product, producer, verify, sale points. None waits for Saleor."""
