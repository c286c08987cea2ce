"""An operator's contact acts for one organisation, named among those of the area."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.factories.people import (
    AN_NHON,
    PASSWORD,
    PROVINCE,
    QUY_NHON,
    Answer,
    Colleague,
    employed,
    signed_in,
)
from tests.locations.organisations import added
from vungxanh.accounts import actions
from vungxanh.accounts.models import Invitation, Staff
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values import Rights
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations.models import Organisation
from vungxanh.locations.values import UnitId

pytestmark = pytest.mark.usefixtures("places")
INVITE = "/can-bo/moi/"
FILLED = {"email": "moi@test.example", "roles": ["operator"], "units": PROVINCE, "do": "save"}
NEEDED = "làm việc cho một tổ chức"
UNKNOWN = "Không có tổ chức này trong địa bàn của bạn"
LACKING = "Tài khoản chưa ghi làm việc cho tổ chức nào"


def telecom(name: str, unit: str = PROVINCE, **said: Any) -> UUID:
    return added(f"{name} (mẫu)", **({"kind": "telecom", "unit_id": UnitId(unit)} | said))


def ask(by: Colleague, **answers: object) -> Answer:
    return by.client.post(INVITE, FILLED | answers)


@pytest.fixture
def one(administrator: Colleague) -> UUID:
    """Two operators of like names, of which this is the first."""
    telecom("Viễn thông Đất Võ Bắc")
    return telecom("Viễn thông Đất Võ")


@pytest.mark.parametrize(
    "typed", ["Viễn thông Đất Võ (mẫu)", "vien thong dat vo (mau)", "võ (mẫu)"]
)
def test_operator_is_invited_with_the_organisation_of_the_very_name(
    typed: str, one: UUID, administrator: Colleague
) -> None:
    ask(administrator, organisation=typed)
    assert Invitation.objects.get().scopes == [f"organisation:{one}"]


def test_what_fits_several_is_picked_among_them(one: UUID, administrator: Colleague) -> None:
    page = ask(administrator, organisation="đất võ")
    text = page.content.decode()
    assert page.status_code == 422
    assert "Có nhiều tổ chức khớp. Chọn một." in text
    assert f'value="{one}"' in text
    ask(administrator, organisation="đất võ", organisation_picked=str(one))
    assert Invitation.objects.get().scopes == [f"organisation:{one}"]


def test_organisation_is_shown_before_the_invitation_is_sent_and_when_it_is_taken_up(
    one: UUID, administrator: Colleague
) -> None:
    page = ask(administrator, organisation="Viễn thông Đất Võ (mẫu)", do="preview")
    assert "Làm việc cho tổ chức: Viễn thông Đất Võ (mẫu)" in page.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", NEEDED), ("Không Có", UNKNOWN), ("Trường", UNKNOWN), ("Nơi khác", UNKNOWN)],
    ids=["none", "unknown", "of another kind", "of another province"],
)
def test_operator_without_a_fitting_organisation_is_not_invited(
    typed: str, words: str, one: UUID, administrator: Colleague
) -> None:
    telecom("Trường Đất Võ", kind="school")
    Staff.objects.filter(pk=administrator.staff.pk).update(units=[QUY_NHON])
    telecom("Nơi khác", unit=AN_NHON)
    page = ask(administrator, organisation=typed, units=QUY_NHON)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("scope", "refusal"),
    [
        ("organisation:5", actions.OrganisationOutsideError),
        ("school", actions.OrganisationNeededError),
        ("closed", actions.OrganisationOutsideError),
        ("elsewhere", actions.OrganisationOutsideError),
    ],
)
def test_no_scope_names_an_organisation_that_does_not_fit(
    scope: str, refusal: type[Exception], officer: Colleague
) -> None:
    known = {
        "school": telecom("Trường", QUY_NHON, kind="school"),
        "closed": telecom("Cũ", QUY_NHON, valid_to=date(2021, 1, 1)),
        "elsewhere": telecom("Nơi khác", AN_NHON),
    }
    by = employed("local", Role("admin"), QUY_NHON)
    named = f"organisation:{known[scope]}" if scope in known else scope
    rights = Rights(("operator",), (QUY_NHON,), (named,))
    with pytest.raises(refusal):
        actions.change_staff(ref=officer.viewer.id, rights=rights, by=by.viewer, at=clock.now())


def test_rights_are_shown_with_the_organisation_and_kept_with_other_scopes(
    one: UUID, administrator: Colleague
) -> None:
    contact = employed("contact", Role("operator"), PROVINCE, organisation=one)
    Staff.objects.filter(pk=contact.staff.pk).update(scopes=[f"organisation:{one}", "list:7"])
    address = f"/can-bo/{contact.staff.pk}/sua/"
    form = administrator.client.get(address).content.decode()
    assert 'value="Viễn thông Đất Võ (mẫu)"' in form
    assert "list:7</textarea>" in form
    said = FILLED | {"organisation": "Viễn thông Đất Võ Bắc (mẫu)", "scopes": "list:7"}
    assert administrator.client.post(address, said).status_code == 302
    kept = Staff.objects.get(pk=contact.staff.pk).scopes
    assert len(kept) == 2
    assert f"organisation:{one}" not in kept


def test_contact_of_none_is_told_and_goes_on_working(one: UUID) -> None:
    old = employed("old", Role("operator"), PROVINCE)
    assert LACKING in old.client.get("/bat-dau/").content.decode()
    assert "Chưa ghi tổ chức" in old.client.get("/tai-khoan/").content.decode()
    assert old.client.get("/so-lieu/nop/").status_code == 200
    Staff.objects.filter(pk=old.staff.pk).update(scopes=[f"organisation:{one}"])
    page = signed_in(old.staff).get("/bat-dau/").content.decode()
    assert LACKING not in page
    assert "Viễn thông Đất Võ (mẫu)" in page


def load_accounts() -> None:
    actions.load_demo_staff(password=PASSWORD, by=SYSTEM, at=clock.now())


def load_organisation() -> None:
    said = {"unit_id": UnitId(PROVINCE), "kind": "enterprise", "is_invented": True}
    added("Nhà mạng A (ví dụ)", **said)


@pytest.mark.parametrize(
    ("first", "second"),
    [(load_accounts, load_organisation), (load_organisation, load_accounts)],
    ids=["accounts first", "organisation first"],
)
def test_demo_operator_acts_for_an_invented_one_in_whichever_order_they_are_loaded(
    first: Callable[[], None], second: Callable[[], None], settings: Settings
) -> None:
    settings.DEMO = True
    appoint = partial(actions.appoint_demo_contacts, by=SYSTEM, at=clock.now())
    first()
    early = appoint()
    second()
    assert (early, appoint(), appoint()) == (0, 1, 0)
    operator = Staff.objects.get_by_natural_key("operator@demo.example")
    assert operator.scopes == [f"organisation:{Organisation.objects.get().id}"]
