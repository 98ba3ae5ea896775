"""Who used the processor: seconds of it by process, from /proc."""

import os
from collections import Counter
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
ROLES = (("deploy.embedded.wsgi", "api"), ("send_webhooks", "webhooks"), ("deploy.wsgi", "web"), ("celery", "worker"),
         ("indexer", "indexer"))  # fmt: skip


def used(home: Path) -> Counter[str]:
    """Seconds by role of a shop's processes (told by the home folder they work in), "bench" and the whole "machine"."""
    found: Counter[str] = Counter(bench=sum(os.times()[:2]))
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"CHOSAO_HOME={home}".encode() not in (folder / "environ").read_bytes().split(b"\0"):
                continue
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            numbers = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) != os.getpid():
            role = next((role for sign, role in ROLES if sign in command), "up")
            found[role] += (int(numbers[11]) + int(numbers[12])) / TICK
    busy = list(map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]))
    found["machine"] = (sum(busy) - busy[3] - busy[4]) / TICK
    return found
