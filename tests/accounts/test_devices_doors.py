"""Where a device is let in: by header or cookie, at the addresses of its scope, nowhere else."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.architecture.test_url_table import EXAMPLES, example, key
from tests.factories.people import QUY_NHON, Answer, Colleague
from vungxanh.accounts.actions import devices as actions
from vungxanh.accounts.models import EnrolledDevice
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.rules.devices import Kind
from vungxanh.accounts.values.devices import Granted, NewDevice
from vungxanh.core import clock
from vungxanh.core.access import OPEN, Entry, table
from vungxanh.core.viewer import CAPABILITIES

ME = "/api/v1/staff-devices/me"
ENROL = "/api/v1/staff-devices/enrol"
LINK_PAGE = "/thiet-bi/nhan/"
OWN_PAGE = "/thiet-bi/may/"
CLOSED = [entry for entry in table() if entry.needs not in {OPEN, None}]
OWN_CALLS = {"GET /api/v1/staff-devices/me", "POST /api/v1/staff-devices/me/token"}
FOREIGN = [entry for entry in CLOSED if key(entry) not in OWN_CALLS]
MEANWHILE = timedelta(hours=71)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


def granted(scope: str, by: Colleague) -> Granted:
    """A device of this scope in Quy Nhơn, enrolled now."""
    kind = sorted(rules.SCOPES[scope].kinds)[0]
    new = NewDevice("Máy thử", Kind(kind), scope, QUY_NHON)
    at = clock.now()
    if kind is Kind.API_KEY:
        return actions.make_key(new=new, by=by.viewer, at=at)
    return actions.enrol_device(
        code=actions.invite_device(new=new, by=by.viewer, at=at).code, at=at
    )


def bearer(token: str) -> Client:
    """A program that sends the token, and whose forged forms would be noticed."""
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})


def browser(token: str) -> Client:
    """A browser that keeps the token in its cookie."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["vx_device"] = token
    return client


def method_of(entry: Entry) -> str:
    return "GET" if entry.methods == "*" else entry.methods.split(",")[0]


@pytest.fixture
def phone(officer: Colleague) -> Granted:
    return granted("points.keep", officer)


def test_table_of_closed_addresses_is_long_enough() -> None:
    assert len(FOREIGN) >= 60
    assert set(EXAMPLES) >= {"uuid", "int", "str", "slug"}


@pytest.mark.slow
@pytest.mark.parametrize("means", [bearer, browser], ids=["bearer", "cookie"])
@pytest.mark.parametrize("scope", sorted(rules.SCOPES))
def test_device_enters_no_address_but_its_own(
    scope: str, means: Callable[[str], Client], administrator: Colleague
) -> None:
    client = means(granted(scope, administrator).token)
    replies = {
        key(entry): client.generic(method_of(entry), example(entry.path)).status_code
        for entry in FOREIGN
        if not entry.path.startswith(rules.SCOPES[scope].addresses)
    }
    led_to_sign_in = 302
    assert set(replies.values()) <= {401, 403, 404, led_to_sign_in}
    assert len(replies) >= 60


@pytest.mark.parametrize("scope", sorted(rules.SCOPES))
def test_scope_names_api_addresses_and_known_capabilities_only(scope: str) -> None:
    spec = rules.SCOPES[scope]
    assert all(address.startswith("/api/v1/") for address in spec.addresses)
    assert spec.capabilities <= set(CAPABILITIES)
    assert spec.kinds


def test_scope_wider_than_devices_may_be_is_not_read() -> None:
    text = 'ever = ["uptake.view"]\n[scopes.s]\nvi = "S"\nen = "S"\nkinds = ["phone"]\n'
    with pytest.raises(rules.TooWideError, match=r"persons\.view"):
        rules.read_scopes(text + 'addresses = ["/"]\ncapabilities = ["persons.view"]')


@pytest.mark.parametrize("path", ["/thiet-bi/", "/bat-dau/", "/tai-khoan/", "/so-lieu/nop/"])
def test_no_page_of_staff_opens_for_a_device(path: str, administrator: Colleague) -> None:
    token = granted("figures.submit", administrator).token
    for client in (bearer(token), browser(token)):
        reply = client.get(path)
        assert (reply.status_code, reply["Location"][:11]) == (302, "/dang-nhap/")


def test_program_enrols_and_learns_what_it_is(officer: Colleague) -> None:
    new = NewDevice("Đầu đọc cổng", Kind.READER, "points.keep", QUY_NHON)
    link = actions.invite_device(new=new, by=officer.viewer, at=clock.now())
    reply = Client().post(ENROL, {"secret": link.code}, content_type="application/json")
    told = reply.json()
    assert reply.status_code == 201
    assert set(told) == {"device_id", "token", "valid_until"}
    assert re.fullmatch(r"vxd_[0-9a-f]{32}_[\w-]{43}", told["token"])
    own = bearer(told["token"]).get(ME)
    assert own.json()["name"] == "Đầu đọc cổng"
    assert own.json()["unit"] == QUY_NHON
    assert own["VX-Valid-Until"]
    assert own["Cache-Control"] == "no-store"


def test_wrong_code_is_refused_with_its_field(client: Client) -> None:
    reply = client.post(ENROL, {"secret": "x"}, content_type="application/json")
    assert (reply.status_code, reply.json()["code"]) == (422, "accounts.enrolment_code_wrong")


@pytest.mark.parametrize(
    ("hours", "is_revoked", "code"),
    [
        (73, False, "accounts.device_lapsed"),
        (1, True, "accounts.device_revoked"),
        (73, True, "accounts.device_revoked"),
    ],
)
@pytest.mark.parametrize("means", [bearer, browser], ids=["bearer", "cookie"])
def test_ended_device_is_told_why(
    hours: int,
    is_revoked: bool,
    code: str,
    means: Callable[[str], Client],
    phone: Granted,
    officer: Colleague,
) -> None:
    if is_revoked:
        actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=clock.now())
    with clock.frozen_at(clock.now() + timedelta(hours=hours)):
        reply = means(phone.token).get(ME)
        page = means(phone.token).get(OWN_PAGE)
    assert (reply.status_code, reply.json()["code"]) == (401, code)
    assert page.status_code == 401
    assert code in page.content.decode()


def test_refused_token_leaves_the_browser(phone: Granted, officer: Colleague) -> None:
    actions.revoke_device(device_id=phone.device_id, by=officer.viewer, at=clock.now())
    client = browser(phone.token)
    client.get(ME)
    assert client.cookies["vx_device"].value == ""


def test_wrong_token_is_refused_at_open_calls_too(phone: Granted) -> None:
    reply = bearer(f"{phone.token}x").get("/api/v1/units?tree=vn-2021")
    assert (reply.status_code, reply.json()["code"]) == (401, "accounts.device_unknown")


def test_other_bearer_tokens_are_left_to_others() -> None:
    assert bearer_other().get("/api/v1/units?tree=vn-2021").status_code == 200


def bearer_other() -> Client:
    return Client(headers={"Authorization": "Bearer vxc_another"})


def test_program_changes_its_token_without_a_form_s_token(phone: Granted) -> None:
    told = bearer(phone.token).post(f"{ME}/token").json()
    assert bearer(told["token"]).get(ME).status_code == 200
    assert bearer(phone.token).get(ME).status_code == 401


def test_call_by_cookie_needs_the_token_of_its_page(phone: Granted) -> None:
    client = browser(phone.token)
    assert client.post(f"{ME}/token").json()["code"] == "core.stale_form"
    client.get(OWN_PAGE)
    forged = client.cookies["vx_csrf"].value
    reply = client.post(f"{ME}/token", headers={"X-CSRFToken": forged})
    assert reply.status_code == 200
    assert reply.json()["token"] is None
    assert client.cookies["vx_device"].value != phone.token
    assert client.get(ME).status_code == 200


def enrolled_by_page(code: str) -> tuple[Client, Answer]:
    client = Client()
    return client, client.post(LINK_PAGE, {"code": code})


def test_page_keeps_the_token_where_no_script_reads_it(officer: Colleague) -> None:
    new = NewDevice("Máy", Kind.PHONE, "points.keep", QUY_NHON)
    link = actions.invite_device(new=new, by=officer.viewer, at=clock.now())
    client, reply = enrolled_by_page(link.code)
    cookie = client.cookies["vx_device"]
    assert reply["Location"] == OWN_PAGE
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert 0 < int(cookie["max-age"]) <= 72 * 3600
    assert cookie.value not in client.get(OWN_PAGE).content.decode()


def test_each_visit_moves_the_end_of_the_cookie_on(phone: Granted) -> None:
    client = browser(phone.token)
    with clock.frozen_at(clock.now() + MEANWHILE):
        reply = client.get(OWN_PAGE)
    assert int(client.cookies["vx_device"]["max-age"]) == 72 * 3600
    assert reply["VX-Valid-Seconds"] == str(72 * 3600)


def test_page_says_of_a_wrong_code_what_to_do() -> None:
    _, reply = enrolled_by_page("ABCD")
    assert reply.status_code == 422
    assert "10 phút" in reply.content.decode()


def test_device_gives_itself_up(phone: Granted) -> None:
    client = Client()
    client.cookies["vx_device"] = phone.token
    client.post(f"{OWN_PAGE}bo/")
    assert client.cookies["vx_device"].value == ""
    assert EnrolledDevice.objects.get().ended_by == f"device:{phone.device_id}"


def test_device_of_an_officer_is_itself_at_its_own_page_only(
    phone: Granted, officer: Colleague
) -> None:
    officer.client.cookies["vx_device"] = phone.token
    assert "Máy thử" in officer.client.get(OWN_PAGE).content.decode()
    assert officer.client.get("/thiet-bi/").status_code == 200
    assert officer.client.get(ME).json()["device_id"] == str(phone.device_id)


def test_officer_shows_a_code_once_and_it_enrols(officer: Colleague) -> None:
    typed = {"name": "Máy chốt", "unit": QUY_NHON, "kind": "phone", "scope": "points.keep"}
    page = officer.client.post("/thiet-bi/them/", typed).content.decode()
    found = re.search(r"data-vx-code>([A-Z2-7 ]+)<", page)
    assert found is not None
    assert "<svg" in page
    _, reply = enrolled_by_page(found[1])
    assert reply.status_code == 302
    assert found[1] not in officer.client.get("/thiet-bi/").content.decode()


def test_officer_sees_a_key_once(officer: Colleague) -> None:
    typed = {"name": "Máy chủ", "unit": QUY_NHON, "kind": "api_key", "scope": "figures.read"}
    page = officer.client.post("/thiet-bi/them/", typed)
    found = re.search(r"vxd_[0-9a-f]{32}_[\w-]{43}", page.content.decode())
    assert found is not None
    assert "no-store" in page["Cache-Control"]
    assert bearer(found[0]).get(ME).status_code == 200
    assert found[0] not in officer.client.get("/thiet-bi/").content.decode()


def test_refusal_stands_at_its_field(officer: Colleague) -> None:
    typed = {"name": "Máy", "unit": QUY_NHON, "kind": "phone", "scope": "figures.read"}
    page = officer.client.post("/thiet-bi/them/", typed)
    assert page.status_code == 422
    assert "không dành cho loại thiết bị" in page.content.decode()
    assert EnrolledDevice.objects.count() == 0


def test_list_is_filtered_and_the_filter_outlives_a_revocation(
    phone: Granted, officer: Colleague
) -> None:
    page = officer.client.get("/thiet-bi/?loai=display").content.decode()
    assert "Không có thiết bị nào khớp" in page
    reply = officer.client.post(
        f"/thiet-bi/{phone.device_id}/thu-hoi/", {"loc": "loai=phone&next=//evil.example"}
    )
    assert reply["Location"] == "/thiet-bi/?loai=phone"


def test_list_of_another_area_is_empty(phone: Granted, other_officer: Colleague) -> None:
    assert "Chưa có thiết bị nào" in other_officer.client.get("/thiet-bi/").content.decode()
    reply = other_officer.client.post(f"/thiet-bi/{phone.device_id}/thu-hoi/")
    assert reply.status_code == 404
    assert other_officer.client.get(f"/thiet-bi/?don-vi={QUY_NHON}").status_code == 404


def test_all_of_a_unit_are_revoked_only_when_confirmed(phone: Granted, officer: Colleague) -> None:
    address = f"/thiet-bi/thu-hoi-het/?don-vi={QUY_NHON}"
    assert "Máy thử" in officer.client.get(address).content.decode()
    assert bearer(phone.token).get(ME).status_code == 200
    reply = officer.client.post("/thiet-bi/thu-hoi-het/", {"unit": QUY_NHON})
    assert reply.status_code == 302
    assert bearer(phone.token).get(ME).status_code == 401


def test_names_are_shown_as_text(officer: Colleague) -> None:
    typed = {
        "name": "<script>alert(1)</script>",
        "unit": QUY_NHON,
        "kind": "phone",
        "scope": "points.keep",
    }
    officer.client.post("/thiet-bi/them/", typed)
    assert "<script>alert" not in officer.client.get("/thiet-bi/").content.decode()
