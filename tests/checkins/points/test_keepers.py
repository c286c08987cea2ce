"""Keepers of a point: named by owner or officer, seen by themselves alone, taken back."""

from datetime import timedelta

import pytest

from tests.factories.owners import an_owner, owned
from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT
from vungxanh.accounts.queries import viewer_for
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.keeping import end_keeper, name_keeper
from vungxanh.checkins.actions.points import close_point
from vungxanh.checkins.models import Point, PointKeeper
from vungxanh.checkins.queries.keepers import keepers_of, kept_lines, kept_point
from vungxanh.checkins.queries.own_places import own_lines, own_place
from vungxanh.checkins.values.keepers import MOST_KEEPERS
from vungxanh.checkins.values.refusals import NoSuchPointError, PointError
from vungxanh.core import subjects, upkeep
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.queries.held import subject_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

OTHER = "+84912000009"
ELSEWHERE = "vn-2025:21589"  # Phường Quy Nhơn Tây


def test_whoever_proves_the_number_keeps_the_point_until_it_is_taken_back() -> None:
    """Named before they have the app at all; they see it, but do not own it."""
    owner = an_owner()
    point = owned(owner)
    named = name_keeper(point=point, who="0912 000 009", by=owner[1], at=AT)
    _, keeper = an_owner(OTHER)
    assert [one.code for one in kept_lines(keeper)] == [point.code]
    assert kept_point(keeper, point.code) == point
    assert end_keeper(point=point, keeper_id=named.pk, by=owner[1], at=AT)
    assert kept_lines(keeper) == ()
    with pytest.raises(NoSuchPointError):
        kept_point(keeper, point.code)
    assert not end_keeper(point=point, keeper_id=named.pk, by=owner[1], at=AT)
    told = AuditEvent.objects.filter(event__startswith="checkins.keeper_")
    assert {one.event: one.subject for one in told} == {
        "checkins.keeper_named": f"point:{point.pk}",
        "checkins.keeper_ended": f"point:{point.pk}",
    }


def test_nobody_else_names_or_ends_keepers() -> None:
    """Not a keeper, not another owner, not an officer of elsewhere."""
    owner, (_, stranger) = an_owner(), an_owner(OTHER)
    point = owned(owner)
    named = name_keeper(point=point, who=OTHER, by=owner[1], at=AT)
    with pytest.raises(NoSuchPointError):
        name_keeper(point=point, who="0912000011", by=stranger, at=AT)
    with pytest.raises(NoSuchPointError):
        end_keeper(point=point, keeper_id=named.pk, by=stranger, at=AT)
    elsewhere = employed("elsewhere", Role("commune_officer"), ELSEWHERE).viewer
    with pytest.raises(PointError, match="outside_area"):
        name_keeper(point=point, who="0912000011", by=elsewhere, at=AT)
    assert PointKeeper.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("who", ["", "1", "0257 3821982", "nobody@test.example", "x" * 254])
def test_what_names_nobody_is_refused(who: str) -> None:
    owner = an_owner()
    with pytest.raises(PointError, match="keeper_unknown"):
        name_keeper(point=owned(owner), who=who, by=owner[1], at=AT)
    assert not PointKeeper.objects.exists()


def test_one_keeper_is_named_once_and_not_too_many() -> None:
    owner = an_owner()
    point = owned(owner)
    for number in range(MOST_KEEPERS):
        name_keeper(point=point, who=f"09120010{number:02}", by=owner[1], at=AT)
    with pytest.raises(PointError, match="keeper_already"):
        name_keeper(point=point, who="+84 912 001 000", by=owner[1], at=AT)
    with pytest.raises(PointError, match="many_keepers"):
        name_keeper(point=point, who="0912009999", by=owner[1], at=AT)
    close_point(point=point, by=owner[1], at=AT)
    with pytest.raises(PointError, match="not_living"):
        name_keeper(point=point, who="0912009999", by=owner[1], at=AT)


def test_an_officer_names_an_account_that_keeps_points_and_no_other(officer: Colleague) -> None:
    """The account sees that point alone; a tracer's address is not told from nobody's."""
    commune = employed("commune", Role("commune_officer"), QUY_NHON).viewer
    keeper = employed("keeper", Role("point_keeper"), QUY_NHON)
    point, _ = a_point("Chợ được trực"), a_point("Chợ khác")
    with pytest.raises(PointError, match="keeper_unknown"):
        name_keeper(point=point, who=officer.email, by=commune, at=AT)
    name_keeper(point=point, who=keeper.email.upper(), by=commune, at=AT)
    assert [one.name for one in own_lines(keeper.viewer)] == ["Chợ được trực"]
    assert [one.shown for one in keepers_of(point, whole=False)] == ["keeper (mẫu)"]
    with pytest.raises(ForbiddenError):
        own_lines(officer.viewer)


def test_an_owner_cannot_try_addresses_of_accounts() -> None:
    owner = an_owner()
    keeper = employed("keeper", Role("point_keeper"), QUY_NHON)
    with pytest.raises(PointError, match="keeper_unknown"):
        name_keeper(point=owned(owner), who=keeper.email, by=owner[1], at=AT)


def test_officers_read_numbers_masked_and_the_owner_whole() -> None:
    owner = an_owner()
    point = owned(owner)
    name_keeper(point=point, who=OTHER, by=owner[1], at=AT)
    assert [one.shown for one in keepers_of(point, whole=True)] == ["0912 000 009"]
    assert [one.shown for one in keepers_of(point, whole=False)] == ["091•••009"]


def test_an_account_with_a_point_among_its_scopes_sees_that_point_alone() -> None:
    mine, other = a_point("Quán của tài khoản"), a_point("Quán khác")
    account = employed("owner", Role("point_owner"), QUY_NHON)
    account.staff.scopes = [f"point:{mine.pk}", "point:x", "point:٣"]
    account.staff.save(update_fields=["scopes"])
    viewer = viewer_for(account.staff)
    assert own_place(viewer, mine.pk) == mine
    with pytest.raises(NoSuchPointError):
        own_place(viewer, other.pk)


def test_a_keeper_is_told_of_it_and_erased_from_it() -> None:
    owner, keeper = an_owner(), an_owner(OTHER)
    name_keeper(point=owned(owner), who=OTHER, by=owner[1], at=AT)
    subject = subject_of(keeper[0])
    held = [one for one in subjects.held(subject, AT) if one.room == "checkins"]
    assert {one.table: one.n for one in held}["keepers"] == 1
    assert subjects.export(subject)["checkins"]["keepers"][0]["name"] == Point.objects.get().name
    erase_person(person_id=keeper[0].pk, by=SYSTEM, at=AT)
    assert not PointKeeper.objects.exists()
    assert set(subjects.left(subject).values()) == {0}


def test_a_right_that_was_taken_back_is_forgotten_after_a_year() -> None:
    owner = an_owner()
    point = owned(owner)
    named = name_keeper(point=point, who=OTHER, by=owner[1], at=AT)
    end_keeper(point=point, keeper_id=named.pk, by=owner[1], at=AT)
    late = AT + timedelta(days=365, seconds=1)
    assert upkeep.overdue(AT + timedelta(days=365))["checkins_pointkeeper"] == 0
    assert upkeep.overdue(late)["checkins_pointkeeper"] == 1
    upkeep.purge(late)
    assert not PointKeeper.objects.exists()
