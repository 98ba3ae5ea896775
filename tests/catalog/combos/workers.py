"""A process that does one thing to the combo of a shop, when told to go: `python -m tests.catalog.combos.workers`."""

import sys

import django

django.setup()

from catalog.combos import overseeing, services  # noqa: E402
from catalog.combos.models import Combo  # noqa: E402
from catalog.errors import ShopError  # noqa: E402
from catalog.people.models import ProducerMember, User  # noqa: E402
from tests.factories import make_combo, make_offer, make_product  # noqa: E402


def prepare() -> str:
    """A proposed combo that all have agreed to, of version 2; its proposer and two officers."""
    coffee = make_offer(make_product("Cà phê"))
    owner = coffee.product.producer
    combo = make_combo((coffee, 2), percent=10, producer=owner, approved_terms=None, version=2)
    Combo.objects.filter(pk=combo.pk).update(approved_at=None)
    lan = User.objects.create(username="lan")
    ProducerMember.objects.create(user=lan, producer=owner)
    for name in ("A", "B"):
        User.objects.create(username=name, is_officer=True)
    return combo.code


def act(command: str, who: str) -> str:
    """What became of it."""
    user, combo = User.objects.get(username=who), Combo.objects.get()
    try:
        if command == "approve":
            overseeing.approve(combo.code, user, 2)
        elif command == "refuse":
            overseeing.refuse(combo.code, user, 2, "Không")
        else:
            services.withdraw(user, combo.code, "Hết mùa")
    except ShopError as error:
        return error.code
    return "in"


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    print(prepare() if sys.argv[1] == "prepare" else act(sys.argv[1], sys.argv[2]))
