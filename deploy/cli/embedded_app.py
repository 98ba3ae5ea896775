"""Our app on the embedded server: made by `up` itself, since nobody has to be asked there."""

from pathlib import Path


def ensure_registered() -> None:
    """Have a token that the running embedded server takes; a stored one is kept for as long as it does.

    Where it does not (a new home, a server whose data was thrown away, a home from before tokens were encrypted, a
    shop that needs another permission now) the app gets a new one. Raises SaleorUnavailable.
    """
    from django.conf import settings

    from catalog.saleor.app.manifest import IDENTIFIER
    from catalog.saleor.app.permissions import PERMISSIONS
    from catalog.saleor.app.registration import prove
    from catalog.saleor.app.tokens import store_token
    from catalog.saleor.webhooks.subscription import NAME
    from deploy.cli.tools import run_module

    url = settings.SALEOR_API_URL
    if settings.SALEOR_APP_TOKEN or _stored_token_does(url):
        return
    issued = run_module(
        "deploy.embedded.manage", "ensure_app", "--name", NAME, "--identifier", IDENTIFIER,
        "--permissions", ",".join(PERMISSIONS),
    ).strip()  # fmt: skip
    proof = prove(url, issued)
    if proof is None:
        raise RuntimeError("the embedded API does not take the token that it issued just now")
    store_token(url, issued, proof.app_id)
    (Path(settings.HOME) / "saleor_app_token").unlink(missing_ok=True)  # where it once lay in the clear


def _stored_token_does(url: str) -> bool:
    from catalog.saleor.app.errors import TokenUnreadable
    from catalog.saleor.app.permissions import PERMISSIONS
    from catalog.saleor.app.registration import prove
    from catalog.saleor.app.tokens import token_for

    try:
        proof = prove(url, token_for(url))
    except TokenUnreadable:  # here a new one costs nothing
        return False
    return proof is not None and proof.permissions == frozenset(PERMISSIONS)
