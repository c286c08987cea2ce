"""Addresses of the accounts room."""

from vungxanh.accounts.api import router
from vungxanh.accounts.values.exports import APPROVE, EXPORT
from vungxanh.accounts.values.glass import BREAK, REVIEW
from vungxanh.accounts.values.purposes import MANAGE
from vungxanh.accounts.views import (
    devices,
    exports,
    factors,
    glass,
    invitations,
    own,
    own_device,
    proving,
    purposes,
    recovery,
    sessions,
    staff,
    start,
    transparency,
)
from vungxanh.core.access import OPEN, SIGNED_IN, page

KEEP = "accounts.manage"

public_urls = [
    page("dang-nhap/", own.sign_in, name="sign-in", needs=OPEN),
    # Under this name django-allauth looks for the page that a sign-in waits on.
    page("dang-nhap/buoc-hai/", proving.second_step, name="mfa_authenticate", needs=OPEN),
    page("dang-nhap/khoa/", proving.passkey_alone, name="sign-in-passkey", needs=OPEN),
    page("dang-xuat/", own.sign_out, name="sign-out", needs=OPEN),
    page("doi-nguoi-dung/", sessions.switch, name="switch-user", needs=OPEN),
    page("mat-buoc-hai/", recovery.ask, name="recovery-ask", needs=OPEN),
    page("loi-moi/<str:token>/", invitations.accept, name="invitation", needs=OPEN),
    page("ngon-ngu/", own.choose_language, name="set_language", needs=OPEN),
    page("giao-dien/", own.choose_theme, name="theme", needs=OPEN),
    page("mat-do/", own.choose_density, name="density", needs=OPEN),
    page("minh-bach/", transparency.transparency, name="transparency", needs=OPEN),
    page("thiet-bi/nhan/", own_device.enrol, name="device-enrol", needs=OPEN),
    page("thiet-bi/may/", own_device.own, name="device-own", needs=OPEN),
    page("thiet-bi/may/bo/", own_device.leave, name="device-leave", needs=OPEN),
]
console_urls = [
    page("bat-dau/", start.start, name="start", needs=SIGNED_IN),
    page("tai-khoan/", own.account, name="account", needs=SIGNED_IN),
    page("tai-khoan/mat-khau/", own.change_password, name="account-password", needs=SIGNED_IN),
    page("tai-khoan/xac-nhan/", proving.confirm, name="confirm", needs=SIGNED_IN),
    page("tai-khoan/buoc-hai/", factors.factors, name="factors", needs=SIGNED_IN),
    page("tai-khoan/buoc-hai/ung-dung/", factors.app, name="factor-app", needs=SIGNED_IN),
    page("tai-khoan/buoc-hai/khoa/", factors.passkey, name="factor-passkey", needs=SIGNED_IN),
    page(
        "tai-khoan/buoc-hai/ma-du-phong/",
        factors.recovery_codes,
        name="recovery-codes",
        needs=SIGNED_IN,
    ),
    page(
        "tai-khoan/buoc-hai/<int:factor_id>/ten/",
        factors.name,
        name="factor-name",
        needs=SIGNED_IN,
    ),
    page(
        "tai-khoan/buoc-hai/<int:factor_id>/bo/",
        factors.removal,
        name="factor-removal",
        needs=SIGNED_IN,
    ),
    page("tai-khoan/phien/", sessions.sessions, name="sessions", needs=SIGNED_IN),
    page("tai-khoan/phien/khac/", sessions.end_others, name="sessions-others", needs=SIGNED_IN),
    page("tai-khoan/phien/<uuid:session_id>/", sessions.end, name="session-end", needs=SIGNED_IN),
    page("giup-dong-nghiep/", recovery.listing, name="recovery-requests", needs=SIGNED_IN),
    page("giup-dong-nghiep/<uuid:recovery_id>/", recovery.vouch, name="recovery", needs=SIGNED_IN),
    page(
        "giup-dong-nghiep/<uuid:recovery_id>/bo/",
        recovery.drop,
        name="recovery-drop",
        needs=SIGNED_IN,
    ),
    page("can-bo/", staff.listing, name="staff-list", needs=KEEP),
    page("can-bo/<uuid:staff_id>/", staff.one, name="staff", needs=SIGNED_IN),
    page("can-bo/<uuid:staff_id>/sua/", staff.change, name="staff-change", needs=KEEP),
    page("can-bo/<uuid:staff_id>/khoa/", staff.lock, name="staff-lock", needs=KEEP),
    page("can-bo/<uuid:staff_id>/mo-khoa/", staff.unlock, name="staff-unlock", needs=KEEP),
    page("can-bo/<uuid:staff_id>/phien/", sessions.end_of_staff, name="staff-sessions", needs=KEEP),
    page("can-bo/moi/", invitations.invite, name="staff-invite", needs=KEEP),
    page("can-bo/loi-moi/", invitations.listing, name="invitations", needs=KEEP),
    page(
        "can-bo/loi-moi/<uuid:invitation_id>/gui-lai/",
        invitations.resend,
        name="invitation-resend",
        needs=KEEP,
    ),
    page(
        "can-bo/loi-moi/<uuid:invitation_id>/thu-hoi/",
        invitations.withdraw,
        name="invitation-withdraw",
        needs=KEEP,
    ),
    page("thiet-bi/", devices.device_list, name="devices", needs="devices.manage"),
    page("thiet-bi/them/", devices.add, name="device-add", needs="devices.manage"),
    page(
        "thiet-bi/thu-hoi-het/",
        devices.revoke_all,
        name="device-revoke-all",
        needs="devices.manage",
    ),
    page(
        "thiet-bi/<uuid:device_id>/ma-moi/",
        devices.renew,
        name="device-renew",
        needs="devices.manage",
    ),
    page(
        "thiet-bi/<uuid:device_id>/thu-hoi/",
        devices.revoke,
        name="device-revoke",
        needs="devices.manage",
    ),
    page("mo-khan-cap/", glass.break_glass, name="glass", needs=BREAK),
    page("mo-khan-cap/dong/", glass.close, name="glass-close", needs=BREAK),
    page("mo-khan-cap/xem-lai/", glass.review, name="glass-review", needs=REVIEW),
    page("mo-khan-cap/xem-lai/<uuid:glass_id>/", glass.settle, name="glass-settle", needs=REVIEW),
    page("muc-dich/", purposes.listed, name="purposes", needs=MANAGE),
    page("muc-dich/ngay-cuoi/", purposes.last_day, name="purposes-last-day", needs=MANAGE),
    page("muc-dich/<uuid:proposal_id>/", purposes.decide, name="purposes-decide", needs=MANAGE),
    page("xuat-danh-sach/", exports.exports, name="person-exports", needs=EXPORT),
    page("xuat-danh-sach/duyet/", exports.approvals, name="person-exports-approve", needs=APPROVE),
    page(
        "xuat-danh-sach/<uuid:export_id>/duyet/",
        exports.decide,
        name="person-exports-decide",
        needs=APPROVE,
    ),
    page(
        "xuat-danh-sach/<uuid:export_id>/lap/",
        exports.make,
        name="person-exports-make",
        needs=EXPORT,
    ),
    page(
        "xuat-danh-sach/<uuid:export_id>/tep/",
        exports.download,
        name="person-exports-file",
        needs=EXPORT,
    ),
]
api_urls = [("/staff-devices", router)]
