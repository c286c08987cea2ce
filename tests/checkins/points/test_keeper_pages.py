"""Pages of keepers, and the first page of accounts that own, keep or manage."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.checkins.points.test_pages import proved, registered, words
from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT
from tests.factories.reporting import operator
from vungxanh.accounts.rules import Role, first_page
from vungxanh.checkins.actions.keeping import name_keeper
from vungxanh.checkins.models import Point, PointKeeper, Premises, PremisesList
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import SYSTEM
from vungxanh.protocol.places import short_codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
OWN = "/diem/cua-toi/"


def begun(number: str) -> Client:
    """A browser whose holder proved a number."""
    client = Client()
    client.post("/toi/bat-dau/")
    return proved(client, number)


def test_an_owner_names_and_ends_keepers_on_a_page() -> None:
    """A number that cannot be one is kept in its field, with a sentence; nobody is named."""
    owner = begun("0912 000 001")
    at = f"/toi/diem/{registered(owner).code}/nguoi-truc/"
    assert "Chưa giao ai trực" in words(owner.get(at))
    refused = owner.post(at, {"who": "0257 3821982"})
    assert (refused.status_code, PointKeeper.objects.count()) == (422, 0)
    assert 'value="0257 3821982"' in refused.content.decode()
    owner.post(at, {"who": "0912 000 009"})
    assert "0912 000 009" in words(owner.get(at))
    owner.post(f"{at}{PointKeeper.objects.get().pk}/thoi/")
    assert "Chưa giao ai trực" in words(owner.get(at))


def test_a_keeper_sees_the_code_and_no_contact() -> None:
    """And nothing that only owners do."""
    owner, keeper = begun("0912 000 001"), begun("0912 000 009")
    point = registered(owner)
    assert "Bạn chưa trực điểm nào" in words(keeper.get("/toi/diem/"))
    owner.post(f"/toi/diem/{point.code}/nguoi-truc/", {"who": "0912000009"})
    assert point.name in words(keeper.get("/toi/diem/"))
    page = words(keeper.get(f"/toi/diem/truc/{point.code}/"))
    assert short_codes.shown(point.code) in page
    assert "Người Mẫu" not in page
    assert keeper.get(f"/toi/diem/{point.code}/").status_code == 404
    assert owner.get(f"/toi/diem/truc/{point.code}/").status_code == 404


def test_an_owner_who_names_their_own_number_reads_the_point_once() -> None:
    owner = begun("0912 000 001")
    point = registered(owner)
    owner.post(f"/toi/diem/{point.code}/nguoi-truc/", {"who": "0912000001"})
    assert "Bạn chưa trực điểm nào" in words(owner.get("/toi/diem/"))


def test_an_officer_names_an_account_on_the_page_of_a_point() -> None:
    commune = employed("commune", Role("commune_officer"), QUY_NHON)
    keeper = employed("keeper", Role("point_keeper"), QUY_NHON)
    point = a_point("Chợ được trực")
    at = f"/diem/{point.pk}/nguoi-truc/"
    commune.client.post(at, {"who": keeper.email})
    assert "keeper (mẫu)" in words(commune.client.get(at))
    assert "Chợ được trực" in words(keeper.client.get(OWN))
    commune.client.post(f"{at}{PointKeeper.objects.get().pk}/thoi/")
    assert "Bạn chưa trực điểm nào" in words(keeper.client.get(OWN))


@pytest.mark.parametrize(
    ("role", "empty"),
    [
        ("point_owner", "Tài khoản này chưa gắn điểm nào"),
        ("point_keeper", "Bạn chưa trực điểm nào"),
        ("workplace_manager", "Tài khoản chưa gắn với nơi làm việc nào"),
        ("school", "Tài khoản chưa gắn với nơi làm việc nào"),
    ],
)
def test_each_role_begins_on_its_own_page_and_reads_why_it_is_empty(role: str, empty: str) -> None:
    a_point("Chợ của người khác")
    somebody = employed(role, Role(role), QUY_NHON)
    assert reverse(first_page([role])) == OWN
    page = words(somebody.client.get(OWN))
    assert empty in page
    assert "Chợ của người khác" not in page


def test_an_owner_sees_what_waits_and_prints_the_own_poster_alone() -> None:
    account = employed("owner", Role("point_owner"), QUY_NHON)
    mine, other = a_point("Quán chờ duyệt", state=State.REGISTERED), a_point("Quán khác")
    name_keeper(point=mine, who=account.email, by=SYSTEM, at=AT)
    assert "chờ cán bộ xã duyệt; mã đã dùng được" in words(account.client.get(OWN))
    printed = account.client.get(f"{OWN}{mine.pk}/bang-ma.pdf")
    assert printed.content.startswith(b"%PDF")
    assert account.client.get(f"{OWN}{other.pk}/bang-ma.pdf").status_code == 404


def test_a_manager_sees_which_premises_of_the_organisation_have_a_point() -> None:
    """Those of other organisations not at all."""
    school, other = operator("Trường Mẫu"), operator("Trường Khác")
    manager = employed("manager", Role("school"), QUY_NHON, organisation=school)
    assert "Nơi làm việc chưa có điểm nào" in words(manager.client.get(OWN))
    first = premises("Trường Mẫu cơ sở 1", school)
    premises("Trường Mẫu cơ sở 2", school)
    premises("Trường Khác cơ sở 1", other)
    Point.objects.filter(pk=a_point("Cổng trường Mẫu").pk).update(premises=first)
    page = words(manager.client.get(OWN))
    assert "1 cơ sở phải có điểm mà chưa có" in page
    assert "Cổng trường Mẫu" in page
    assert page.index("Trường Mẫu cơ sở 2") < page.index("Trường Mẫu cơ sở 1")
    assert "Trường Khác" not in page


def test_other_staff_have_no_such_page(officer: Colleague) -> None:
    assert officer.client.get(OWN).status_code == 403


def premises(name: str, organisation: UUID) -> Premises:
    """Premises that must have a point, of an organisation."""
    brought, _ = PremisesList.objects.get_or_create(
        title="Danh sách mẫu", as_of=date(2026, 3, 1), state="accepted", defaults={"at": AT}
    )
    return Premises.objects.create(
        list=brought,
        name=name,
        same_key=name.lower(),
        kind="school",
        unit_id=QUY_NHON,
        organisation_id=organisation,
    )
