"""Producers are asked for their agreement: once a day at most, once for each state, with all that waits."""

from datetime import date, timedelta
from itertools import count

import pytest

from catalog import clock
from catalog.agreements.letters import compose
from catalog.agreements.models import AgreementLetter, AgreementNotice, AgreementRequest
from catalog.agreements.sending import send_due, untried_since
from catalog.agreements.services import ask
from catalog.combos.models import Combo, ComboAgreement
from catalog.mail.models import LetterState
from catalog.offers.models import Offer, OfferStock
from catalog.people.models import ProducerMember, User
from tests.catalog.mail.server import MailServer
from tests.catalog.warnings.making import member
from tests.factories import agree, make_combo, make_offer, make_packaging, make_producer, make_product, make_sale_point

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
_numbers = count(1)
NEXT = DAY + timedelta(days=1)


def goods(name: str = "an", price: int = 100_000) -> Offer:
    """An offer of a producer with one member."""
    offer = make_offer(make_product(producer=make_producer(f"Hợp tác xã <{name}>")), price=price)
    member(offer.product.producer, name)
    return offer


def proposed(*offers: Offer, agreed: bool = False, **facts: object) -> Combo:
    """A combo of these that waits for everybody, or for nobody."""
    parts, point = ((one, 1) for one in offers), make_sale_point("Điểm A", slug=f"diem-a-{next(_numbers)}")
    combo = make_combo(*parts, packaging=make_packaging(point), approved_terms=None, **facts)
    if not agreed:
        combo.agreements.all().delete()
    return combo


def asked() -> list[tuple[str, str]]:
    """(producer, combo) in the order in which they were asked."""
    rows = AgreementRequest.objects.order_by("pk")
    return list(rows.values_list("producer__members__user__username", "combo__title"))


def test_each_producer_of_a_proposal_is_asked_once(server: MailServer) -> None:
    coffee, tea = goods("an"), goods("binh")
    combo = proposed(coffee, tea, title="Quà <cao nguyên>")

    assert (ask(DAY), ask(DAY), ask(NEXT)) == (2, 0, 0)
    assert (send_due(), send_due()) == (2, 0)

    assert sorted(server.to) == ["an@example.test", "binh@example.test"]
    assert server.subject() == "Combo “Quà <cao nguyên>” chờ bạn đồng ý"
    (_address, mail), text = server.taken[0], server.text()
    assert "Kính gửi Hợp tác xã <an>," in text
    assert "Điểm A đề xuất" in text
    assert f"/combo-cua-toi/{combo.code}/" in text
    assert "Giá đã đổi" not in text
    assert "/combo-cua-toi/" in text
    assert "Quà &lt;cao nguyên&gt;" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_all_that_waits_is_in_one_letter_a_day(server: MailServer) -> None:
    coffee = goods()
    for n in range(3):
        proposed(coffee, title=f"Quà {n}")
    assert ask(DAY) == 1
    proposed(coffee, title="Quà muộn")
    assert ask(DAY) == 0  # the next morning

    send_due()
    assert server.subject() == "3 combo chờ bạn đồng ý"

    assert ask(NEXT) == 1
    send_due()
    assert len(server.taken) == 2
    assert AgreementNotice.objects.count() == 2
    assert [combo for _who, combo in asked()] == ["Quà 0", "Quà 1", "Quà 2", "Quà muộn"]


def test_who_agreed_or_proposes_and_who_stands_in_for_nobody_is_not_asked() -> None:
    coffee, tea = goods("an"), goods("binh")
    combo = proposed(coffee, tea)
    ComboAgreement.objects.create(combo=combo, producer=coffee.product.producer, terms=1, parts={})
    assert ask(DAY) == 1
    assert [who for who, _combo in asked()] == ["binh"]


def test_who_stands_in_is_asked_too() -> None:
    coffee, tea = goods("an"), goods("binh")
    combo = make_combo((coffee, 1, tea), approved_terms=None)
    combo.agreements.all().delete()
    assert ask(DAY) == 2


@pytest.mark.parametrize("facts", [{"proposed_at": None}, {"withdrawn_at": clock.now()}])
def test_a_draft_and_what_was_withdrawn_ask_nobody(facts: dict[str, object]) -> None:
    combo = proposed(goods())
    Combo.objects.filter(pk=combo.pk).update(**facts)
    assert ask(DAY) == 0


def test_new_terms_are_asked_for_anew_and_the_same_ones_never() -> None:
    combo = proposed(goods())
    ask(DAY)
    Combo.objects.filter(pk=combo.pk).update(proposed_at=None)  # declined,
    Combo.objects.filter(pk=combo.pk).update(proposed_at=clock.now())  # and proposed as it was
    assert ask(NEXT) == 0
    Combo.objects.filter(pk=combo.pk).update(terms=2)
    assert ask(NEXT) == 1
    assert AgreementRequest.objects.count() == 2


def on_sale(coffee: Offer, tea: Offer, lowest: int) -> Combo:
    """Approved, of a fixed price of 180,000 đ."""
    combo = make_combo((coffee, 1), (tea, 1), fixed_price=180_000)
    combo.agreements.all().delete()
    agree(combo, lowest=lowest)
    return combo


def test_a_price_that_takes_from_a_producer_asks_it_anew_once_for_each_share(server: MailServer) -> None:
    coffee, tea = goods("an"), goods("binh")
    on_sale(coffee, tea, lowest=90_000)
    assert ask(DAY) == 0
    Offer.objects.filter(pk=tea.pk).update(price=140_000)  # coffee gets 75,000 of 180,000 đ
    assert ask(DAY) == 1
    assert (ask(DAY), ask(NEXT)) == (0, 0)
    assert [who for who, _combo in asked()] == ["an"]
    send_due()
    assert server.to == ["an@example.test"]
    assert "Giá đã đổi nên sản phẩm của bạn nhận được ít hơn" in server.text()

    Offer.objects.filter(pk=tea.pk).update(price=150_000)
    assert ask(NEXT) == 1


def test_what_cannot_be_had_anyway_asks_nobody_for_its_price() -> None:
    coffee, tea = goods("an"), goods("binh")
    on_sale(coffee, tea, lowest=90_000)
    Offer.objects.filter(pk=tea.pk).update(price=140_000)
    OfferStock.objects.filter(offer=tea).delete()
    assert ask(DAY) == 0


def test_whom_nobody_can_write_to_is_asked_once_somebody_can() -> None:
    coffee = goods()
    proposed(coffee)
    User.objects.filter(username="an").update(email="")
    assert ask(DAY) == 0
    assert not AgreementNotice.objects.exists()
    User.objects.filter(username="an").update(email="an@example.test", is_active=False)
    assert ask(DAY) == 0
    User.objects.filter(username="an").update(is_active=True)
    assert ask(DAY) == 1


def test_every_member_has_a_letter() -> None:
    coffee = goods()
    member(coffee.product.producer, "em")
    proposed(coffee)
    assert ask(DAY) == 1
    assert AgreementLetter.objects.count() == 2


@pytest.mark.parametrize("what", ["agreed", "withdrawn", "terms", "left", "address"])
def test_a_letter_that_nobody_needs_any_more_is_not_sent(what: str, server: MailServer) -> None:
    coffee = goods()
    combo = proposed(coffee)
    ask(DAY)
    if what == "agreed":
        agree(combo)
    elif what == "withdrawn":
        Combo.objects.update(withdrawn_at=clock.now())
    elif what == "terms":
        Combo.objects.update(terms=2)
    elif what == "left":
        ProducerMember.objects.all().delete()
    else:
        User.objects.filter(username="an").update(email="")
    assert send_due() == 0
    assert server.taken == []
    assert AgreementLetter.objects.get().state == LetterState.MOOT


def test_what_still_waits_from_before_is_told_with_the_new(server: MailServer) -> None:
    coffee = goods()
    proposed(coffee, title="Quà cũ")
    ask(DAY)
    send_due()
    proposed(coffee, title="Quà mới")
    ask(NEXT)
    send_due()
    assert server.subject(1) == "2 combo chờ bạn đồng ý"
    assert server.text(1).index("Quà mới") < server.text(1).index("Quà cũ")


def test_a_server_that_is_away_loses_nothing_and_is_told(server: MailServer) -> None:
    proposed(goods())
    ask(DAY)
    assert untried_since(clock.now() + timedelta(minutes=1))
    server.to_recipient["an@example.test"] = "451 4.7.1 Greylisted"
    assert send_due() == 0
    assert AgreementLetter.objects.get().state == LetterState.WAITING


def test_many_letters_ask_as_much_as_one(django_assert_max_num_queries: object) -> None:
    for n in range(5):
        proposed(goods(f"u{n}"))
    ask(DAY)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(compose(list(AgreementLetter.objects.all()))) == 5
