"""`./chosao test` and `./chosao check`."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
PACKAGES = ["catalog", "ocop_sync", "storefront", "deploy", "tests"]
SERVERS = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "SALEOR_API_URL")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def test(pytest_args: tuple[str, ...]) -> None:
    """Run the tests; what follows goes to pytest."""
    for name in SERVERS:
        if not os.environ.get(name):
            click.echo(f"{name} is not set: the tests that need it are skipped", err=True)
    one_process = any(arg.startswith(("-n", "-k", "tests", "-p", "--co")) for arg in pytest_args)
    spread = [] if one_process else ["-n", str((os.cpu_count() or 1) + 1)]  # tests wait for processes of their own
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes start; only the first of them compiles
    command = [sys.executable, "-m", "pytest", *spread, *pytest_args]
    sys.exit(subprocess.call(command, cwd=ROOT, env=environment))  # noqa: S603


def _steps() -> list[tuple[str, list[str]]]:
    python = [sys.executable, "-m"]
    steps = [
        ("lint", [*python, "ruff", "check", "."]),
        ("format", [*python, "ruff", "format", "--check", "."]),
        ("types", [*python, "mypy"]),
        ("imports", [str(Path(sys.executable).parent / "lint-imports")]),
        ("templates", [*python, "djlint", "--lint", "--quiet", "."]),
        ("translations", [*python, "deploy.cli.translations"]),
        ("migrations", [*python, "django", "makemigrations", "--check", "--dry-run", "--settings=deploy.settings"]),
        ("the public API's schema and examples", [*python, "catalog.api.check"]),
        ("house rules", [*python, "deploy.cli.house"]),
        *_deployment(),
    ]
    schema = SHARED / "saleor" / "introspection.json"
    origin = str(schema) if schema.exists() else os.environ.get("SALEOR_API_URL", "")
    if origin:
        steps.append(("documents against Saleor's schema", [*python, "catalog.saleor.validate", origin]))
    if schema.exists():
        steps.append(("the embedded schema against Saleor's", [*python, "deploy.embedded.compat", str(schema)]))
    return steps


def _deployment() -> list[tuple[str, list[str]]]:
    """The files that run the shop elsewhere; two of the tools come for Linux on x86-64 only."""
    tools, compose = Path(sys.executable).parent, "deploy/compose/compose.yaml"
    proxy = ["env", "SHOP=https://a.example", "DASHBOARD=https://b.example", "ACME_EMAIL=a@b.example",
             str(tools / "caddy"), "validate", "--config", "deploy/compose/Caddyfile"]  # fmt: skip
    steps = [
        ("yaml", [sys.executable, "-m", "yamllint", "--strict", "deploy"]),
        ("compose schema", [str(tools / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", compose]),
        ("Dockerfile", [str(tools / "hadolint"), "Dockerfile"]),
        ("proxy", proxy),
        ("manifests", [sys.executable, "-m", "deploy.cli.manifests"]),
    ]
    if (tools / "hadolint").exists() and (tools / "caddy").exists():
        return steps
    told = [sys.executable, "-c", "print('skipped: the linter and the proxy are not packaged for this machine')"]
    return [("Dockerfile, proxy", told), *(step for step in steps if step[0] not in ("Dockerfile", "proxy"))]


@click.command()
def check() -> None:
    """Lint, types, import rules, document validation; as many steps at once as there are processors."""
    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, done, seconds in pool.map(_do, _steps()):
            click.echo(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({seconds:.1f} s)", err=True)
            if done.returncode:
                failed.append(name)
                click.echo(done.stdout + done.stderr, err=True)
            else:
                click.echo("".join(f"{line}\n" for line in done.stdout.splitlines() if line.startswith("skipped")),
                           nl=False, err=True)  # fmt: skip
    if not (SHARED / "saleor").exists() and not os.environ.get("SALEOR_API_URL"):
        click.echo("skipped: validation against Saleor's schema (no introspection beside the checkout, "
                   "no SALEOR_API_URL)", err=True)  # fmt: skip
    sys.exit(f"check failed: {', '.join(failed)}" if failed else 0)


def _do(step: tuple[str, list[str]]) -> tuple[str, subprocess.CompletedProcess[str], float]:
    """A step's name, what became of it, and its seconds."""
    name, command = step
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return name, done, time.monotonic() - started
