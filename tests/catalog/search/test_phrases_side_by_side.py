"""What is suggested, read by real processes at the same time: one writes for all, and another where that one dies."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded_server import ROOT
from tests.side_by_side import VENDORS, Environment, own_shop

BEGIN = """
import json, time
import django
django.setup()
from catalog.search import services
from catalog.search.errors import SearchUnavailable
"""
ASK = """
while True:
    try:
        told = [one.text for one in services.suggest("lam d")]
        break
    except SearchUnavailable:
        time.sleep(0.02)
print(json.dumps([told, services._dictionary._known.about.ended]))
"""
HANG = """
services._dictionary._write = lambda *_: (print("writing", flush=True), time.sleep(60))
"""


@pytest.fixture(params=VENDORS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    with own_shop(request.param, tmp_path) as environment:
        yield environment


def _start(shop: Environment, *parts: str) -> subprocess.Popen[str]:
    program = "".join((BEGIN, *parts, ASK))
    return subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=shop, text=True, stdout=subprocess.PIPE)


def test_one_process_writes_for_all(shop: Environment) -> None:
    asking = [_start(shop) for _ in range(3)]

    found = [json.loads(process.communicate(timeout=120)[0]) for process in asking]

    assert [told for told, _ in found] == [["Lâm Đồng"]] * 3
    assert len({ended for _, ended in found}) == 1
    assert sorted(one.name for one in Path(shop["CHOSAO_HOME"], "index").glob("phrases*")) == [
        "phrases.lock", "phrases.sqlite3",
    ]  # fmt: skip


def test_another_writes_where_the_writer_is_killed(shop: Environment) -> None:
    writer = _start(shop, HANG)
    assert writer.stdout
    assert writer.stdout.readline() == "writing\n"
    waiting = _start(shop)
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(timeout=6)

    writer.kill()
    writer.wait()
    writer.stdout.close()

    assert json.loads(waiting.communicate(timeout=120)[0])[0] == ["Lâm Đồng"]
