"""The bench of the pages runs to its end: every page is answered, every change is shown by both web processes."""

import subprocess
import sys

import pytest

from deploy.bench._load import missing_tool
from deploy.bench._shop import ROOT

pytestmark = pytest.mark.self_contained


@pytest.mark.skipif(bool(missing_tool()), reason=missing_tool() or "-")
def test_pages_are_answered_and_changes_are_shown() -> None:
    command = [sys.executable, "-m", "deploy.bench.pages", "--products", "60", "--seconds", "1", "--changes", "2"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    for row in (
        "lists ",
        "lists, 200 a second",
        "product pages",
        "home",
        "price shown",
        "stock shown",
        "delisting shown",
    ):
        assert f"\n{row}" in done.stdout
