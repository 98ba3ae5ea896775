"""Pods: what each of ours must say of itself."""

import re
from collections.abc import Iterator
from typing import Any, Final

from deploy.cli.manifests.commands import needs_index, refused
from deploy.cli.manifests.images import unpinned

Part = dict[str, Any]
_SECRET: Final = re.compile(r"PASSWORD|SECRET|TOKEN|_KEYS?$")


def template(one: Part) -> Part | None:
    """The pod's template inside a workload."""
    match one["kind"]:
        case "Deployment" | "Job":
            found: Part = one["spec"]["template"]
        case "CronJob":
            found = one["spec"]["jobTemplate"]["spec"]["template"]
        case _:
            return None
    return found


def problems(kind: str, pod: Part) -> Iterator[str]:
    """What is missing, a line each."""
    spec = pod["spec"]
    own = spec.get("securityContext", {})
    if own.get("runAsNonRoot") is not True or not own.get("runAsUser"):
        yield "runs as whom?"
    if own.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if spec.get("automountServiceAccountToken") is not False:
        yield "gets a token of the cluster"
    for container in spec["containers"]:
        yield from _container(container)
        yield from _probes(kind, container)
        yield from _mounts(container, spec.get("volumes", []))


def _container(container: Part) -> Iterator[str]:
    if why := unpinned(container["image"]):
        yield why
    context = container.get("securityContext", {})
    if context.get("allowPrivilegeEscalation") is not False or context.get("readOnlyRootFilesystem") is not True:
        yield "may become more, or write to its root"
    if context.get("capabilities", {}).get("drop") != ["ALL"]:
        yield "keeps capabilities"
    resources = container.get("resources", {})
    if set(resources.get("requests", {})) != {"cpu", "memory"} or "memory" not in resources.get("limits", {}):
        yield "asks for no resources, or has no limit of memory"
    for variable in container.get("env", []):
        if "value" in variable and _SECRET.search(variable["name"]):
            yield f"{variable['name']} holds a secret in the clear"
    if why := refused(container["args"]):
        yield why


def _probes(kind: str, container: Part) -> Iterator[str]:
    wanted = {"startupProbe", "livenessProbe"} if kind == "Deployment" else set()
    if container.get("ports"):
        wanted |= {"readinessProbe"}
    yield from (f"has no {probe}" for probe in sorted(wanted - container.keys()))
    names = {port["name"] for port in container.get("ports", [])}
    for probe in wanted & container.keys():
        port = container[probe].get("httpGet", {}).get("port")
        if port is not None and port not in names:
            yield f"{probe} asks at a port that is not open"


def _mounts(container: Part, volumes: list[Part]) -> Iterator[str]:
    there = {volume["name"] for volume in volumes}
    mounts = {mount["mountPath"]: mount["name"] for mount in container.get("volumeMounts", [])}
    yield from (f"there is no volume {name}" for name in sorted(set(mounts.values()) - there))
    yield from (f"cannot write to {path}" for path in ("/data", "/tmp") if path not in mounts)  # noqa: S108 - a mount
    if needs_index(container["args"]) and mounts.get("/data/index") != "index":
        yield "needs the index"
