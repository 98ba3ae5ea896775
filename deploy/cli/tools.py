"""Running our own modules."""

import subprocess
import sys


def run_module(*arguments: str) -> str:
    """Run `python -m …` to its end; its standard output. RuntimeError with all that it printed when it fails."""
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[:2])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
