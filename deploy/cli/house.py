"""House rules that no linter knows: sizes of files, no registry address, no machine's path in what is committed."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_LINES = 500
SOURCE = {".py", ".css", ".js", ".jinja", ".html"}
_REGISTRY = re.compile(r"--(extra-)?index-url|https?://(pypi|files\.pythonhosted|registry\.npmjs)\.", re.IGNORECASE)
_MACHINE = re.compile(r"(?<![\w.])/(home|root|Users|work)/\w")


def tracked() -> list[Path]:
    """Files that git knows, or every file where there is no git."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file()]


def problems(path: Path) -> list[str]:
    """What is wrong with one file, a line each."""
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return []
    name = path.relative_to(ROOT)
    found = []
    lines = text.count("\n")
    if (
        path.suffix in SOURCE
        and lines > MOST_LINES
        and "generated" not in path.parts
        and "migrations" not in path.parts
    ):
        found.append(f"{name}: {lines} lines; {MOST_LINES} at most")
    if path != Path(__file__).resolve():
        found += [f"{name}: names a package registry" for _ in _REGISTRY.findall(text)[:1]]
        found += [f"{name}: names a machine's path" for _ in _MACHINE.findall(text)[:1]]
    return found


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    found = [problem for path in tracked() for problem in problems(path)]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
