"""The verified catalogue: places, producers, certificates, the gate, offers, search and the Saleor client."""
