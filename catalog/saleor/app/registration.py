"""Whose token is it: the one that holds it must prove it by asking Saleor."""

from catalog.saleor.client import PermissionDenied, Saleor


def our_app_id(api_url: str, token: str) -> str:
    """Saleor's id of the app that this token belongs to; empty for a token that Saleor takes for nobody's.

    Raises SaleorUnavailable and SaleorFault.
    """
    if not token:
        return ""
    with Saleor(api_url, token) as api:
        try:
            app = api.our_app().app
        except PermissionDenied:  # a wrong token is a visitor, with HTTP 200
            return ""
    return app.id if app else ""
