"""A sync killed at random moments against one left in peace: `./chosao bench killed_sync`.

Each round syncs the same table of a second snapshot over a first one, in a home folder of its own, sends SIGKILL to the
process at random moments, and lets it end. What is then in the catalogue must equal what an undisturbed sync leaves.
"""

import argparse
import csv
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADER = (
    "product_name", "producer", "category_as_published", "original_address", "star_rating",
    "decision_number", "issued_at", "expires_at", "issuing_authority", "evidence_level",
)  # fmt: skip
PLACES = (
    ("phường Phan Thiết, tỉnh Lâm Đồng", "UBND tỉnh Lâm Đồng"),
    ("xã Ninh Gia, tỉnh Lâm Đồng", "UBND tỉnh Lâm Đồng"),
    ("xã Trường Xuân, tỉnh Lâm Đồng", "UBND tỉnh Lâm Đồng"),
    ("phường Bắc Gianh, tỉnh Quảng Trị", "UBND tỉnh Quảng Trị"),
)
FACTS = {
    "products": "SELECT name, star, province_code, commune_code, listable_from, listable_until, blocked"
    " FROM catalog_product",
    "producers": "SELECT name, province_code, commune_code FROM catalog_producer",
    "recognitions": "SELECT p.name, r.authority_key, r.decision_key, r.issued_on, r.star, r.expires_on, r.status"
    " FROM catalog_recognition r JOIN catalog_product p ON p.id = r.product_id",
    "source records": 'SELECT s.key, s.hash, s.outcome, s.reasons, s.present, s."row", p.name'
    " FROM catalog_sourcerecord s LEFT JOIN catalog_product p ON p.id = s.product_id",
    "history": "SELECT p.name, c.source, c.row, c.changes"
    " FROM catalog_listingchange c JOIN catalog_product p ON p.id = c.product_id",
    "left over": "SELECT COUNT(*) FROM ocop_sync_stagedrecord",
}


def main() -> None:
    """Sync undisturbed, sync disturbed, compare; ends with 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000, help="rows of each snapshot")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--kills", type=int, default=4, help="SIGKILLs in each round")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as folder:
        where = Path(folder)
        first, second = where / "first.csv", where / "second.csv"
        _write(first, _rows(arguments.rows, 0))
        _write(second, _rows(arguments.rows, 1))
        start, peace = where / "start", where / "peace"
        _sync(start, first).wait()
        shutil.copytree(start, peace)
        begun = time.perf_counter()
        _sync(peace, second).wait()
        took = time.perf_counter() - begun
        wanted = _facts(peace)
        print(f"undisturbed: {took:.1f} s for {arguments.rows:,} rows; " + _sizes(wanted))
        bad = 0
        for number in range(1, arguments.rounds + 1):
            home = where / f"round{number}"
            shutil.copytree(start, home)
            landed, moments = _disturb(home, second, took, arguments.kills, chance)
            got = _facts(home)
            wrong = [name for name in wanted if wanted[name] != got[name]]
            bad += bool(wrong)
            said = f"differs in {', '.join(wrong)}" if wrong else "the same end"
            print(f"round {number}: {landed} kills that met a living process, at {moments} s: {said}")
            shutil.rmtree(home)
    sys.exit(1 if bad else 0)


def _rows(number: int, version: int) -> list[dict[str, str]]:
    """The second version withdraws some rows, revises some, brings some new ones."""
    rows = []
    for index in range(number):
        if version and index % 17 == 0:
            continue
        address, authority = PLACES[index % len(PLACES)]
        star = 4 if version and index % 5 == 0 else 3
        rows.append(_row(f"Cà phê thử {index}", index, address, authority, star, expired=index % 11 == 0))
    if version:
        rows += [_row(f"Mật ong thử {index}", index, *PLACES[0], 3, expired=False) for index in range(number // 10)]
    return rows


def _row(name: str, index: int, address: str, authority: str, star: int, *, expired: bool) -> dict[str, str]:
    decision = f"{1000 + index % 40}/QĐ-UBND"
    issued, expires = ("2021-03-05", "2024-03-05") if expired else ("2026-08-05", "2029-08-05")
    values = (
        name,
        f"Hợp tác xã Thử {index // 3}",
        "Đồ uống",
        address,
        str(star),
        decision,
        issued,
        expires,
        authority,
        "A",
    )
    return dict(zip(HEADER, values, strict=True))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER)
        table.writeheader()
        table.writerows(rows)


def _sync(home: Path, table: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SALEOR_API_URL")}
    environment |= {"CHOSAO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deploy.settings"}
    home.mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "deploy.cli",
        "sync",
        str(table),
        "--source-name",
        "thu",
        "--json",
        "--records",
        "none",
    ]
    with (home / "sync.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def _disturb(home: Path, table: Path, took: float, kills: int, chance: random.Random) -> tuple[int, list[float]]:
    landed, moments = 0, []
    for _ in range(kills):
        process, wait = _sync(home, table), chance.uniform(0.3 * took, took)
        moments.append(round(wait, 1))
        try:
            process.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            landed += 1
    last = _sync(home, table)
    if last.wait() != 0:
        raise SystemExit((home / "sync.log").read_text(encoding="utf-8")[-2000:])
    return landed, moments


def _facts(home: Path) -> dict[str, list[tuple[object, ...]]]:
    (path,) = [one for one in home.glob("*.sqlite3") if "embedded" not in one.name]
    database = sqlite3.connect(path)
    try:
        return {name: sorted(map(tuple, database.execute(query)), key=repr) for name, query in FACTS.items()}
    finally:
        database.close()


def _sizes(facts: dict[str, list[tuple[object, ...]]]) -> str:
    return ", ".join(f"{len(rows)} {name}" for name, rows in facts.items() if name != "left over")


if __name__ == "__main__":
    main()
