"""What people see: shop pages, basket, checkout, orders, accounts, the cooperative's page and the sale-point desk."""
