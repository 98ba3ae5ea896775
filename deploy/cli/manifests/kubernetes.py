"""Kubernetes objects: valid by the schemas of the oldest and the newest version we mean, hardened, and fitting."""

from collections.abc import Iterator
from typing import Any, Final

import kubernetes_validate

from deploy.cli.manifests import pods
from deploy.cli.manifests.documents import KUBERNETES, Document, dotenv
from deploy.cli.manifests.environment import LIBRARIES

VERSIONS: Final = ("1.31", "1.37")
SECRETS: Final = KUBERNETES / "secrets.env.example"
Labels = dict[str, str]


def problems(objects: list[Document], read: frozenset[str]) -> list[str]:
    """What is invalid or does not fit, a line each."""
    return [*invalid(objects), *unfit(objects, read)]


def unfit(objects: list[Document], read: frozenset[str]) -> list[str]:
    """What is valid by itself, yet does not fit the rest, or is not hardened."""
    found = [*_selectors(objects), *_environment(objects, read)]
    for one in objects:
        if one["kind"] == "Secret":
            found.append(f"{_name(one)}: secrets come by reference, never in a file")
        if template := pods.template(one):
            found += [f"{_name(one)}: {problem}" for problem in pods.problems(one["kind"], template)]
    return found


def _name(one: Document) -> str:
    return f"{one['kind']} {one['metadata']['name']}"


def invalid(objects: list[Document]) -> Iterator[str]:
    """What the schemas refuse."""
    for one in objects:
        if "apiVersion" not in one:  # what kustomize is still to make
            continue
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(one, version, strict=True)
            except (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError) as error:
                yield f"{_name(one)}: {version}: {error}"


def _environment(objects: list[Document], read: frozenset[str]) -> Iterator[str]:
    maps = [one for one in objects if one["kind"] == "ConfigMap"]
    said = {name for one in maps for name in one["data"] if name.isupper()}  # else it is a file
    given = said | set(dotenv(SECRETS))
    yield from (f"{name} is given to the shop and read by nobody" for name in sorted(given - read - LIBRARIES))
    yield from (f"{name} is in the ConfigMap and in the Secret" for name in sorted(said & set(dotenv(SECRETS))))


def _selectors(objects: list[Document]) -> Iterator[str]:
    """Everything that is meant by labels or by name is there."""
    labels = [template["metadata"]["labels"] for one in objects if (template := pods.template(one))]
    kinds = {(one["kind"], one["metadata"]["name"]) for one in objects}
    for one in objects:
        spec: dict[str, Any] = one.get("spec", {})
        for selector in _pods_meant(one["kind"], spec):
            if not any(selector.items() <= own.items() for own in labels):
                yield f"{_name(one)}: selects no pod: {selector}"
        for kind, name in _named(one["kind"], spec):
            if (kind, name) not in kinds:
                yield f"{_name(one)}: there is no {kind} {name}"
        if one["kind"] == "Service":
            yield from (f"{_name(one)}: {problem}" for problem in _ports(spec, objects))


def _pods_meant(kind: str, spec: dict[str, Any]) -> Iterator[Labels]:
    match kind:
        case "Service":
            yield spec["selector"]
        case "Deployment" | "PodDisruptionBudget":
            yield spec["selector"]["matchLabels"]
        case "NetworkPolicy":
            yield spec["podSelector"].get("matchLabels", {})


def _named(kind: str, spec: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if kind == "HorizontalPodAutoscaler":
        yield spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"]
    if kind == "Ingress":
        for rule in spec["rules"]:
            yield from (("Service", path["backend"]["service"]["name"]) for path in rule["http"]["paths"])
    if found := pods.template({"kind": kind, "spec": spec}):
        inside = found["spec"]
        yield "ServiceAccount", inside["serviceAccountName"]
        for volume in inside.get("volumes", []):
            if claim := volume.get("persistentVolumeClaim"):
                yield "PersistentVolumeClaim", claim["claimName"]
            if files := volume.get("configMap"):
                yield "ConfigMap", files["name"]
        for container in inside["containers"]:
            for source in container.get("envFrom", []):
                if "configMapRef" in source:
                    yield "ConfigMap", source["configMapRef"]["name"]


def _ports(spec: dict[str, Any], objects: list[Document]) -> Iterator[str]:
    for one in objects:
        template = pods.template(one)
        if template and spec["selector"].items() <= template["metadata"]["labels"].items():
            open_ports = {port["name"] for c in template["spec"]["containers"] for port in c.get("ports", [])}
            for port in spec["ports"]:
                if port["targetPort"] not in open_ports:
                    yield f"{_name(one)} has no port {port['targetPort']}"
