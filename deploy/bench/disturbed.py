"""The same day over a quiet line and over every bad one: `./chosao bench disturbed [--rounds N] [--seed S]`.

SALEOR_API_URL and SALEOR_APP_TOKEN name a Saleor that holds nothing worth keeping and may call this machine's loopback.
A day: a catalogue is published, renamed, revoked; offers are made and changed; seven buyers order, one for a piece that
is gone, one with a basket that changes meanwhile; one cancels, two collect. Between the shop and Saleor stands a line
that answers 500, hangs, cuts, resets, comes late; Saleor's webhooks come twice, in disorder, or not at all. Afterwards
both sides must look as after the quiet day: products, prices, stock, orders, baskets. Ends with 1 where they do not.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0  # for a request of this day


def main() -> None:
    """All kinds, `--rounds` times each, and the table."""
    from deploy.bench._disturbance import KINDS  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one kind of disturbance")
    parser.add_argument("--day", help=argparse.SUPPRESS)  # a process of its own: kind/webhooks/seed
    arguments = parser.parse_args()
    if not os.environ.get("SALEOR_API_URL") or not os.environ.get("SALEOR_APP_TOKEN"):
        sys.exit("set SALEOR_API_URL and SALEOR_APP_TOKEN to a Saleor that holds nothing worth keeping")
    if arguments.day:
        kind, webhooks, seed = arguments.day.split("/")
        print(json.dumps(one_day(kind, webhooks, int(seed))))
        return
    days = [(kind, "mixed" if kind == "mixed" else "") for kind in KINDS]
    days += [("", webhooks) for webhooks in ("repeated", "reordered", "dropped", "mixed")]
    days = [day for day in days if not arguments.only or arguments.only in day]
    quiet = _told("", "", arguments.seed)
    print(f"{'quiet':<28}{_row(quiet)}", flush=True)
    different = 0
    for number in range(arguments.rounds):
        for kind, webhooks in days:
            told = _told(kind, webhooks, arguments.seed + number)
            found = differences(quiet["picture"], told["picture"])
            different += len(found)
            name = kind or f"webhooks {webhooks}"
            print(f"{name:<28}{_row(told)}   {len(found)} differences", flush=True)
            print("".join(f"    {line}\n" for line in found[:20]), end="")
    print(f"{different} differences in {arguments.rounds * len(days)} disturbed days")
    sys.exit(1 if different else 0)


def one_day(kind: str, webhooks: str, seed: int) -> dict[str, Any]:
    """Play one day in this process; the picture and the counts."""
    parts = urlsplit(os.environ["SALEOR_API_URL"])
    from deploy.bench._disturbance import Deliveries, Line  # noqa: PLC0415

    chance = random.Random(seed * 1000 + len(kind) * 10 + len(webhooks))
    with (
        tempfile.TemporaryDirectory(prefix="chosao-bench-") as home,
        Line(f"{parts.scheme}://{parts.netloc}", chance, hang=SECONDS * 1.4) as line,
        Deliveries() as hooks,
    ):
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/day.sqlite3", SALEOR_API_URL=line.url)
        os.environ.update(DJANGO_SETTINGS_MODULE="deploy.settings", CHOSAO_LOG_LEVEL="CRITICAL")
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from catalog.saleor.client import client  # noqa: PLC0415
        from catalog.saleor.setup import ensure_setup  # noqa: PLC0415
        from deploy.bench._scenario import Day, hurry  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        ensure_setup(client(), hooks.url)
        for module, name, value in hurry(SECONDS):
            setattr(module, name, value)
        started = time.perf_counter()
        day = Day(line, hooks, chance, SECONDS, kind, webhooks)
        day.play()
        day.recover()
        picture = day.picture()
    return {
        "seconds": time.perf_counter() - started, "passed": line.passed, "disturbed": line.disturbed.total(),
        "webhooks": hooks.received, "pressed": day.wanted, "refused": day.refused, "orders": len(day.made),
        "picture": picture,
    }  # fmt: skip


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two pictures differ, a line each."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted(one.keys() | other.keys())
        return [d for key in keys for d in differences(one.get(key), other.get(key), f"{where}/{key}")]
    return [] if one == other else [f"{where}: {one} != {other}"]


def _told(kind: str, webhooks: str, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "deploy.bench.disturbed", "--day", f"{kind}/{webhooks}/{seed}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _row(told: dict[str, Any]) -> str:
    return (
        f"{told['disturbed']:>4} of {told['disturbed'] + told['passed']:>4} requests disturbed   "
        f"{told['webhooks']:>3} webhooks   {told['pressed']:>3} presses, {told['orders']:>2} orders, "
        f"{told['refused']:>2} refused   {told['seconds']:>6.1f} s"
    )


if __name__ == "__main__":
    main()
