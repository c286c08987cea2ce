"""Enrolled devices: one scope for one unit, let in by a token, out at once when revoked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import AN_NHON, QUY_NHON, Colleague, employed
from tests.locations.organisations import added
from vungxanh.accounts.actions import OrganisationOutsideError
from vungxanh.accounts.actions import devices as actions
from vungxanh.accounts.actions.device_refusals import (
    DeviceUnknownError,
    ScopeNotForKindError,
    ScopeTooWideError,
    WrongCodeError,
)
from vungxanh.accounts.models import EnrolledDevice
from vungxanh.accounts.queries import device_viewer
from vungxanh.accounts.queries import devices as queries
from vungxanh.accounts.rules import Role
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.rules.devices import DeviceState, DeviceTimes, Kind
from vungxanh.accounts.values.devices import DeviceFilter, Granted, NewDevice
from vungxanh.audit.models import AuditEvent
from vungxanh.core import limits
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.locations.values import UnitId

AT = datetime(2021, 6, 1, 2, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PHONE = NewDevice("Máy trực chốt", Kind.PHONE, "points.keep", QUY_NHON)
KEY = NewDevice("Máy của nhà mạng", Kind.API_KEY, "figures.submit", QUY_NHON)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


@pytest.fixture
def phone(officer: Colleague) -> Granted:
    """A keeper's phone of Quy Nhơn, enrolled at AT."""
    link = actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    return actions.enrol_device(code=link.code, at=AT)


def events_of(device_id: UUID) -> list[str]:
    found = AuditEvent.objects.filter(subject=f"device:{device_id}").order_by("sequence")
    return [event.event.removeprefix("accounts.") for event in found]


def test_device_takes_up_its_link_and_is_the_unit_s_with_its_scope_alone(phone: Granted) -> None:
    viewer = device_viewer(phone.token, AT + MINUTE)
    assert viewer is not None
    assert viewer.id == f"device:{phone.device_id}"
    assert viewer.units == {QUY_NHON}
    assert viewer.capabilities == rules.SCOPES["points.keep"].capabilities
    assert viewer.roles == frozenset()
    assert events_of(phone.device_id) == ["device_invited", "device_enrolled"]


def test_nothing_stored_opens_the_door(officer: Colleague) -> None:
    link = actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    before = repr(EnrolledDevice.objects.filter(pk=link.device_id).values())
    granted = actions.enrol_device(code=link.code, at=AT)
    secret = granted.token.rpartition("_")[2]
    after = repr(EnrolledDevice.objects.filter(pk=link.device_id).values())
    told = repr(list(AuditEvent.objects.values()))
    assert link.code not in before + told
    assert secret not in after + told


def test_link_works_once(officer: Colleague) -> None:
    link = actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    actions.enrol_device(code=link.code, at=AT)
    with pytest.raises(WrongCodeError):
        actions.enrol_device(code=link.code, at=AT)


def test_link_ends_after_ten_minutes(officer: Colleague) -> None:
    link = actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    with pytest.raises(WrongCodeError):
        actions.enrol_device(code=link.code, at=AT + 10 * MINUTE)


def test_code_is_taken_as_people_type_it(officer: Colleague) -> None:
    link = actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    typed = rules.grouped(link.code).lower().replace(" ", "-")
    assert actions.enrol_device(code=typed, at=AT).device_id == link.device_id


@pytest.mark.parametrize("typed", ["", "ABCD", "A" * 24, "é" * 24, "\0" * 24])
def test_other_codes_are_refused(typed: str, officer: Colleague) -> None:
    actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    with pytest.raises(WrongCodeError):
        actions.enrol_device(code=typed, at=AT)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "vxd_",
        "vxd_0196f0a0000070008000000000000000_",
        "vxd_0196f0a0000070008000000000000000_x",
        "vxd_0196f0a000007000800000000000000g_x",
        "vxd_" + "é" * 32 + "_x",
        "vxd_0196f0a0000070008000000000000000_" + "x" * 4000,
    ],
    ids=range(7),
)
def test_what_is_no_token_is_nobody_s(token: str, phone: Granted) -> None:
    assert device_viewer(token, AT) is None
    assert isinstance(actions.refuse_device(token=token, at=AT), DeviceUnknownError)


def test_token_of_one_device_under_the_name_of_another_is_wrong(
    phone: Granted, officer: Colleague
) -> None:
    other = actions.make_key(new=KEY, by=officer.viewer, at=AT)
    secret = phone.token.split("_", 2)[2]
    assert device_viewer(rules.written_token(other.device_id, secret), AT) is None


def test_viewer_costs_one_query_and_a_contact_a_minute_another(
    phone: Granted, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        device_viewer(phone.token, AT + MINUTE / 2)
    with django_assert_num_queries(2):
        device_viewer(phone.token, AT + MINUTE)
    assert EnrolledDevice.objects.get().last_contact_at == AT + MINUTE


def test_silent_device_lapses_after_72_hours_for_good(phone: Granted) -> None:
    assert device_viewer(phone.token, AT + 72 * HOUR) is None
    assert device_viewer(phone.token, AT + 71 * HOUR) is not None
    assert device_viewer(phone.token, AT + 142 * HOUR) is not None
    assert device_viewer(phone.token, AT + 214 * HOUR) is None
    assert actions.refuse_device(token=phone.token, at=AT + 300 * HOUR).code == (
        "accounts.device_lapsed"
    )


def test_housekeeping_notes_lapsed_devices_once(phone: Granted) -> None:
    assert actions.lapse_devices(at=AT + 71 * HOUR) == 0
    assert actions.lapse_devices(at=AT + 72 * HOUR) == 1
    assert actions.lapse_devices(at=AT + 73 * HOUR) == 0
    assert events_of(phone.device_id)[-1] == "device_lapsed"


def test_revoked_device_is_out_at_its_next_call(phone: Granted, officer: Colleague) -> None:
    actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=AT + MINUTE)
    assert device_viewer(phone.token, AT + MINUTE) is None
    refusal = actions.refuse_device(token=phone.token, at=AT + MINUTE)
    assert refusal.code == "accounts.device_revoked"


def test_refusals_of_a_device_are_recorded_once_an_hour(phone: Granted, officer: Colleague) -> None:
    actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=AT)
    for minutes in (1, 2, 59, 61, 62):
        actions.refuse_device(token=phone.token, at=AT + minutes * MINUTE)
    assert events_of(phone.device_id).count("device_refused") == 2


def test_revoking_twice_is_recorded_once(phone: Granted, officer: Colleague) -> None:
    actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=AT)
    actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=AT)
    assert events_of(phone.device_id).count("device_revoked") == 1


def test_revoking_a_device_that_never_came_ends_its_link(officer: Colleague) -> None:
    link = actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    actions.revoke_device(device_id=link.device_id, by=officer.viewer, at=AT)
    with pytest.raises(WrongCodeError):
        actions.enrol_device(code=link.code, at=AT)


def test_revoked_device_comes_back_by_a_new_link_and_its_old_token_does_not(
    phone: Granted, officer: Colleague
) -> None:
    actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=AT)
    link = actions.renew_device(device_id=phone.device_id, by=officer.viewer, at=AT)
    assert device_viewer(phone.token, AT) is None
    assert not isinstance(link, Granted)
    granted = actions.enrol_device(code=link.code, at=AT)
    assert device_viewer(granted.token, AT) is not None
    assert device_viewer(phone.token, AT) is None


def test_device_in_use_goes_on_until_its_new_link_is_used(
    phone: Granted, officer: Colleague
) -> None:
    actions.renew_device(device_id=phone.device_id, by=officer.viewer, at=AT)
    assert device_viewer(phone.token, AT) is not None


def test_new_key_ends_the_old_one(officer: Colleague) -> None:
    old = actions.make_key(new=KEY, by=officer.viewer, at=AT)
    new = actions.renew_device(device_id=old.device_id, by=officer.viewer, at=AT)
    assert isinstance(new, Granted)
    assert device_viewer(old.token, AT) is None
    assert device_viewer(new.token, AT) is not None
    assert events_of(old.device_id) == ["key_made", "key_made"]


def test_old_token_holds_until_the_new_one_is_used(phone: Granted) -> None:
    viewer = device_viewer(phone.token, AT)
    assert viewer is not None
    new = actions.change_token(by=viewer, at=AT)
    assert device_viewer(phone.token, AT) is not None
    assert device_viewer(new.token, AT) is not None
    assert device_viewer(phone.token, AT) is None
    assert device_viewer(new.token, AT) is not None


def test_lost_answer_of_a_change_locks_nobody_out(phone: Granted) -> None:
    viewer = device_viewer(phone.token, AT)
    assert viewer is not None
    lost = actions.change_token(by=viewer, at=AT)
    again = actions.change_token(by=viewer, at=AT)
    assert device_viewer(lost.token, AT) is None
    assert device_viewer(again.token, AT) is not None


def test_all_devices_of_a_unit_are_revoked_with_those_below(
    phone: Granted, province_officer: Colleague, officer: Colleague
) -> None:
    below = actions.make_key(
        new=NewDevice("Máy xã", Kind.API_KEY, "figures.read", "vn-2021:21586"),
        by=officer.viewer,
        at=AT,
    )
    beside = actions.make_key(
        new=NewDevice("Máy bên cạnh", Kind.API_KEY, "figures.read", AN_NHON),
        by=province_officer.viewer,
        at=AT,
    )
    assert actions.revoke_devices_of(unit=QUY_NHON, by=officer.viewer, at=AT) == 2
    assert device_viewer(phone.token, AT) is None
    assert device_viewer(below.token, AT) is None
    assert device_viewer(beside.token, AT) is not None


def test_nobody_gives_more_than_they_hold(db: None) -> None:
    commune = employed("commune", Role("commune_officer"), QUY_NHON).viewer
    narrower = type(commune)(
        id=commune.id,
        name="",
        roles=commune.roles,
        units=commune.units,
        capabilities=frozenset({"devices.manage", "uptake.view"}),
    )
    with pytest.raises(ScopeTooWideError):
        actions.make_key(new=KEY, by=narrower, at=AT)
    with pytest.raises(ScopeTooWideError):
        actions.make_key(
            new=NewDevice("x", Kind.API_KEY, "accounts.manage", QUY_NHON), by=commune, at=AT
        )


def test_scope_is_for_its_kinds(officer: Colleague) -> None:
    new = NewDevice("x", Kind.DISPLAY, "figures.submit", QUY_NHON)
    with pytest.raises(ScopeNotForKindError):
        actions.invite_device(new=new, by=officer.viewer, at=AT)


def test_who_may_not_manage_devices_makes_none(db: None) -> None:
    tracer = employed("tracer", Role("tracer"), QUY_NHON)
    with pytest.raises(ForbiddenError):
        actions.invite_device(new=PHONE, by=tracer.viewer, at=AT)


@pytest.mark.parametrize("unit", [AN_NHON, "vn-2021:52", "vn-2021:99999", "x", ""])
def test_unit_outside_the_own_area_is_not_there(unit: str, officer: Colleague) -> None:
    new = NewDevice("x", Kind.PHONE, "points.keep", unit)
    with pytest.raises(MissingError):
        actions.invite_device(new=new, by=officer.viewer, at=AT)


def test_owner_of_one_point_does_not_manage_the_unit_it_lies_in(phone: Granted) -> None:
    owner = employed("owner", Role("point_owner"), QUY_NHON).viewer
    with pytest.raises(MissingError):
        actions.revoke_device(device_id=phone.device_id, by=owner, at=AT)
    assert queries.devices(owner, DeviceFilter(), page=1, at=AT).n_rows == 0


def acts(device_id: UUID) -> dict[str, Callable[[Colleague], object]]:
    """What is done to a device that is there."""
    return {
        "revoke": lambda who: actions.revoke_device(device_id=device_id, by=who.viewer, at=AT),
        "renew": lambda who: actions.renew_device(device_id=device_id, by=who.viewer, at=AT),
        "look": lambda who: queries.device_line(device_id, who.viewer, AT),
        "lose": lambda who: actions.revoke_devices_of(unit=QUY_NHON, by=who.viewer, at=AT),
    }


@pytest.mark.parametrize("act", ["revoke", "renew", "look", "lose"])
def test_staff_of_another_area_do_not_find_a_device(
    act: str, phone: Granted, other_officer: Colleague
) -> None:
    with pytest.raises(MissingError):
        acts(phone.device_id)[act](other_officer)
    assert device_viewer(phone.token, AT) is not None


@pytest.mark.parametrize("state", list(DeviceState))
@pytest.mark.parametrize("hours", [0, 1, 100])
def test_list_knows_the_same_states_as_the_rule(
    state: DeviceState, hours: int, officer: Colleague
) -> None:
    made = {
        name: actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
        for name in ("new", "used", "revoked", "invited-again")
    }
    for name in ("used", "revoked", "invited-again"):
        actions.enrol_device(code=made[name].code, at=AT)
    for name in ("revoked", "invited-again"):
        actions.revoke_device(device_id=made[name].device_id, by=officer.viewer, at=AT)
    actions.renew_device(device_id=made["invited-again"].device_id, by=officer.viewer, at=AT)
    at = AT + hours * HOUR
    expected = {
        row.pk for row in EnrolledDevice.objects.all() if rules.state_of(row.times, at) is state
    }
    asked = DeviceFilter(state=state)
    found = queries.devices(officer.viewer, asked, page=1, at=at)
    assert {line.id for line in found} == expected
    assert {line.state for line in found} <= {state}


def test_list_costs_three_queries(
    phone: Granted, officer: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.make_key(new=KEY, by=officer.viewer, at=AT)
    with django_assert_num_queries(3):
        page = queries.devices(officer.viewer, DeviceFilter(), page=1, at=AT)
    assert [line.invited_by for line in page] == [officer.viewer.name] * 2


def test_device_that_lapsed_is_live_until_the_last_moment() -> None:
    times = DeviceTimes("", None, AT)
    assert rules.state_of(times, AT + 72 * HOUR - timedelta(microseconds=1)) is DeviceState.ACTIVE
    assert rules.state_of(times, AT + 72 * HOUR) is DeviceState.LAPSED


def test_rows_are_deleted_a_year_after_their_end(phone: Granted, officer: Colleague) -> None:
    actions.invite_device(new=PHONE, by=officer.viewer, at=AT)
    year = timedelta(days=365)
    assert actions.forget_devices(at=AT + year) == 0
    actions.lapse_devices(at=AT + 72 * HOUR)
    assert actions.forget_devices(at=AT + year + HOUR) == 1
    assert actions.forget_devices(at=AT + year + 73 * HOUR) == 1


def test_somebody_without_a_device_has_none_to_look_at(officer: Colleague) -> None:
    with pytest.raises(MissingError):
        queries.own_device(officer.viewer)
    with pytest.raises(MissingError):
        actions.change_token(by=officer.viewer, at=AT)


@pytest.mark.slow
def test_codes_are_not_tried_by_the_hundred(client: Client) -> None:
    limits.start_anew()
    calls = [
        client.post(
            "/api/v1/staff-devices/enrol", {"secret": "A" * 24}, content_type="application/json"
        ).status_code
        for _ in range(90)
    ]
    limits.start_anew()
    assert set(calls) == {422, 429}


REPORTS = NewDevice("Máy báo cáo", Kind.API_KEY, "reports", QUY_NHON)


def _acting(by: Colleague, *organisations: UUID) -> Viewer:
    return replace(by.viewer, scopes=frozenset(f"organisation:{one}" for one in organisations))


def test_key_for_reports_may_report_and_nothing_else(officer: Colleague) -> None:
    key = actions.make_key(new=REPORTS, by=officer.viewer, at=AT)
    viewer = device_viewer(key.token, AT)
    assert viewer is not None
    assert viewer.capabilities == {"uptake.report"}
    assert viewer.units == {QUY_NHON}
    assert viewer.scopes == {"device:reports"}
    assert rules.covers("reports", "/api/v1/uptake/reports/7")
    assert not rules.covers("reports", "/api/v1/uptake/table")


def test_key_acts_for_the_organisation_it_was_given_or_its_maker_acts_for(
    officer: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, own = added("Nhà mạng (mẫu)", kind="telecom"), added("Xưởng (mẫu)", kind="enterprise")
    maker = _acting(officer, own)
    given = replace(REPORTS, organisation=str(one))
    for new, named in ((given, one), (REPORTS, own)):
        key = actions.make_key(new=new, by=maker, at=AT)
        with django_assert_num_queries(1):
            viewer = device_viewer(key.token, AT)
        assert viewer is not None
        assert viewer.scopes == {"device:reports", f"organisation:{named}"}
    told = AuditEvent.objects.filter(event="accounts.key_made").order_by("sequence")
    assert [one.detail["organisation"] for one in told] == [str(one), str(own)]


@pytest.mark.parametrize("asked", ["elsewhere", "01890000-0000-7000-8000-000000000005", "x"])
def test_key_is_given_no_organisation_of_another_area(asked: str, officer: Colleague) -> None:
    elsewhere = added("Nhà mạng (mẫu)", kind="telecom", unit_id=UnitId(AN_NHON))
    new = replace(REPORTS, organisation=str(elsewhere) if asked == "elsewhere" else asked)
    with pytest.raises(OrganisationOutsideError):
        actions.make_key(new=new, by=officer.viewer, at=AT)
    assert not EnrolledDevice.objects.exists()


def test_organisation_of_a_key_is_typed_by_its_name_and_shown(officer: Colleague) -> None:
    added("Nhà mạng (mẫu)", kind="telecom")
    said = {"name": "Máy", "unit": QUY_NHON, "kind": "api_key", "scope": "reports"}
    page = officer.client.post("/thiet-bi/them/", said | {"organisation": "nhà mạng"})
    assert "<dd>Nhà mạng (mẫu)</dd>" in page.content.decode()
    assert "Nhà mạng (mẫu)" in officer.client.get("/thiet-bi/").content.decode()
    wrong = officer.client.post("/thiet-bi/them/", said | {"organisation": "không có"})
    assert wrong.status_code == 422
