"""Addresses of the accounts room."""

from vungxanh.accounts.views import own, start
from vungxanh.core.access import OPEN, SIGNED_IN, page

public_urls = [
    page("dang-nhap/", own.sign_in, name="sign-in", needs=OPEN),
    page("dang-xuat/", own.sign_out, name="sign-out", needs=OPEN),
    page("ngon-ngu/", own.choose_language, name="set_language", needs=OPEN),
    page("giao-dien/", own.choose_theme, name="theme", needs=OPEN),
    page("mat-do/", own.choose_density, name="density", needs=OPEN),
]
console_urls = [
    page("bat-dau/", start.start, name="start", needs=SIGNED_IN),
    page("tai-khoan/", own.account, name="account", needs=SIGNED_IN),
    page("tai-khoan/mat-khau/", own.change_password, name="account-password", needs=SIGNED_IN),
    page("can-bo/<uuid:staff_id>/", own.staff, name="staff", needs=SIGNED_IN),
]
