"""Variables of the environment: which the program reads, and whether the documents tell of all of them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from deploy.cli.manifests.documents import ROOT

READERS: Final = ("catalog", "ocop_sync", "storefront", "deploy/settings.py", "deploy/cli/bootstrap.py")
# boto3 reads these itself, where a bucket is named.
LIBRARIES: Final = frozenset({
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL_S3",
})  # fmt: skip
# Files of sources that refer to variables of their own.
SOURCES: Final = ("deploy/compose/sources.toml.example", "deploy/k8s/production/sources.toml")
README, OPERATIONS = ROOT / "README.md", ROOT / "docs/operations.md"
_REFERENCE: Final = re.compile(r'"env:(\w+)"')
_ROW: Final = re.compile(r"^\|\s*((?:`[A-Z][A-Z0-9_]+`(?:, )?)+)\s*\|", re.MULTILINE)
_NAME: Final = re.compile(r"`([A-Z][A-Z0-9_]+)`")


def names_read(readers: Iterable[str] = READERS) -> frozenset[str]:
    """The variables that the shop's own code reads, or that its files of sources refer to."""
    files = [path for reader in readers for path in _files(ROOT / reader)]
    referred = (name for path in SOURCES for name in _REFERENCE.findall((ROOT / path).read_text()))
    return frozenset([*(name for path in files for name in _names(path.read_text())), *referred])


def documented(path: Path) -> frozenset[str]:
    """The variables in the first column of a document's tables."""
    return frozenset(name for row in _ROW.findall(path.read_text()) for name in _NAME.findall(row))


def undocumented(read: frozenset[str]) -> list[str]:
    """docs/operations.md tells of every variable and of nothing else; README.md of some of them."""
    known = read | LIBRARIES
    told = documented(OPERATIONS)
    return [
        *(f"docs/operations.md: {name} is read by the shop and not in the table" for name in sorted(known - told)),
        *(f"docs/operations.md: {name} is read by nobody" for name in sorted(told - known)),
        *(f"README.md: {name} is read by nobody" for name in sorted(documented(README) - known)),
    ]


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _names(source: str) -> Iterator[str]:
    """From `os.environ.get("X")`, `os.environ["X"]`, and `_secret("x")`, which reads CHOSAO_X."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(name := node.args[0], ast.Constant):
            if ast.unparse(node.func) == "os.environ.get":
                yield str(name.value)
            elif ast.unparse(node.func) == "_secret":
                yield f"CHOSAO_{str(name.value).upper()}"
        elif (
            isinstance(node, ast.Subscript)
            and ast.unparse(node.value) == "os.environ"
            and isinstance(name := node.slice, ast.Constant)
        ):
            yield str(name.value)
