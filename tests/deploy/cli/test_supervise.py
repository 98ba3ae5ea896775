"""The supervisor: restarts what falls, ends all that it started, even when it is killed itself."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from deploy.cli.supervise import Supervisor

pytestmark = pytest.mark.self_contained


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _wait(condition: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def test_stop_ends_children_and_their_children(tmp_path: Path) -> None:
    script = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
    supervisor = Supervisor(tmp_path)
    child = supervisor.start("stubborn", "timeit", "-n1", "-r1", script)
    assert child.process is not None
    pid = child.process.pid
    assert _wait(lambda: "up" in (tmp_path / "stubborn.log").read_text())
    members = subprocess.run(["pgrep", "-g", str(pid)], capture_output=True, text=True, check=True).stdout.split()
    assert len(members) >= 2
    supervisor.stop()
    assert _wait(lambda: not any(_alive(int(member)) for member in members))  # the kernel takes a moment


def test_a_child_that_falls_is_started_again(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    child = supervisor.start("faller", "timeit", "-n1", "-r1", "import time; time.sleep(60)")
    assert child.process is not None
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    assert _wait(lambda: not child.alive)
    supervisor._tend(child)
    child.not_before = 0.001
    supervisor._tend(child)
    assert child.alive
    assert child.process.pid != first
    supervisor.stop()


def test_a_child_that_does_not_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    child = supervisor.start("broken", "timeit", "-n1", "-r1", "raise SystemExit('no such luck')")
    with pytest.raises(RuntimeError, match=r"broken did not start(.|\n)*no such luck"):
        supervisor.wait_ready(child, lambda: False)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from deploy.cli.supervise import Supervisor
        sleep = "import time; time.sleep(60)"
        child = Supervisor(Path({str(tmp_path)!r})).start("orphan", "timeit", "-n1", "-r1", sleep)
        print(child.process.pid, flush=True)
        time.sleep(60)
    """)
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert _alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert _wait(lambda: not _alive(pid))
