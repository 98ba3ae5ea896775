"""A publisher killed at random moments: `./chosao bench killed_publish [--products N] [--kills K]`.

SALEOR_API_URL and SALEOR_APP_TOKEN name a Saleor that holds nothing worth keeping. The catalogue changes all the while:
products come, change, lose their certificate, get it back. Each publisher gets SIGKILL at a random moment; the last one
may end. Then every product in Saleor must be as the catalogue says: none twice, none missing, none left on the shelf.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Publish, kill, change, and compare; ends with 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=1200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not os.environ.get("SALEOR_API_URL") or not os.environ.get("SALEOR_APP_TOKEN"):
        sys.exit("set SALEOR_API_URL and SALEOR_APP_TOKEN to a Saleor that holds nothing worth keeping")
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from catalog.saleor.client import client  # noqa: PLC0415
        from catalog.saleor.setup import ensure_setup  # noqa: PLC0415
        from deploy.bench._catalogue import fill  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        ensure_setup(client(), "http://127.0.0.1:8099/hooks/saleor/")
        fill(arguments.products)
        sys.exit(1 if disturb(arguments.products, arguments.kills, random.Random(arguments.seed)) else 0)


def disturb(number: int, kills: int, chance: random.Random) -> int:
    """How many products are wrong in the end."""
    from catalog.products.models import Product  # noqa: PLC0415

    codes = list(Product.objects.order_by("pk").values_list("code", flat=True))
    later = codes[number // 2 :]
    Product.objects.filter(code__in=later).update(blocked="no_recognition")  # these come one after the other
    landed, moments, longest = 0, [], 3.0
    while landed < kills:
        process = publish()
        moment = chance.uniform(0.8, longest)  # Django needs most of a second to start
        time.sleep(moment / 2)
        change(codes, later, chance)
        time.sleep(moment / 2)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            landed += 1
            moments.append(f"{moment:.1f}")
        else:
            longest = max(1.2, longest * 0.8)
        process.wait()
        change(codes, later, chance)
    print(f"{landed} kills met a living publisher, after {', '.join(moments)} s")
    started = time.perf_counter()
    while publish().wait() != 0 and time.perf_counter() - started < 240:
        time.sleep(5)  # what the last killed one sent may still be landing
    return compare(codes)


def change(codes: list[str], later: list[str], chance: random.Random) -> None:
    """Some get a new name, some lose their certificate, some get it back, some are new."""
    from catalog.products.models import Product  # noqa: PLC0415

    share = max(4, len(codes) // 40)
    Product.objects.filter(code__in=chance.sample(codes, share)).update(name=f"Tên thứ {chance.randrange(10**6)}")
    Product.objects.filter(code__in=chance.sample(codes, share)).update(blocked="revoked")
    Product.objects.filter(code__in=chance.sample(codes, share), blocked="revoked").update(blocked="")
    Product.objects.filter(code__in=later[: share * 4], blocked="no_recognition").update(blocked="")
    del later[: share * 4]


def publish() -> "subprocess.Popen[bytes]":
    """`./chosao publish`."""
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.cli", "publish"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def compare(codes: list[str]) -> int:
    """Hold everything that Saleor has of ours against the catalogue."""
    from catalog.products.models import Product  # noqa: PLC0415
    from catalog.saleor.client import client  # noqa: PLC0415
    from catalog.saleor.generated.fragments import PublishedFields  # noqa: PLC0415
    from ocop_sync.publish.models import Publication  # noqa: PLC0415
    from ocop_sync.publish.payload import content, expected, held  # noqa: PLC0415
    from ocop_sync.publish.planning import listed  # noqa: PLC0415
    from ocop_sync.publish.sending import is_published  # noqa: PLC0415

    api, known, seen, after = client(), set(codes), Counter[str](), None
    there: dict[str, PublishedFields] = {}
    while page := api.published_products(first=100, after=after).products:
        for edge in page.edges:
            if (code := edge.node.external_reference or "") in known:
                seen[code] += 1
                there[code] = edge.node
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    wanted = {
        product.code: product for start in range(0, len(codes), 500) for product in listed(codes[start : start + 500])
    }
    wrong = {
        "twice": [code for code, count in seen.items() if count > 1],
        "missing": [code for code in wanted if code not in there or not is_published(there[code])],
        "left on the shelf": [code for code, one in there.items() if is_published(one) and code not in wanted],
        "with other facts": [
            code for code in wanted.keys() & there.keys() if held(there[code]) != expected(content(wanted[code]))
        ],
    }
    print(f"{len(wanted):,} of {Product.objects.count():,} products listed, {len(there):,} in Saleor; "
          + ", ".join(f"{len(found)} {name}" for name, found in wrong.items()))  # fmt: skip
    for name, found in wrong.items():
        for code in found:
            note = Publication.objects.filter(code=code).values().first()
            print(f"  {code} {name}: in Saleor {code in there}, on its shelf "
                  f"{code in there and is_published(there[code])}, noted {note}")  # fmt: skip
    return sum(map(len, wrong.values()))


if __name__ == "__main__":
    main()
