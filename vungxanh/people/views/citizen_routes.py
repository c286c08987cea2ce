"""Addresses of a citizen's own pages."""

from vungxanh.core.access import OPEN, SELF, page
from vungxanh.people.views import citizen, citizen_family, citizen_own, citizen_phone

public_urls = [
    page("toi/bat-dau/", citizen.start, name="people-me_start", needs=OPEN),
    page("toi/", citizen.home, name="people-me", needs=SELF),
    page("toi/cua-toi/", citizen.own, name="people-me_own", needs=SELF),
    page("toi/dien-thoai/", citizen_phone.ask, name="people-me_phone", needs=SELF),
    page("toi/dien-thoai/ma/", citizen_phone.answer, name="people-me_phone_code", needs=SELF),
    page(
        "toi/dien-thoai/gui-lai/",
        citizen_phone.ask_again,
        name="people-me_phone_again",
        needs=SELF,
    ),
    page("toi/dien-thoai/xong/", citizen_phone.done, name="people-me_phone_done", needs=SELF),
    page("toi/noi-o/", citizen_phone.residence, name="people-me_residence", needs=SELF),
    page("toi/thong-tin/", citizen_own.particulars, name="people-me_particulars", needs=SELF),
    page(
        "toi/thong-tin/sua/",
        citizen_own.change,
        name="people-me_particulars_change",
        needs=SELF,
    ),
    page("toi/thong-tin/giay-to/", citizen_own.add_paper, name="people-me_paper_add", needs=SELF),
    page(
        "toi/thong-tin/giay-to/<int:document_id>/bo/",
        citizen_own.forget_paper,
        name="people-me_paper_forget",
        needs=SELF,
    ),
    page("toi/gia-dinh/", citizen_family.family, name="people-me_family", needs=SELF),
    page("toi/gia-dinh/them/", citizen_family.add, name="people-me_family_add", needs=SELF),
    page(
        "toi/gia-dinh/<int:dependant_id>/",
        citizen_family.change,
        name="people-me_family_change",
        needs=SELF,
    ),
    page(
        "toi/gia-dinh/<int:dependant_id>/bo/",
        citizen_family.remove,
        name="people-me_family_remove",
        needs=SELF,
    ),
    page("toi/roi-di/", citizen.leave, name="people-me_leave", needs=SELF),
]
