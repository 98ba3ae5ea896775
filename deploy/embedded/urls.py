"""Addresses of the embedded server."""

from django.urls import path

from deploy.embedded.schema.view import graphql
from deploy.embedded.webhooks.views import health, jwks

urlpatterns = [
    path("graphql/", graphql, name="api"),
    path(".well-known/jwks.json", jwks),
    path("health/", health),
]
