"""Sample packagings and combos, through the services that sellers and officers use. What is there already is left."""

from collections.abc import Iterator
from contextlib import contextmanager

from catalog.combos import agreeing, overseeing, services
from catalog.combos.models import Combo, Kind, Packaging
from catalog.combos.offering import combos
from catalog.combos.packaging import PackagingFacts, put_packaging
from catalog.combos.services import ComboFacts, PartFacts
from catalog.combos.states import State, state_of
from catalog.combos.terms import terms_of
from catalog.offers.models import Offer
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer
from catalog.products.codes import new_code
from catalog.salepoints.models import SalePoint
from catalog.text import name_key
from ocop_sync.sample.combos import COMBOS, PACKAGINGS, SampleCombo

NOBODY = "nguoi-mau"  # speaks for everybody of the sample while it is made; nobody can log in as this
KEEPS_DAYS = 180
LASTING = (20, 21, 22)  # sets of goods that do not go bad


def make_combos() -> None:
    """The sample's packagings and combos; raises what Saleor raises. A repeat ends what was cut off."""
    boxes = {one.name: one for one in _packagings()}
    known = dict.fromkeys(Combo.objects.values_list("title", flat=True))
    wanted = [one for one in COMBOS if one.title not in known or _unfinished(one)]
    if not wanted:
        return
    offers = _offers()
    with speaker() as user:
        for one in wanted:
            _settle(user, one, boxes[one.packaging], offers)


def _packagings() -> Iterator[Packaging]:
    for facts in PACKAGINGS:
        point = SalePoint.objects.get(slug=facts.point)
        made = Packaging.objects.filter(sale_point=point, name=facts.name).first()
        if made and made.read_at:
            yield made
            continue
        wanted = PackagingFacts(
            facts.name, facts.name_en, facts.price, facts.weight, facts.most_pieces, is_active=True,
            to_collect=facts.to_collect, to_send=facts.to_send,
        )  # fmt: skip
        yield put_packaging(point, made.code if made else new_code(), wanted)


def _unfinished(one: SampleCombo) -> bool:
    state = state_of(Combo.objects.get(title=one.title))
    return state is State.DRAFT or (state is State.PROPOSED and not one.waits_for)


def _offers() -> dict[tuple[str, int], Offer]:
    """{(name key of the product, number): offer} of the sample's producers."""
    found = Offer.objects.filter(product__producer__is_sample=True).select_related("product")
    return {(one.product.name_key, one.number): one for one in found}


@contextmanager
def speaker() -> Iterator[User]:
    """Somebody who may speak for everybody of the sample, as long as it lasts."""
    user, _ = User.objects.get_or_create(username=NOBODY, defaults={"full_name": "Người mẫu", "is_active": False})
    producers, points = Producer.objects.filter(is_sample=True), SalePoint.objects.filter(is_sample=True)
    ProducerMember.objects.bulk_create(
        [ProducerMember(user=user, producer=one) for one in producers], ignore_conflicts=True
    )
    SalePointStaff.objects.bulk_create(
        [SalePointStaff(user=user, sale_point=one) for one in points], ignore_conflicts=True
    )
    try:
        yield user
    finally:
        ProducerMember.objects.filter(user=user).delete()
        SalePointStaff.objects.filter(user=user).delete()


def _settle(user: User, one: SampleCombo, box: Packaging, offers: dict[tuple[str, int], Offer]) -> None:
    def offer(name: str, number: int = 1) -> Offer:
        return offers[name_key(name), number]

    combo = Combo.objects.filter(title=one.title).first()
    if combo is None:
        owner = offer(one.by).product.producer if one.by else box.sale_point
        combo = services.make(user, owner, new_code(), _facts(one, box, offers))
    if state_of(combo) is State.DRAFT:
        services.propose(user, combo.code, combo.version, _keeps(combo))
    waits = offer(one.waits_for).product.producer_id if one.waits_for else None
    for producer in overseeing.missing(combos().get(pk=combo.pk)):
        if producer.pk != waits:
            _agree(user, combo, producer)
    if waits is None:
        combo.refresh_from_db()
        overseeing.approve(combo.code, user, combo.version)


def _facts(one: SampleCombo, box: Packaging, offers: dict[tuple[str, int], Offer]) -> ComboFacts:
    parts = tuple(
        PartFacts(
            offers[name_key(part.product), part.number].external_reference,
            part.quantity,
            offers[name_key(part.substitute), 1].external_reference if part.substitute else "",
        )
        for part in one.parts
    )
    return ComboFacts(
        title=one.title, title_en=one.title_en, story=one.story, story_en=one.story_en, occasion=one.occasion,
        province_code=one.province_code, packaging=box.code, parts=parts, percent=one.percent,
        fixed_price=one.fixed_price, choose=one.choose, kind=Kind.CHOOSE if one.choose else Kind.FIXED,
    )  # fmt: skip


def _agree(user: User, combo: Combo, producer: Producer) -> None:
    own = agreeing.own_shares(terms_of(combos().get(pk=combo.pk)), producer.pk)
    lowest = {share.offer.external_reference: share.lowest for share in own}
    agreeing.agree(user, combo.code, producer.pk, combo.terms, lowest=lowest, keeps=_keeps(combo))


def _keeps(combo: Combo) -> dict[str, int | None]:
    offers = terms_of(combos().get(pk=combo.pk)).offers
    return {name: None if one.product.set_no in LASTING else KEEPS_DAYS for name, one in offers.items()}
