"""Addresses of the accounts room."""

from functools import partial

from vungxanh.accounts import views
from vungxanh.core.access import OPEN, SIGNED_IN, page
from vungxanh.core.preferences import LANGUAGE

public_urls = [
    page("dang-nhap/", views.sign_in, name="sign-in", needs=OPEN),
    page("dang-xuat/", views.sign_out, name="sign-out", needs=OPEN),
    page("ngon-ngu/", partial(views.choose, name=LANGUAGE), name="language", needs=OPEN),
    page("giao-dien/", partial(views.choose, name="vx_theme"), name="theme", needs=OPEN),
    page("mat-do/", partial(views.choose, name="vx_density"), name="density", needs=OPEN),
]
console_urls = [
    page("tai-khoan/", views.account, name="account", needs=SIGNED_IN),
    page("tai-khoan/mat-khau/", views.change_password, name="account-password", needs=SIGNED_IN),
    page("can-bo/<uuid:staff_id>/", views.staff, name="staff", needs=SIGNED_IN),
]
