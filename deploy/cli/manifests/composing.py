"""compose.yaml: references lead somewhere, images are pinned, secrets come by reference, variables are read."""

import re
from collections.abc import Iterator
from typing import Any, Final

from deploy.cli.manifests.commands import needs_index, refused
from deploy.cli.manifests.documents import COMPOSE, Document
from deploy.cli.manifests.environment import LIBRARIES
from deploy.cli.manifests.images import unpinned

MAKE_ENV: Final = COMPOSE.parent / "make-env"
_SECRET: Final = re.compile(r"PASSWORD|SECRET|TOKEN|PRIVATE|AUTH|_KEYS?$")
_HIDDEN: Final = re.compile(r"//[^/@:]*:(?!\$\{)[^/@]+@")  # a password in an address
_REFERENCE: Final = re.compile(r"(?<!\$)\$\{([A-Z_]+)([:?+-]*)")
_PLAIN: Final = frozenset({"AWS_ACCESS_KEY_ID", "ROOT_ACCESS_KEY_ID"})  # a name, as it were
_HOLDS: Final = re.compile(r"^(?P<mark>#?)(?P<name>[A-Z_]+)=", re.MULTILINE)


def problems(compose: Document, read: frozenset[str]) -> list[str]:
    """What does not fit, a line each."""
    found = list(_references_to_env(MAKE_ENV.read_text(), COMPOSE.read_text()))
    for name, service in compose["services"].items():
        found += [f"compose.yaml: {name}: {problem}" for problem in _service(service, compose, read)]
    return found


def is_shop(service: Document) -> bool:
    """Does it run our own image?"""
    return str(service["image"]).startswith("${CHOSAO_IMAGE")


def _service(service: Document, compose: Document, read: frozenset[str]) -> Iterator[str]:
    if not is_shop(service) and (why := unpinned(str(service["image"]))):
        yield why
    yield from _parts(service, compose)
    for name, value in service.get("environment", {}).items():
        secret = _SECRET.search(name) and name not in _PLAIN
        if _HIDDEN.search(str(value)) or (secret and not str(value).startswith("${")):
            yield f"{name} holds a secret in the clear"
        if is_shop(service) and name not in read | LIBRARIES:
            yield f"{name} is read by nobody"
    if is_shop(service):
        yield from _role(service)


def _parts(service: Document, compose: Document) -> Iterator[str]:
    for network in service.get("networks", []):
        if network not in compose["networks"]:
            yield f"there is no network {network}"
    for volume in service.get("volumes", []):
        source = str(volume).partition(":")[0]
        if source.startswith("."):
            if source != "./import" and not (COMPOSE.parent / source).exists():
                yield f"there is no file {source}"
        elif source not in compose["volumes"]:
            yield f"there is no volume {source}"
    for other, wanted in service.get("depends_on", {}).items():
        yield from _dependency(other, wanted, compose["services"].get(other))


def _dependency(name: str, wanted: dict[str, str], service: Any) -> Iterator[str]:
    if service is None:
        yield f"there is no service {name}"
    elif wanted["condition"] == "service_healthy" and "healthcheck" not in service:
        yield f"{name} has no health check to wait for"
    elif wanted["condition"] == "service_completed_successfully" and service.get("restart") != "no":
        yield f"{name} would be started again when it ends"


def _role(service: Document) -> Iterator[str]:
    for part in ("read_only", "cap_drop", "security_opt"):
        if not service.get(part):
            yield f"{part} is missing"
    arguments = [str(one) for one in service.get("command", [])]
    if arguments and (why := refused(arguments)):
        yield why
    mounted = any(str(volume).endswith(":/data/index") for volume in service.get("volumes", []))
    if (not arguments or needs_index(arguments)) and not mounted:
        yield "needs the index"
    if arguments[:1] == ["run"] and "healthcheck" not in service:
        yield "has no health check"


def _references_to_env(make_env: str, compose: str) -> Iterator[str]:
    held = {found["name"]: found["mark"] for found in _HOLDS.finditer(make_env)}
    for name, default in sorted(set(_REFERENCE.findall(compose))):
        if "?" in default and held.get(name) != "":
            yield f"make-env: does not write {name}, without which compose.yaml does not start"
    for name in sorted(set(held) - {name for name, _ in _REFERENCE.findall(compose)} - {"COMPOSE_PROFILES"}):
        yield f"make-env: {name} is in nobody's use"
