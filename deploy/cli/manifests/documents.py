"""Reading the files."""

from pathlib import Path
from typing import Any, Final

import yaml

Document = dict[str, Any]
ROOT: Final = Path(__file__).resolve().parents[3]
COMPOSE: Final = ROOT / "deploy/compose/compose.yaml"
KUBERNETES: Final = ROOT / "deploy/k8s"
KUSTOMIZATION: Final = "kustomization.yaml"


def load(path: Path) -> list[Document]:
    """The documents of a YAML file."""
    return [one for one in yaml.safe_load_all(path.read_text()) if one]


def raw(folder: Path = KUBERNETES) -> list[Document]:
    """Every Kubernetes object below `folder` as it is written, and the ConfigMaps that kustomize makes."""
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.name != KUSTOMIZATION]
    return [document for path in files for document in load(path)] + _config_maps(folder)


def dotenv(path: Path) -> dict[str, str]:
    """NAME=value lines."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def _config_maps(folder: Path) -> list[Document]:
    maps: dict[str, Document] = {}
    for path in sorted(folder.rglob(KUSTOMIZATION)):
        for one in load(path)[0].get("configMapGenerator", []):
            made = maps.setdefault(one["name"], {"kind": "ConfigMap", "metadata": {"name": one["name"]}, "data": {}})
            for file in one.get("envs", []):
                made["data"] |= dotenv(path.parent / file)
            made["data"] |= {file: (path.parent / file).read_text() for file in one.get("files", [])}
    return list(maps.values())
