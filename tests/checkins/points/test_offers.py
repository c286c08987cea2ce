"""A point whose owner was erased is given to a new one, who takes it on their own page."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.checkins.points.test_pages import proved
from tests.factories.owners import an_owner, owned
from tests.factories.people import Answer, Colleague
from tests.factories.points import a_point
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.inspections import answer_inspection, inspect_place
from vungxanh.checkins.actions.keeping import name_keeper
from vungxanh.checkins.actions.merging import merge_points
from vungxanh.checkins.actions.offering import (
    decline_point,
    offer_point,
    take_point,
    withdraw_offer,
)
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.actions.registering import MOST_OWNED
from vungxanh.checkins.models import Inspection, Point, PointChange, PointCode, PointOffer
from vungxanh.checkins.queries.keepers import keepers_of
from vungxanh.checkins.queries.offers import offer_of, offered_lines, offered_point
from vungxanh.checkins.values.inspections import Finding, Place, Result
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.core import subjects, upkeep
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.duties.models import Occurrence
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.queries.held import subject_of
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
NEW, STRANGE = "+84912000009", "+84912000008"
LATER = AT + timedelta(hours=1)
FORTNIGHT = timedelta(days=14)
FORMER = "Bà Chủ Cũ"


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """An hour after the point was registered."""
    with frozen_at(LATER):
        yield


def ownerless() -> Point:
    """A point whose owner answered an inspection, named a keeper, and was erased."""
    owner = an_owner()
    point = owned(owner)
    name_keeper(point=point, who="0912 000 007", by=owner[1], at=AT)
    found = Finding(Result.NO_POSTER)
    inspection = inspect_place(place=Place(point_id=point.pk), finding=found, by=SYSTEM, at=AT)
    answer_inspection(inspection_id=inspection, words=f"{FORMER} sẽ treo", by=owner[1], at=AT)
    erase_person(person_id=owner[0].pk, by=SYSTEM, at=AT)
    return Point.objects.get(pk=point.pk)


def offered(officer: Colleague, number: str = NEW) -> Point:
    point = ownerless()
    offer_point(point=point, phone=number, by=officer.viewer, at=LATER)
    return point


def owner_of(point: Point) -> int | None:
    return Point.objects.values_list("owner", flat=True).get(pk=point.pk)


def events() -> list[str]:
    rows = AuditEvent.objects.filter(event__contains="point_").order_by("pk")
    return [one for one in rows.values_list("event", flat=True) if "offer" in one or "take" in one]


def test_whoever_proves_the_number_takes_the_point(officer: Colleague) -> None:
    """Until then it has no owner; then its commune owes nothing more, and its codes went on."""
    point = offered(officer)
    person, by = an_owner(NEW)
    assert owner_of(point) is None
    assert [one.code for one in offered_lines(by, LATER)] == [point.code]
    take_point(code=point.code, by=by, at=LATER)
    assert owner_of(point) == person.pk
    assert Occurrence.objects.get(duty__title__contains=point.code).state == "done"
    assert PointCode.objects.filter(point=point, revoked_at=None).count() == 3
    assert not PointOffer.objects.exists()
    assert events() == ["checkins.point_offered", "checkins.point_taken"]


def test_nothing_of_the_former_owner_is_shown(officer: Colleague) -> None:
    """Neither on pages of the new one nor on officers'; keepers whom they named keep it no more."""
    point = offered(officer)
    _, by = an_owner(NEW)
    take_point(code=point.code, by=by, at=LATER)
    assert FORMER not in "".join(Inspection.objects.values_list("answer", flat=True))
    assert keepers_of(point, whole=True) == ()
    shown = officer.client.get(f"/diem/{point.pk}/").content.decode()
    assert "Không còn chủ điểm" in shown
    assert "Người không còn được lưu" in shown
    assert all(one not in shown for one in (FORMER, "912000001", "912 000 001"))


def test_nobody_else_is_offered_it_or_takes_it(officer: Colleague) -> None:
    """Nor is whether it is offered told."""
    point = offered(officer)
    _, by = an_owner(STRANGE)
    assert offered_lines(by, LATER) == ()
    for act in (take_point, decline_point):
        with pytest.raises(NoSuchPointError):
            act(code=point.code, by=by, at=LATER)
    assert (owner_of(point), PointOffer.objects.count()) == (None, 1)


def test_an_offer_says_the_same_of_a_known_number_and_of_an_unknown_one(officer: Colleague) -> None:
    an_owner(NEW)
    point, page = ownerless(), []
    for number in (NEW, STRANGE):
        offer_point(point=point, phone=number, by=officer.viewer, at=LATER)
        shown = officer.client.get(f"/diem/{point.pk}/chu-moi/").content.decode()
        tokens = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)
        page.append(tokens.replace(number[-3:], "").split("<main")[1])
        assert number[-6:] not in shown
    assert page[0] == page[1]


def test_an_offer_that_was_declined_or_taken_back_is_over(officer: Colleague) -> None:
    point = offered(officer)
    _, by = an_owner(NEW)
    decline_point(code=point.code, by=by, at=LATER)
    assert not withdraw_offer(point=point, by=officer.viewer, at=LATER)
    offer_point(point=point, phone=NEW, by=officer.viewer, at=LATER)
    assert withdraw_offer(point=point, by=officer.viewer, at=LATER)
    assert offered_lines(by, LATER) == ()
    assert [one.removeprefix("checkins.point_") for one in events()] == [
        *("offered", "offer_declined", "offered", "offer_withdrawn"),
    ]


def test_an_offer_stands_for_a_fortnight_and_is_purged_then(officer: Colleague) -> None:
    point = offered(officer)
    _, by = an_owner(NEW)
    assert offered_point(by, point.code, LATER + FORTNIGHT) == point
    late = LATER + FORTNIGHT + timedelta(seconds=1)
    with pytest.raises(NoSuchPointError):
        take_point(code=point.code, by=by, at=late)
    assert offer_of(point, late) is None
    assert upkeep.overdue(late)["checkins_pointoffer"] == 1
    upkeep.purge(late)
    assert not PointOffer.objects.exists()


def test_whom_a_point_is_offered_to_is_told_of_it_and_erased_from_it(officer: Colleague) -> None:
    offered(officer)
    person, _ = an_owner(NEW)
    subject = subject_of(person)
    told = {one.table: one.n for one in subjects.held(subject, LATER) if one.room == "checkins"}
    assert told["offers"] == 1
    assert len(subjects.export(subject)["checkins"]["offers"]) == 1
    erase_person(person_id=person.pk, by=SYSTEM, at=LATER)
    assert not PointOffer.objects.exists()
    assert set(subjects.left(subject).values()) == {0}


@pytest.mark.parametrize("way", ["owned", "closed", "merged"])
def test_a_point_that_needs_no_owner_is_not_offered(officer: Colleague, way: str) -> None:
    point = a_point()
    if way == "owned":
        Point.objects.filter(pk=point.pk).update(owner=an_owner()[0])
    elif way == "closed":
        decide_point(point=point, state=State.CLOSED, reason="Hết", by=SYSTEM, at=LATER)
    else:
        merge_points(kept=a_point("Chợ"), merged=point, reason="Một", by=SYSTEM, at=LATER)
    with pytest.raises(RefusalError, match="has_owner"):
        offer_point(point=point, phone=NEW, by=officer.viewer, at=LATER)


@pytest.mark.parametrize(
    ("number", "code"), [("", "text_missing"), ("12", "bad_contact_phone"), ("x" * 41, "bad")]
)
def test_a_number_that_is_none_is_refused(officer: Colleague, number: str, code: str) -> None:
    with pytest.raises(RefusalError, match=code):
        offer_point(point=a_point(), phone=number, by=officer.viewer, at=LATER)
    assert not PointOffer.objects.exists()


def test_an_officer_of_elsewhere_and_a_citizen_offer_nothing(
    other_officer: Colleague,
) -> None:
    point, (_, citizen) = ownerless(), an_owner(NEW)
    viewers: tuple[Viewer, ...] = (other_officer.viewer, citizen)
    for by in viewers:
        with pytest.raises(RefusalError):
            offer_point(point=point, phone=NEW, by=by, at=LATER)
    assert not PointOffer.objects.exists()


def test_whoever_owns_as_many_as_one_may_takes_no_more(officer: Colleague) -> None:
    point = offered(officer)
    person, by = an_owner(NEW)
    for _ in range(MOST_OWNED):
        Point.objects.filter(pk=a_point().pk).update(owner=person)
    with pytest.raises(RefusalError, match="many_points"):
        take_point(code=point.code, by=by, at=LATER)
    assert (owner_of(point), PointOffer.objects.count()) == (None, 1)


def test_the_pages_lead_from_the_ownerless_point_to_its_new_owner(officer: Colleague) -> None:
    point = ownerless()
    here = f"/diem/{point.pk}/chu-moi/"
    assert here in officer.client.get(f"/diem/{point.pk}/").content.decode()
    wrong: Answer = officer.client.post(here, {"contact_phone": "12"})
    assert wrong.status_code == 422
    officer.client.post(here, {"contact_phone": "0912 000 009"})
    assert "091•••009" in officer.client.get(here).content.decode()
    phone = Client()
    phone.post("/toi/bat-dau/")
    proved(phone, "0912 000 009")
    assert "Có điểm chờ bạn nhận" in phone.get("/toi/diem/").content.decode()
    offer = f"/toi/diem/{point.code}/nhan/"
    assert "Nhận làm chủ điểm" in phone.get(offer).content.decode()
    taken = phone.post(offer, {"viec": "nhan"})
    assert (taken.status_code, taken["Location"]) == (302, f"/toi/diem/{point.code}/")
    assert PointChange.objects.filter(point=point, action="taken").count() == 1
    assert phone.get(offer).status_code == 404
