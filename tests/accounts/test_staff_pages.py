"""Accounts in the hands of administrators: seen, changed and locked within the own area."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Answer, Colleague, employed
from vungxanh.accounts import actions
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values import Rights
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.errors import MissingError

LIST = "/can-bo/"
TRACER = {"roles": ["tracer"], "units": AN_NHON, "scopes": "", "ends_on": ""}


@pytest.fixture
def local_administrator(db: None) -> Colleague:
    """An administrator of Quy Nhơn alone."""
    return employed("local-admin", Role("admin"), QUY_NHON)


def change(by: Colleague, of: Colleague, do: str = "save", **answers: object) -> Answer:
    return by.client.post(f"{LIST}{of.staff.pk}/sua/", TRACER | answers | {"do": do})


def roles_of(person: Colleague) -> list[str]:
    return list(Staff.objects.get(pk=person.staff.pk).roles)


def test_the_list_shows_the_accounts_of_the_own_area(
    local_administrator: Colleague, officer: Colleague, other_officer: Colleague
) -> None:
    page = local_administrator.client.get(LIST).content.decode()
    assert officer.email in page
    assert other_officer.email not in page


@pytest.mark.parametrize(
    ("asked", "n_found"),
    [
        ("email=OFFICER@test.example", 1),
        ("email=officer", 0),
        ("vai-tro=district_officer", 2),
        ("vai-tro=tracer", 0),
        ("don-vi=An Nhơn [vn-2021:549]", 1),
        ("don-vi=vn-2021:52", 3),
    ],
)
def test_accounts_are_found_by_address_role_or_unit(
    asked: str,
    n_found: int,
    administrator: Colleague,
    officer: Colleague,
    other_officer: Colleague,
) -> None:
    page = administrator.client.get(f"{LIST}?{asked}").content.decode()
    assert page.split("<tbody>")[1].count('scope="row"') == n_found


def test_an_unknown_unit_is_told_at_its_field(administrator: Colleague) -> None:
    page = administrator.client.get(f"{LIST}?don-vi=Nơi không có").content.decode()
    assert "Không có “Nơi không có” trong địa bàn của bạn." in page


def test_the_list_takes_the_same_queries_for_one_as_for_many(
    administrator: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        employed(f"one-{number}", Role("tracer"), QUY_NHON)
    with django_assert_num_queries(4):
        administrator.client.get(LIST)


@pytest.mark.parametrize("page", ["", "sua/"])
def test_an_account_of_another_area_does_not_exist(
    page: str, local_administrator: Colleague, other_officer: Colleague
) -> None:
    reply = local_administrator.client.get(f"{LIST}{other_officer.staff.pk}/{page}")
    assert reply.status_code == 404
    assert other_officer.email not in reply.content.decode()


@pytest.mark.parametrize("act", ["sua/", "khoa/", "mo-khoa/", "phien/"])
def test_nothing_is_done_to_an_account_of_another_area(
    act: str, local_administrator: Colleague, other_officer: Colleague
) -> None:
    reply = local_administrator.client.post(f"{LIST}{other_officer.staff.pk}/{act}", TRACER)
    assert reply.status_code == 404
    assert Staff.objects.get(pk=other_officer.staff.pk).is_active
    assert other_officer.client.get("/tai-khoan/").status_code == 200


def test_new_rights_are_shown_before_they_are_kept(
    administrator: Colleague, officer: Colleague
) -> None:
    page = change(administrator, officer, do="preview").content.decode()
    assert "Không còn" in page.split("Người này sẽ làm được gì")[1]
    assert "Nộp số liệu" in page.split("Không còn")[1].split("Giữ nguyên")[0]
    assert roles_of(officer) == ["district_officer"]


def test_new_rights_hold_from_the_next_request(
    administrator: Colleague, officer: Colleague
) -> None:
    assert officer.client.get("/van-ban/").status_code == 200
    assert change(administrator, officer)["Location"] == f"{LIST}{officer.staff.pk}/"
    assert officer.client.get("/van-ban/").status_code == 403
    event = AuditEvent.objects.get(event="accounts.staff_changed")
    assert event.subject == officer.viewer.id
    assert event.detail["roles"] == "tracer"


def test_the_same_rights_again_are_no_event(administrator: Colleague, officer: Colleague) -> None:
    change(administrator, officer, roles=["district_officer"], units=QUY_NHON)
    assert not AuditEvent.objects.filter(event="accounts.staff_changed").exists()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"roles": ["king"]}, "king"),
        ({"roles": ["district_officer"], "units": PROVINCE}, "chỉ dùng cho đơn vị cấp huyện"),
        ({"roles": ["commune_officer"], "units": QUY_NHON}, "chỉ dùng cho đơn vị cấp xã"),
        ({"units": "vn-2021:01"}, "tất cả trong địa bàn của bạn"),
        ({"units": "vn-2021:vn"}, "tất cả trong địa bàn của bạn"),
        ({"units": "vn-2021:99"}, "tất cả trong địa bàn của bạn"),
        ({"roles": ["caller"]}, "Ghi ngày kết thúc sau hôm nay"),
        ({"ends_on": "2001-01-01"}, "Ghi ngày kết thúc sau hôm nay"),
        ({"scopes": "everything"}, "Phạm vi riêng viết như"),
    ],
)
def test_rights_that_may_not_be_given_are_refused(
    answers: dict[str, Any], words: str, administrator: Colleague, officer: Colleague
) -> None:
    reply = change(administrator, officer, **answers)
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert roles_of(officer) == ["district_officer"]


def test_nobody_changes_the_own_rights_or_locks_themselves(
    administrator: Colleague, local_administrator: Colleague
) -> None:
    assert change(administrator, administrator).status_code == 422
    reply = administrator.client.post(f"{LIST}{administrator.staff.pk}/khoa/")
    assert "Nhờ một quản trị khác làm" in reply.content.decode()
    assert roles_of(administrator) == ["admin"]


def test_a_locked_account_is_out_at_once_and_comes_back_when_unlocked(
    administrator: Colleague, officer: Colleague
) -> None:
    administrator.client.post(f"{LIST}{officer.staff.pk}/khoa/")
    assert officer.client.get("/tai-khoan/").status_code == 302
    administrator.client.post(f"{LIST}{officer.staff.pk}/mo-khoa/")
    assert Staff.objects.get(pk=officer.staff.pk).is_active
    events = AuditEvent.objects.filter(subject=officer.viewer.id).order_by("sequence")
    assert [one.event for one in events] == [
        "accounts.session_ended",
        "accounts.staff_locked",
        "accounts.staff_unlocked",
    ]


def test_the_last_administrator_is_neither_locked_nor_given_an_end(
    administrator: Colleague, local_administrator: Colleague
) -> None:
    ref, by = local_administrator.viewer.id, administrator.viewer
    at = clock.now()
    Staff.objects.filter(pk=administrator.staff.pk).update(is_active=False)
    with pytest.raises(actions.LastAdministratorError):
        actions.lock_staff(ref=ref, by=by, at=at)
    rights = Rights(("admin",), (QUY_NHON,), ends_at=at + timedelta(days=1))
    with pytest.raises(actions.LastAdministratorError):
        actions.change_staff(ref=ref, rights=rights, by=by, at=at)
    assert Staff.objects.get(pk=local_administrator.staff.pk).is_active


def test_an_account_partly_outside_is_not_reached(
    local_administrator: Colleague, officer: Colleague
) -> None:
    Staff.objects.filter(pk=officer.staff.pk).update(units=[QUY_NHON, AN_NHON])
    with pytest.raises(MissingError):
        actions.lock_staff(ref=officer.viewer.id, by=local_administrator.viewer, at=clock.now())


def test_an_administrator_begins_on_the_list(administrator: Colleague) -> None:
    assert administrator.client.get("/dang-nhap/")["Location"] == LIST
