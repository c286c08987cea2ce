"""Addresses of citizens' own points."""

from django.urls import URLPattern

from vungxanh.checkins.views import (
    citizen_change,
    citizen_devices,
    citizen_keepers,
    citizen_offers,
    citizen_points,
    citizen_register,
)
from vungxanh.core.access import SELF, page

_ONE = "toi/diem/<str:code>/"
public_urls: list[URLPattern] = [
    page("toi/diem/", citizen_points.points, name="checkins-me", needs=SELF),
    page("toi/diem/moi/", citizen_register.new, name="checkins-me_new", needs=SELF),
    page("toi/diem/moi/bo/", citizen_register.drop, name="checkins-me_drop", needs=SELF),
    page("toi/diem/moi/<str:step>/", citizen_register.step, name="checkins-me_step", needs=SELF),
    page("toi/diem/truc/<str:code>/", citizen_keepers.kept, name="checkins-me_kept", needs=SELF),
    page(
        "toi/diem/truc/<str:code>/may/",
        citizen_devices.keep_here,
        name="checkins-me_keep_here",
        needs=SELF,
    ),
    page(_ONE, citizen_points.point, name="checkins-me_point", needs=SELF),
    page(f"{_ONE}nhan/", citizen_offers.offered, name="checkins-me_offer", needs=SELF),
    page(f"{_ONE}sua/", citizen_change.change, name="checkins-me_change", needs=SELF),
    page(f"{_ONE}cho/", citizen_change.place, name="checkins-me_place", needs=SELF),
    page(f"{_ONE}doi-ma/", citizen_points.rotate, name="checkins-me_rotate", needs=SELF),
    page(f"{_ONE}dong/", citizen_points.close, name="checkins-me_close", needs=SELF),
    page(f"{_ONE}nguoi-truc/", citizen_keepers.keepers, name="checkins-me_keepers", needs=SELF),
    page(
        f"{_ONE}nguoi-truc/<uuid:keeper_id>/thoi/",
        citizen_keepers.end,
        name="checkins-me_keeper_end",
        needs=SELF,
    ),
    page(f"{_ONE}may/", citizen_devices.devices, name="checkins-me_devices", needs=SELF),
    page(
        f"{_ONE}may/<uuid:device_id>/go/",
        citizen_devices.end,
        name="checkins-me_device_end",
        needs=SELF,
    ),
    page(f"{_ONE}mo-lai/", citizen_points.undo, name="checkins-me_undo", needs=SELF),
    page(f"{_ONE}ma/<int:entrance>/", citizen_points.code, name="checkins-me_code", needs=SELF),
]
console_urls: list[URLPattern] = []
