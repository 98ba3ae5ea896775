"""From the commit that closes the gate to Saleor's shelf being empty: `./chosao bench delisting [--products N]`.

SALEOR_API_URL and SALEOR_APP_TOKEN name a Saleor that holds nothing worth keeping. Worker and beat are those of `up`.
Measured while nothing else is to be done, and while the worker is busy changing every product.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60.0  # seconds; more is a failure


def main() -> None:
    """Publish, start the worker, delist one after the other; print seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=2000)
    parser.add_argument("--times", type=int, default=10)
    arguments = parser.parse_args()
    if not os.environ.get("SALEOR_API_URL") or not os.environ.get("SALEOR_APP_TOKEN"):
        sys.exit("set SALEOR_API_URL and SALEOR_APP_TOKEN to a Saleor that holds nothing worth keeping")
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        import deploy.celery  # noqa: F401, PLC0415 - lets commits wake the worker

        prepare(arguments.products)
        from deploy.cli import roles  # noqa: PLC0415

        processes = [
            subprocess.Popen([sys.executable, "-m", *role], cwd=ROOT)
            for role in (roles.worker(roles.QUEUES, 2), roles.beat(Path(home) / "beat"))
        ]
        try:
            time.sleep(5)  # until the worker listens
            measure(arguments.times)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()


def prepare(number: int) -> None:
    """A published catalogue."""
    from django.core.management import call_command  # noqa: PLC0415

    from catalog.saleor.client import client  # noqa: PLC0415
    from catalog.saleor.setup import ensure_setup  # noqa: PLC0415
    from deploy.bench._catalogue import fill  # noqa: PLC0415
    from ocop_sync.publish.services import publish_all  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    ensure_setup(client(), "http://127.0.0.1:8099/hooks/saleor/")
    fill(number)
    print(f"{publish_all().created:,} products published")


def measure(times: int) -> None:
    """Both cases."""
    from catalog.outbox.models import OutboxRow  # noqa: PLC0415
    from catalog.outbox.services import emit  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415

    codes = list(Product.objects.order_by("pk").values_list("code", flat=True))
    show("nothing else to do", [delist(code) for code in codes[:times]])
    Product.objects.update(name="Tên của lần đo")
    emit("publish", codes[times:])
    time.sleep(3)
    took = [delist(code) for code in codes[-times:]]
    show("every product being changed", took)
    print(f"rows still to be worked off meanwhile: {OutboxRow.objects.filter(topic='publish').count():,}")


def delist(code: str) -> float:
    """Seconds until Saleor shows it no more."""
    from catalog.certificates.services import refresh_gate  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415
    from catalog.saleor.client import client  # noqa: PLC0415
    from ocop_sync.publish.sending import find, is_published  # noqa: PLC0415

    refresh_gate([Product.objects.get(code=code).pk])  # without a decision it may not be listed
    started = time.perf_counter()
    while (found := find(client(), code)) and is_published(found):
        if time.perf_counter() - started > LIMIT:
            sys.exit(f"{code} is still on the shelf after {LIMIT:.0f} s")
        time.sleep(0.05)
    return time.perf_counter() - started


def show(name: str, took: list[float]) -> None:
    """Smallest, middle and largest."""
    figures = f"{min(took):6.2f} {statistics.median(took):6.2f} {max(took):6.2f}"
    print(f"{name:<32} {figures} s (min, median, max of {len(took)})")


if __name__ == "__main__":
    main()
