"""One run at a time on a source; a killed one is noticed and taken over."""

import os
import secrets
import socket
from datetime import timedelta

from catalog import clock
from ocop_sync.runs.models import Run

LEASE = timedelta(minutes=10)


def new_owner() -> str:
    """This process, as a lease names it."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_alive(run: Run) -> bool:
    """Is somebody still at work on this run? A process of this machine that is gone is noticed at once."""
    if run.leased_until is None or run.leased_until < clock.now():
        return False
    host, _, rest = run.lease_owner.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdecimal():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def renew(run: Run) -> None:
    """Keep the lease while chunks are written."""
    run.leased_until = clock.now() + LEASE
    Run.objects.filter(pk=run.pk, lease_owner=run.lease_owner).update(leased_until=run.leased_until)
