"""Addresses of the accounts room."""

from vungxanh.accounts.api import router
from vungxanh.accounts.views import devices, factors, own, own_device, proving, start
from vungxanh.core.access import OPEN, SIGNED_IN, page

public_urls = [
    page("dang-nhap/", own.sign_in, name="sign-in", needs=OPEN),
    page("dang-nhap/buoc-hai/", proving.second_step, name="second-step", needs=OPEN),
    page("dang-nhap/khoa/", proving.passkey_alone, name="sign-in-passkey", needs=OPEN),
    page("dang-xuat/", own.sign_out, name="sign-out", needs=OPEN),
    page("ngon-ngu/", own.choose_language, name="set_language", needs=OPEN),
    page("giao-dien/", own.choose_theme, name="theme", needs=OPEN),
    page("mat-do/", own.choose_density, name="density", needs=OPEN),
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
    page("can-bo/<uuid:staff_id>/", own.staff, name="staff", needs=SIGNED_IN),
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
]
api_urls = [("/staff-devices", router)]
