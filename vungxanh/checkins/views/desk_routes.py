"""Addresses of officers' pages of points."""

from django.urls import URLPattern

from vungxanh.checkins.values.keepers import OWN
from vungxanh.checkins.views import (
    activity,
    desk,
    desk_declared,
    desk_devices,
    desk_keepers,
    desk_offers,
    desk_pairs,
    desk_point,
    own,
)
from vungxanh.core.access import page

SEE, MANAGE = "points.view", "points.manage"
ONE = "diem/<int:point_id>/"

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = [
    page("diem/", desk.points, name="checkins-points", needs=SEE),
    page("diem/danh-sach.<str:form>", desk.export, name="checkins-points_export", needs=SEE),
    page("diem/su-dung/", activity.activity, name="checkins-activity", needs=SEE),
    page("diem/su-dung.<str:form>", activity.export, name="checkins-activity_export", needs=SEE),
    page("diem/duyet/", desk.approve, name="checkins-points_approve", needs=MANAGE),
    page(
        "diem/duyet/hoan-tac/",
        desk.undo_approved,
        name="checkins-points_approve_undo",
        needs=MANAGE,
    ),
    page("diem/moi/", desk_point.new, name="checkins-point_new", needs=MANAGE),
    page("diem/trung/", desk_pairs.pairs, name="checkins-pairs", needs=SEE),
    page(
        "diem/trung/<int:first_id>/<int:second_id>/",
        desk_pairs.pair,
        name="checkins-pair",
        needs=SEE,
    ),
    page(ONE, desk_point.point, name="checkins-point", needs=SEE),
    page(f"{ONE}quyet-dinh/", desk_point.decide, name="checkins-point_decide", needs=MANAGE),
    page(f"{ONE}hoan-tac/", desk_point.undo, name="checkins-point_undo", needs=MANAGE),
    page(f"{ONE}sua/", desk_point.change, name="checkins-point_change", needs=MANAGE),
    page(f"{ONE}doi-ma/", desk_point.rotate, name="checkins-point_rotate", needs=MANAGE),
    page(
        f"{ONE}ma/<int:issue>/thu-hoi/",
        desk_point.revoke,
        name="checkins-point_revoke",
        needs=MANAGE,
    ),
    page(f"{ONE}chu-moi/", desk_offers.offer, name="checkins-point_offer", needs=MANAGE),
    page(f"{ONE}nguoi-truc/", desk_keepers.keepers, name="checkins-point_keepers", needs=MANAGE),
    page(
        f"{ONE}nguoi-truc/<uuid:keeper_id>/thoi/",
        desk_keepers.end,
        name="checkins-point_keeper_end",
        needs=MANAGE,
    ),
    page(
        f"{ONE}khai-bao/",
        desk_declared.declared_first,
        name="checkins-point_declared_first",
        needs=MANAGE,
    ),
    page(f"{ONE}may/", desk_devices.devices, name="checkins-point_devices", needs=MANAGE),
    page(
        f"{ONE}may/<uuid:device_id>/go/",
        desk_devices.end,
        name="checkins-point_device_end",
        needs=MANAGE,
    ),
    # Accounts of owners, keepers and organisations: their own points and premises alone.
    page("diem/cua-toi/", own.mine, name="checkins-own", needs=OWN),
    page(
        "diem/cua-toi/<int:point_id>/",
        desk_devices.own_point,
        name="checkins-own_point",
        needs=OWN,
    ),
    page(
        "diem/cua-toi/<int:point_id>/truc/",
        desk_devices.keep_here,
        name="checkins-own_keep_here",
        needs=OWN,
    ),
    page(
        "diem/cua-toi/<int:point_id>/may/<uuid:device_id>/go/",
        desk_devices.end_own,
        name="checkins-own_device_end",
        needs=OWN,
    ),
    page(
        "diem/cua-toi/<int:point_id>/bang-ma.pdf", own.poster, name="checkins-own_poster", needs=OWN
    ),
    page(f"{ONE}lien-he/", desk_point.contact, name="checkins-point_contact", needs="persons.view"),
]
