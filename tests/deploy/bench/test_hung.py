"""More buyers press "order" than the shop has threads, and Saleor hangs: everybody else goes on, and it heals."""

import pytest

from deploy.bench.hung import measure, open_shop

pytestmark = pytest.mark.self_contained

BUYERS = 12  # the web has two processes of four threads


def test_a_saleor_that_hangs_holds_up_nobody_but_those_who_order() -> None:
    with open_shop() as shop:
        found = measure(shop, BUYERS)

    phases = [found[name] for name in ("before", "while it hangs", "once it is known", "after")]
    assert [phase.failed for phase in phases] == [[], [], [], []]
    assert all(phase.seconds for phase in phases)
    told = [(status, text) for status, _, text in found["first"] + found["second"]]
    says = {503: "Giỏ hàng được giữ nguyên", 202: "Chỗ của bạn trong hàng được giữ"}  # paused, or others are before
    assert {503} <= {status for status, _ in told} <= says.keys()
    assert all(says[status] in text for status, text in told)
    assert (found["orders"], found["twice"]) == (BUYERS, 0)
