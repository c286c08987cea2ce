"""Accounts of staff and what belongs to them: factors, sessions, invitations, devices, exports."""

import html
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.accounts.passkeys import Device
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from tests.factories.resource import NAME, People
from tests.security.attacks import FORMULA, PAYLOAD, SHORT_PAYLOAD
from tests.security.doors import Thing
from vungxanh.accounts import actions
from vungxanh.accounts.actions import devices
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import Role
from vungxanh.accounts.rules.devices import Kind
from vungxanh.accounts.values import Browser, Rights
from vungxanh.accounts.values.devices import NewDevice
from vungxanh.accounts.values.exports import ExportAsked, ExportForm
from vungxanh.accounts.values.glass import Breaking
from vungxanh.accounts.values.purposes import LegalBasis, PurposeSpec
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.refusals import Words

LISTED = People()  # the invented list that exports are made of, registered by the scene
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ENROL = "/tai-khoan/buoc-hai/khoa/"
LONG = 201  # more rows than one officer exports alone
REASON = f"Ca bệnh ở Quy Nhơn đã đến chợ An Nhơn, cần xem ngay {PAYLOAD[:60]}"


def things(owner: Colleague) -> list[Thing]:
    """What the owner and colleagues of Quy Nhơn have, under hostile names."""
    actions.load_purposes(by=SYSTEM, at=clock.now())
    Staff.objects.filter(pk=owner.staff.pk).update(name=SHORT_PAYLOAD)
    colleague = employed("colleague", Role("district_officer"), QUY_NHON)
    Staff.objects.filter(pk=colleague.staff.pk).update(name=SHORT_PAYLOAD)
    made: tuple[Callable[[Colleague, Colleague], list[Thing]], ...] = (
        _accounts,
        _factors,
        _invitations,
        _watched,
        _exports,
    )
    return [thing for make in made for thing in make(owner, colleague)]


def _accounts(owner: Colleague, colleague: Colleague) -> list[Thing]:
    """The owner's card, a session in another browser, a colleague whose telephone is lost."""
    browser = Browser("another browser of the owner", "127.0.0.1", PAYLOAD, "passkey")
    session = actions.start_session(staff=owner.staff, browser=browser, at=clock.now())
    _with_app(colleague.staff)
    asked = actions.ask_recovery(staff=colleague.staff, at=clock.now())
    return [
        Thing("/can-bo/", "staff_id", str(owner.staff.pk), is_secret=False),
        Thing("/tai-khoan/phien/", "session_id", str(session.pk)),
        Thing("/giup-dong-nghiep/", "recovery_id", str(asked.pk)),
    ]


def _factors(owner: Colleague, colleague: Colleague) -> list[Thing]:
    """An app and a passkey of the owner, the passkey with a hostile name."""
    app = _with_app(owner.staff)
    passkey = _with_passkey(owner)
    return [
        Thing("/tai-khoan/buoc-hai/<int:factor_id>/bo/", "factor_id", str(app)),
        Thing("/tai-khoan/buoc-hai/", "factor_id", str(passkey)),
    ]


def _invitations(owner: Colleague, colleague: Colleague) -> list[Thing]:
    """One waiting invitation; whoever holds its link may use it, wherever they are."""
    rights = Rights(roles=("tracer",), units=(QUY_NHON,))
    sent = actions.invite(
        email="invited@test.example", rights=rights, link=str, by=owner.viewer, at=clock.now()
    )
    return [
        Thing("/loi-moi/", "token", sent.link, is_secret=False, is_shared=True),
        Thing("/can-bo/loi-moi/", "invitation_id", str(sent.invitation_id)),
    ]


def _watched(owner: Colleague, colleague: Colleague) -> list[Thing]:
    """A device; broken glass of the colleague's; a purpose that another administrator proposed."""
    at = clock.now()
    new = NewDevice(SHORT_PAYLOAD, Kind.PHONE, "points.keep", QUY_NHON)
    device = devices.invite_device(new=new, by=owner.viewer, at=at)
    breaking = Breaking(unit=AN_NHON, reason=REASON, purpose="tracing", minutes=15)
    glass = actions.break_glass(breaking=breaking, by=colleague.viewer, at=at)
    second = employed("second", Role("admin"), PROVINCE)
    proposal = actions.propose_purpose(spec=_purpose(), by=second.viewer, at=at)
    return [
        Thing("/thiet-bi/", "device_id", str(device.device_id)),
        Thing("/mo-khan-cap/xem-lai/", "glass_id", str(glass)),
        Thing("/muc-dich/", "proposal_id", str(proposal), is_secret=False, is_shared=True),
    ]


def _purpose() -> PurposeSpec:
    today = clock.today()
    basis = LegalBasis(PAYLOAD[:100], PAYLOAD[:60], date(2025, 6, 26))
    words = Words(SHORT_PAYLOAD, SHORT_PAYLOAD)
    return PurposeSpec("food_help", words, basis, today, today + timedelta(days=60))


def _exports(owner: Colleague, colleague: Colleague) -> list[Thing]:
    """A file of the owner's, one approved, and a long one of the colleague's that waits."""
    LISTED.first_cell = FORMULA
    ready, approved, waiting = (
        _asked(owner, "short", 3),
        _asked(owner, "long", LONG),
        _asked(colleague, "waiting", LONG),
    )
    actions.decide_export(export_id=approved, approve=True, by=colleague.viewer, at=clock.now())
    ends = {"tep": ready, "lap": approved, "duyet": waiting}
    return [
        Thing(f"/xuat-danh-sach/<uuid:export_id>/{end}/", "export_id", str(one))
        for end, one in ends.items()
    ]


def _asked(by: Colleague, list_id: str, n: int) -> UUID:
    LISTED.open_list(list_id, by.viewer, n)
    asked = ExportAsked(NAME, list_id, "tracing", ExportForm.XLSX)
    return actions.ask_export(asked=asked, language="vi", by=by.viewer, at=clock.now())


def _with_app(staff: Staff) -> int:
    """Give somebody an authenticator app; returns its id."""
    then = clock.now() - timedelta(days=1)
    actions.add_app(staff=staff, secret=SECRET, code=code_at(then), at=then)
    actions.make_recovery_codes(staff=staff, at=then)
    return int(Authenticator.objects.get(user=staff, type="totp").pk)


def code_at(at: datetime) -> str:
    """What the authenticator apps of this scene show."""
    return str(format_hotp_value(hotp_value(SECRET, int(at.timestamp()) // 30)))


def _with_passkey(owner: Colleague) -> int:
    """Enrol a passkey as a browser does; returns its id."""
    here = {"host": "localhost"}
    page = owner.client.get(ENROL, headers=here).content.decode()
    asked = re.search(r'data-vx-options="([^"]+)"', page)
    assert asked
    said = {"name": SHORT_PAYLOAD, "answer": Device().made(html.unescape(asked[1]))}
    owner.client.post(ENROL, said, headers=here)
    return int(Authenticator.objects.get(user=owner.staff, type="webauthn").pk)
