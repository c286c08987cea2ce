"""What is kept of owners is told, handed out, and taken away; their points stay."""

from datetime import timedelta

import pytest

from tests.factories.owners import an_owner, owned
from tests.factories.register import AT
from vungxanh.checkins.actions.drafting import keep_draft
from vungxanh.checkins.actions.points import close_point
from vungxanh.checkins.models import Point, PointChange, PointCode, PointDraft
from vungxanh.checkins.queries.drafts import draft_of
from vungxanh.core import subjects, upkeep
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties.models import Duty
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.models import ErasureProof
from vungxanh.people.queries.held import subject_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


def test_an_owner_is_told_of_their_points_and_draft() -> None:
    owner = an_owner()
    owned(owner)
    keep_draft(owner_id=owner[0].pk, said={"name": "Quán nháp"}, at=AT)
    subject = subject_of(owner[0])
    lines = [line for line in subjects.held(subject, AT) if line.room == "checkins"]
    assert {line.table: line.n for line in lines} == {"points": 1, "drafts": 1}
    told = subjects.export(subject)["checkins"]
    assert told["points"][0]["contact_phone"] == "+84912000001"
    assert "Quán nháp" in str(told["drafts"][0]["written"])


def test_the_point_of_an_erased_owner_stays_and_asks_for_a_new_one() -> None:
    """Its codes stay good; nothing of the owner is found by the reading after."""
    owner = an_owner()
    point = owned(owner)
    keep_draft(owner_id=owner[0].pk, said={"name": "Quán nháp"}, at=AT)
    subject = subject_of(owner[0])
    erase_person(person_id=owner[0].pk, by=SYSTEM, at=AT)
    row = Point.objects.get(pk=point.pk)
    assert (row.owner_id, row.contact_name, row.contact_phone) == (None, "", "")
    assert row.contact_phone_index is None
    assert PointCode.objects.filter(point=row, revoked_at=None).count() == 3
    assert set(subjects.left(subject).values()) == {0}
    assert Duty.objects.filter(title__contains=row.code, unit=row.unit_id).count() == 1
    assert ErasureProof.objects.get().counts["checkins"]["checkins_point"] > 0


def test_a_contact_who_is_erased_goes_from_the_points_of_others() -> None:
    """Whoever owns them."""
    first, by = an_owner()
    point = owned((first, by))
    other, _ = an_owner("+84912000009")
    Point.objects.filter(pk=point.pk).update(owner=other)
    contact = Point.objects.get(pk=point.pk)
    assert contact.contact_phone == "+84912000001"
    erase_person(person_id=first.pk, by=SYSTEM, at=AT)
    contact.refresh_from_db()
    assert (contact.contact_phone, contact.owner_id) == ("", other.pk)


def test_people_of_a_point_are_forgotten_a_year_after_it_closed() -> None:
    """Not a day before; the point and its history stay."""
    owner = an_owner()
    point = owned(owner)
    close_point(point=point, by=owner[1], at=AT)
    early, late = AT + timedelta(days=365), AT + timedelta(days=365, seconds=1)
    assert upkeep.overdue(early)["checkins_point"] == 0
    assert upkeep.overdue(late)["checkins_point"] == 1
    upkeep.purge(late)
    row = Point.objects.get(pk=point.pk)
    assert (row.owner_id, row.contact_phone, row.decided_by) == (None, "", "forgotten")
    assert set(PointChange.objects.values_list("by", flat=True)) == {"forgotten"}
    assert upkeep.overdue(late)["checkins_point"] == 0


def test_a_draft_is_forgotten_after_a_week() -> None:
    owner, _ = an_owner()
    keep_draft(owner_id=owner.pk, said={"name": "Quán nháp"}, at=AT)
    upkeep.purge(AT + timedelta(days=7))
    assert draft_of(owner.pk) == {"name": "Quán nháp"}
    upkeep.purge(AT + timedelta(days=7, seconds=1))
    assert not PointDraft.objects.exists()
