"""Versions: who, when, why; late and doubled changes; old ones again; nothing kept is ever changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from catalog.append_only import Sealed
from catalog.people.models import User
from catalog.synonyms import errors, services
from catalog.synonyms.changes import Change, diff, merged, rebased
from catalog.synonyms.groups import BUILT_IN, Group, Groups, Kind
from catalog.synonyms.models import SynonymVersion

pytestmark = pytest.mark.django_db
KHO = Group(Kind.GOODS, ("khô", "cá khô"), note="miền Nam")
CHA = Group(Kind.GOODS, ("chà bông", "ruốc"))


def put(*more: Group, base: int, by: User, why: str = "khách gõ nhiều") -> SynonymVersion:
    return services.put_in_force((*services.version(base).groups, *more), base=base, by=by, why=why)


def test_before_any_change_the_shops_own_groups_are_version_one() -> None:
    assert (services.latest().number, services.latest().groups) == (1, BUILT_IN)
    assert services.made_at(services.latest()) is None
    assert SynonymVersion.objects.count() == 0


def test_the_first_change_keeps_what_was_before_it(officer: User) -> None:
    made = put(KHO, base=1, by=officer, why="  khách\tgõ nhiều ")

    assert (made.number, made.by, made.why, made.restored) == (2, officer, "khách gõ nhiều", None)
    assert [(one.number, one.by, one.groups) for one in services.versions(9)] == [
        (2, officer, (*BUILT_IN, KHO)),
        (1, None, BUILT_IN),
    ]
    assert services.made_at(services.latest()) == made.at
    assert services.latest().groups[-1] == KHO


def test_a_change_made_from_an_old_version_is_refused_and_told_what_changed(officer: User) -> None:
    put(KHO, base=1, by=officer)
    other = User.objects.create(username="khac", is_officer=True)

    with pytest.raises(errors.Changed) as refused:
        put(CHA, base=1, by=other)

    assert refused.value.data == {"who": "Nguyễn Thị Lan", "number": 2, "what": "+ khô = cá khô"}
    assert [one.number for one in services.versions(9)] == [2, 1]


def test_a_double_click_makes_one_version(officer: User) -> None:
    first, second = put(KHO, base=1, by=officer), put(KHO, base=1, by=officer)

    assert first.pk == second.pk
    assert SynonymVersion.objects.count() == 2


def test_the_same_change_by_another_officer_is_told(officer: User) -> None:
    put(KHO, base=1, by=officer)
    with pytest.raises(errors.Changed):
        put(KHO, base=1, by=User.objects.create(username="khac", is_officer=True))


def test_no_reason_no_change_and_bad_groups_are_refused_and_nothing_is_kept(officer: User) -> None:
    with pytest.raises(errors.ReasonMissing):
        put(KHO, base=1, by=officer, why=" \u200b ")
    with pytest.raises(errors.NothingChanged):
        put(base=1, by=officer)
    with pytest.raises(errors.Refused):
        put(Group(Kind.GOODS, ("nước mắm", "mắm nêm")), base=1, by=officer)
    assert SynonymVersion.objects.count() == 0


def test_an_old_version_in_force_again_is_a_new_one(officer: User) -> None:
    put(KHO, base=1, by=officer)

    made = services.restore(1, base=2, by=officer, why="nhầm")

    assert (made.number, made.restored, made.groups) == (3, 1, BUILT_IN)
    with pytest.raises(errors.NothingChanged):
        services.restore(1, base=3, by=officer, why="nhầm")
    with pytest.raises(errors.Changed):
        services.restore(2, base=2, by=officer, why="nhầm")
    with pytest.raises(SynonymVersion.DoesNotExist):
        services.restore(9, base=3, by=officer, why="nhầm")


def test_versions_are_told_in_parts(officer: User) -> None:
    put(KHO, base=1, by=officer)
    services.restore(1, base=2, by=officer, why="nhầm")
    assert [one.number for one in services.versions(2)] == [3, 2]
    assert [one.number for one in services.versions(2, upto=2)] == [2, 1]


@pytest.mark.parametrize("statement", ["UPDATE {} SET why = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_version(statement: str, officer: User) -> None:
    made = put(KHO, base=1, by=officer)

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(SynonymVersion._meta.db_table))
    for attempt in (made.save, made.delete):
        with pytest.raises(Sealed):
            attempt()
    assert services.latest().why == "khách gõ nhiều"


def test_differences_pair_what_shares_a_word() -> None:
    wider = Group(Kind.GOODS, ("khô", "cá khô", "khô cá"))
    assert diff((KHO, CHA), (CHA, KHO)) == []
    assert diff((KHO, CHA), (wider,)) == [Change(KHO, wider), Change(CHA, None)]
    assert diff((), (KHO,)) == [Change(None, KHO)]


def test_mine_made_anew_on_theirs_unless_both_changed_one_group() -> None:
    wider, base = Group(Kind.GOODS, ("khô", "cá khô", "khô cá")), (KHO, CHA)
    for mine, theirs, expected in [
        ((wider, CHA), (CHA, KHO), (CHA, wider)),
        ((KHO,), (wider, CHA), (wider,)),
        ((*base, wider), (*base, wider), (*base, wider)),
        ((wider, CHA), (CHA,), None),
        ((wider, CHA), (Group(Kind.GOODS, ("khô", "khô mực")), CHA), None),
    ]:
        assert rebased(base, mine, theirs) == expected


def test_groups_that_share_a_word_are_joined() -> None:
    lac, phung = (
        Group(Kind.GOODS, ("lạc", "đậu phộng"), note="a"),
        Group(Kind.GOODS, ("Đậu phộng", "đậu phụng"), note="b"),
    )
    trade = Group(Kind.TRADE, ("lạc", "l"))
    joined: Groups = merged((lac, CHA, trade, phung), phung)
    assert joined == (CHA, trade, Group(Kind.GOODS, ("lạc", "đậu phộng", "đậu phụng"), note="a; b"))
