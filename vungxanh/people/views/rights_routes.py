"""Addresses of rights: a citizen's own pages, officers' and auditors' pages."""

from vungxanh.accounts.values.purposes import MANAGE
from vungxanh.core.access import SELF, page
from vungxanh.people.queries.proofs import CAPABILITY
from vungxanh.people.values.rights import REQUESTS
from vungxanh.people.views import bases, rights, rights_staff

public_urls = [
    page("toi/luu-giu/", rights.kept, name="people-me_kept", needs=SELF),
    page("toi/ai-da-xem/", rights.looks, name="people-me_looks", needs=SELF),
    page("toi/tai-ve/", rights.download, name="people-me_download", needs=SELF),
    page("toi/dong-y/", rights.consents, name="people-me_consents", needs=SELF),
    page("toi/yeu-cau/", rights.requests, name="people-me_requests", needs=SELF),
    page(
        "toi/yeu-cau/<uuid:request_id>/rut/", rights.drop, name="people-me_request_drop", needs=SELF
    ),
    page("toi/xoa/", rights.delete, name="people-me_delete", needs=SELF),
]
console_urls = [
    page("nguoi/yeu-cau/", rights_staff.requests, name="people-requests", needs=REQUESTS),
    page(
        "nguoi/yeu-cau/<uuid:request_id>/", rights_staff.one, name="people-request", needs=REQUESTS
    ),
    page("can-cu-xu-ly/", bases.listed, name="people-bases", needs=MANAGE),
    page("can-cu-xu-ly/<uuid:basis_id>/", bases.decide, name="people-basis", needs=MANAGE),
    page("xoa/", rights_staff.proofs, name="people-proofs", needs=CAPABILITY),
]
