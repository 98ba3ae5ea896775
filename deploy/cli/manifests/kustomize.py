"""kustomization.yaml: every file is named and there, every patch has a target; rendering where kubectl is at hand."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import yaml

from deploy.cli.manifests.documents import KUSTOMIZATION, Document, load


def problems(folder: Path) -> list[str]:
    """What does not fit, a line each."""
    found = []
    for path in sorted(folder.rglob(KUSTOMIZATION)):
        found += [f"{path.relative_to(folder.parent)}: {problem}" for problem in _one(path)]
    return found


def rendered(overlay: Path) -> list[Document] | None:
    """The overlay's objects, or None where there is no kubectl. Raises CalledProcessError with what it said."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        return None
    done = subprocess.run([kubectl, "kustomize", str(overlay)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"kubectl kustomize {overlay}: {done.stderr}")
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def _one(path: Path) -> Iterator[str]:
    said, folder = load(path)[0], path.parent
    named = {name for name in said.get("resources", []) if name.endswith(".yaml")}
    files = {file.name for file in folder.glob("*.yaml")} - {KUSTOMIZATION}
    yield from (f"{name} is not there" for name in sorted(named - files))
    yield from (f"{name} is named nowhere" for name in sorted(files - named))
    bases = [folder / name for name in said.get("resources", []) if not name.endswith(".yaml")]
    yield from (f"{base.name} is no base" for base in bases if not (base / KUSTOMIZATION).exists())
    for one in said.get("configMapGenerator", []):
        used = [*one.get("envs", []), *one.get("files", [])]
        yield from (f"{file} is not there" for file in used if not (folder / file).exists())
    objects = {(one["kind"], one["metadata"]["name"]) for one in _objects(folder, bases, named & files)}
    for patch in said.get("patches", []):
        target = patch["target"]
        if (target["kind"], target["name"]) not in objects:
            yield f"a patch is for {target['kind']} {target['name']}, which is not there"


def _objects(folder: Path, bases: list[Path], named: set[str]) -> list[Document]:
    files = [folder / name for name in named]
    for base in bases:
        if (base / KUSTOMIZATION).exists():
            files += [base / name for name in load(base / KUSTOMIZATION)[0].get("resources", [])]
    return [one for file in files if file.is_file() for one in load(file)]
