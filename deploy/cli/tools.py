"""Running our own modules."""

import subprocess
import sys


def run_module(*arguments: str) -> None:
    """Run `python -m …` to its end; RuntimeError with what it printed when it fails."""
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[:2])} failed:\n{done.stdout}{done.stderr}")
