"""Orders: our projection of Saleor's, with the certificate that each line was sold under."""
