"""Saleor's API on a bare machine: its own Django project, reached over GraphQL only, like the real server."""
