"""The public GraphQL API: read-only, without tokens, under the storefront's own rules (docs/decisions/0029)."""
