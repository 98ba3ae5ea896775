"""Reading an app's manifest: where it lies, what stands in it, what is wrong with it."""

import re
from operator import ge, gt, le, lt
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from deploy.embedded.apps.models import App
from deploy.embedded.apps.permissions import PERMISSIONS
from deploy.embedded.core.errors import Problem, Refused, refuse
from deploy.embedded.webhooks.events import EVENTS
from deploy.embedded.webhooks.queries import read_query

TIMEOUT = httpx.Timeout(18, connect=2)
_COMPARISONS = {">=": ge, ">": gt, "<=": le, "<": lt}


def is_url(value: str) -> bool:
    """Is it an address of the web? Saleor takes no port of one digit."""
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 9)
    except ValueError:
        return False


def _address(value: str) -> str:
    if not is_url(value):
        raise PydanticCustomError("url", "Invalid target url.", {"error_code": "INVALID_URL_FORMAT"})
    return value


Address = Annotated[str, AfterValidator(_address)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True, alias_generator=to_camel)


class ManifestWebhook(_Part):
    """A webhook that is to be made with the app."""

    name: str
    target_url: Address
    query: str
    is_active: bool = True
    async_events: list[str] = []
    custom_headers: dict[str, str] = {}
    identifier: str | None = None


class Manifest(_Part):
    """What an app says of itself."""

    id: str
    name: str
    version: str
    about: str | None = None
    permissions: list[str] = []
    app_url: str | None = None
    token_target_url: Address | None = None
    data_privacy_url: str | None = None
    homepage_url: str | None = None
    support_url: str | None = None
    required_saleor_version: str | None = None
    author: str | None = None
    webhooks: list[ManifestWebhook] = []

    @property
    def suits(self) -> bool:
        """Does this server's version do? Raises ValueError for a condition that cannot be read."""
        return satisfied(self.required_saleor_version) if self.required_saleor_version else True


def fetch(url: str, tries: int = 1) -> dict[str, Any]:
    """The manifest as it was written. Raises httpx.HTTPError, ValueError."""
    for left in reversed(range(tries)):
        try:
            answer = httpx.get(url, timeout=TIMEOUT, headers={"Saleor-Schema-Version": settings.VERSION[:4]})
        except httpx.TransportError:
            if not left:
                raise
        else:
            found = answer.raise_for_status().json()
            if not isinstance(found, dict):
                raise ValueError("a manifest is an object")  # noqa: TRY004 - as one that is no JSON
            return found
    raise AssertionError("the last try answers or raises")


def read(given: dict[str, Any], permissions: list[str] | None = None, *, strictly: bool = False) -> Manifest:
    """A manifest that may be installed, with `permissions` in place of its own. Raises Refused with all that is wrong.

    `strictly`: a server of another version is refused too, not only told of.
    """
    try:
        manifest = Manifest.model_validate(given if permissions is None else {**given, "permissions": permissions})
    except ValidationError as error:
        raise Refused(*(_problem(one) for one in error.errors())) from error
    problems = [*_version(manifest, strictly=strictly), *_permissions(manifest), *_identity(manifest)]
    problems = problems or [problem for hook in manifest.webhooks for problem in _webhook(hook)]
    if problems:
        raise Refused(*problems)
    return manifest


def satisfied(condition: str) -> bool:
    """Does this server's version meet `>=3.23 <4`? Raises ValueError for other ways of writing a condition."""
    version = _numbers(settings.VERSION)
    for part in condition.split():
        found = re.fullmatch(r"(>=|>|<=|<)(\d+(?:\.\d+){0,2})", part)
        if not found:
            raise ValueError(condition)
        if not _COMPARISONS[found[1]](version, _numbers(found[2])):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return (*(int(part) for part in version.split(".")), 0, 0)[:3]


def _problem(error: Any) -> Problem:
    field = str(error["loc"][0]) if error["loc"] else "input"
    code = "REQUIRED" if error["type"] == "missing" else error.get("ctx", {}).get("error_code", "INVALID")
    return Problem(code, error["msg"], field)


def _version(manifest: Manifest, *, strictly: bool) -> list[Problem]:
    field = "requiredSaleorVersion"
    try:
        suits = manifest.suits
    except ValueError:
        return [Problem("INVALID", "Incorrect value for required Saleor version.", field)]
    if strictly and not suits:
        message = f"Saleor version {settings.VERSION} is not supported by the app."
        return [Problem("UNSUPPORTED_SALEOR_VERSION", message, field)]
    return []


def _permissions(manifest: Manifest) -> list[Problem]:
    if set(manifest.permissions) <= set(PERMISSIONS.split()):
        return []
    return [Problem("INVALID_PERMISSION", "Given permissions don't exist.", "permissions")]


def _identity(manifest: Manifest) -> list[Problem]:
    known = App.objects.filter(identifier=manifest.id).first()
    message = f"App with the same identifier is already installed: {known}"
    return [Problem("UNIQUE", message, "identifier")] if known else []


def _webhook(hook: ManifestWebhook) -> list[Problem]:
    unknown = set(hook.async_events) - set(EVENTS)
    problems = [Problem("INVALID", "Invalid asynchronous event.", "webhooks") for _ in unknown]
    try:
        read_query(hook.query)
    except Refused as refused:
        problems.append(Problem("INVALID", f"Subscription query is not valid: {refused}", "webhooks"))
    return problems


def reachable(url: str) -> str:
    """The address itself. Raises Refused for what is none."""
    if not is_url(url):
        raise refuse("INVALID_URL_FORMAT", "Enter a valid URL.", "manifestUrl")
    return url
