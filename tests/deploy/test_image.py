"""The image, as far as it can be proved without building it: what it copies is enough to serve and to work."""

import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import httpx
import pytest

from tests.deploy.serving import ROOT, environment, running_web

pytestmark = pytest.mark.self_contained


def _copied(name: str) -> bool:
    """Does the build context hold this file? The last pattern that matches it, or a folder above it, says so."""
    held = True
    above = [name, *(str(parent) for parent in Path(name).parents if str(parent) != ".")]
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if not line or line.startswith("#"):
            continue
        loose = pattern.startswith("**/")
        if any(fnmatchcase(Path(one).name if loose else one, pattern.removeprefix("**/")) for one in above):
            held = line.startswith("!")
    return held


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder /app as the Dockerfile makes it."""
    app = tmp_path_factory.mktemp("image")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(_copied, listed.stdout.splitlines()):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, app / name)
    known = {**_environment(app, app / "nowhere"), "CHOSAO_SECRET_KEY": "not-a-secret"}
    _python(app, known, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
    assert not (app / "nowhere").exists()
    return app


def _environment(app: Path, home: Path) -> dict[str, str]:
    return environment(home, CHOSAO_STATIC_ROOT=str(app / "static"), CHOSAO_TOKEN_KEYS="none")


def _python(app: Path, known: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=app, env=known, check=True, timeout=120)


def test_nothing_but_the_shop_is_copied(image: Path) -> None:
    assert sorted(path.name for path in image.iterdir()) == [
        "catalog", "deploy", "ocop_sync", "requirements", "static", "storefront",
    ]  # fmt: skip
    assert sorted(path.name for path in (image / "deploy").iterdir() if path.name != "__pycache__") == [
        "__init__.py", "celery.py", "cli", "heartbeat.py", "settings.py", "urls.py", "wsgi.py",
    ]  # fmt: skip


def test_what_is_copied_serves_pages_and_the_files_collected_at_build_time(image: Path, tmp_path: Path) -> None:
    with running_web(_environment(image, tmp_path), image) as address:
        page = httpx.get(f"http://{address}/xac-minh/", timeout=10)
        sheet = next(part for part in page.text.split('"') if part.startswith("/static/") and part.endswith(".css"))
        found = httpx.get(f"http://{address}{sheet}", timeout=10)
    assert page.status_code == 200
    assert found.status_code == 200
    assert "immutable" in found.headers["Cache-Control"]
    assert not (tmp_path / "static").exists()


def test_every_module_that_is_copied_can_be_imported(image: Path, tmp_path: Path) -> None:
    script = (
        "import django, importlib, pathlib; django.setup()\n"
        "for path in sorted(pathlib.Path('.').rglob('*.py')):\n"
        "    name = '.'.join(path.with_suffix('').parts).removesuffix('.__init__')\n"
        "    if not set(path.parts) & {'migrations', 'quality.py', '__main__.py'}:\n"
        "        importlib.import_module(name)\n"
    )
    _python(image, _environment(image, tmp_path), "-c", script)
