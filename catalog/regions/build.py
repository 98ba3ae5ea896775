"""Derive the compact table of places: `python -m catalog.regions.build FOLDER`.

FOLDER holds `old_to_new_communes.csv` and `province_merge.csv`, made from the PyPI package vietnamadminunits 1.0.4 and
thanglequoc/vietnamese-provinces-database (both MIT). Each line of the table is one fact, its kind first.
"""

import csv
import gzip
import sys
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "places.tsv.gz"
CHANGED = {"75": "Thành phố Đồng Nai"}  # a city since 30/04/2026


def main(folder: Path) -> None:
    """Write the table anew."""
    with (folder / "province_merge.csv").open(encoding="utf-8-sig") as file:
        merges = list(csv.DictReader(file))
    with (folder / "old_to_new_communes.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    today = {m["new_province_code"]: m["new_province_2025"] for m in merges} | CHANGED
    lines = [f"P\t{code}\t{name}" for code, name in sorted(today.items())]
    lines += [f"O\t{m['old_province_code']}\t{m['old_province']}\t{m['new_province_code']}" for m in merges]
    communes = {r["new_ward_code"]: (r["new_ward_2025"], r["new_province_code"]) for r in rows}
    lines += [f"C\t{code}\t{name}\t{province}" for code, (name, province) in sorted(communes.items())]
    districts = {r["old_district_code"]: (r["old_district"], r["old_province_code"]) for r in rows}
    lines += [f"D\t{code}\t{name}\t{province}" for code, (name, province) in sorted(districts.items())]
    told = ("old_district_code", "old_ward_code", "old_ward", "new_ward_code", "kind")
    lines += ["\t".join(["W", *(r[column] for column in told)]) for r in rows]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
