"""Addresses of the accounts room."""

from vungxanh.accounts import views
from vungxanh.core.access import OPEN, SIGNED_IN, page

public_urls = [
    page("dang-nhap/", views.sign_in, name="sign-in", needs=OPEN),
    page("dang-xuat/", views.sign_out, name="sign-out", needs=OPEN),
    page("ngon-ngu/", views.choose_language, name="set_language", needs=OPEN),
    page("giao-dien/", views.choose_theme, name="theme", needs=OPEN),
    page("mat-do/", views.choose_density, name="density", needs=OPEN),
]
console_urls = [
    page("tai-khoan/", views.account, name="account", needs=SIGNED_IN),
    page("tai-khoan/mat-khau/", views.change_password, name="account-password", needs=SIGNED_IN),
    page("can-bo/<uuid:staff_id>/", views.staff, name="staff", needs=SIGNED_IN),
]
