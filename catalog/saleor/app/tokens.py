"""Our app's token for each Saleor, kept encrypted: the first key encrypts, every key opens."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from catalog.saleor.app.errors import BadTokenKeys, TokenUnreadable
from catalog.saleor.app.models import StoredToken


def store_token(api_url: str, token: str, app_id: str) -> None:
    """Keep our app's token for the Saleor at `api_url`, in place of an earlier one. Raises BadTokenKeys."""
    secret = _keys().encrypt(token.encode()).decode()
    StoredToken.objects.update_or_create(api_url=api_url, defaults={"secret": secret, "app_id": app_id})


def token_for(api_url: str) -> str:
    """The token for the Saleor at `api_url`; empty when there is none. Raises TokenUnreadable, BadTokenKeys.

    One look at the database each time, so that every process notices a new token at once; it is opened once.
    """
    secret = StoredToken.objects.filter(api_url=api_url).values_list("secret", flat=True).first()
    return _opened(secret, tuple(settings.SALEOR_TOKEN_KEYS), api_url) if secret else ""


@transaction.atomic
def rotate_keys() -> int:
    """Encrypt every stored token anew with the first key; how many. Raises TokenUnreadable with nothing changed."""
    rows = list(StoredToken.objects.select_for_update().order_by("pk"))
    for row in rows:
        try:
            row.secret = _keys().rotate(row.secret.encode()).decode()
        except InvalidToken as error:
            raise TokenUnreadable(api_url=row.api_url) from error
        row.save(update_fields=["secret"])
    return len(rows)


def _keys() -> MultiFernet:
    return _fernet(tuple(settings.SALEOR_TOKEN_KEYS))


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise BadTokenKeys from error


@lru_cache(maxsize=4)
def _opened(secret: str, keys: tuple[str, ...], api_url: str) -> str:
    try:
        return _fernet(keys).decrypt(secret.encode()).decode()
    except InvalidToken as error:
        raise TokenUnreadable(api_url=api_url) from error
