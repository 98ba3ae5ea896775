"""Our app on the embedded server: made by `up` itself, since nobody has to be asked there."""

from pathlib import Path


def ensure_registered() -> None:
    """Have a token that the running embedded server takes; a stored one is kept for as long as it does.

    Where it does not (a new home, a server whose data was thrown away, a home from before tokens were encrypted) the
    app gets a new one. Raises SaleorUnavailable.
    """
    from django.conf import settings

    from catalog.saleor.app.errors import TokenUnreadable
    from catalog.saleor.app.manifest import IDENTIFIER, NAME
    from catalog.saleor.app.permissions import PERMISSIONS
    from catalog.saleor.app.registration import our_app_id
    from catalog.saleor.app.tokens import store_token, token_for
    from deploy.cli.tools import run_module

    url = settings.SALEOR_API_URL
    try:
        if settings.SALEOR_APP_TOKEN or our_app_id(url, token_for(url)):
            return
    except TokenUnreadable:  # here a new one costs nothing
        pass
    issued = run_module(
        "deploy.embedded.manage", "ensure_app", "--name", NAME, "--identifier", IDENTIFIER,
        "--permissions", ",".join(PERMISSIONS),
    ).strip()  # fmt: skip
    store_token(url, issued, our_app_id(url, issued))
    (Path(settings.HOME) / "saleor_app_token").unlink(missing_ok=True)  # where it once lay in the clear
