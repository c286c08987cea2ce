"""Addresses of the register; `locations/urls.py` hangs them in."""

from vungxanh.core.access import OPEN, page
from vungxanh.locations.admin import lists, reading, writing
from vungxanh.locations.values.organisations import MAY_WRITE

ONE = "to-chuc/<uuid:organisation_id>/"
LIST = "to-chuc/nhap/<uuid:import_id>/"

public_urls = [
    page("to-chuc/", reading.organisations, name="locations-organisations", needs=OPEN),
    page("to-chuc/gan/", reading.nearest, name="locations-nearest", needs=OPEN),
    page(
        "to-chuc/danh-sach.<str:form>",
        reading.export,
        name="locations-organisations_export",
        needs=OPEN,
    ),
    page(ONE, reading.organisation, name="locations-organisation", needs=OPEN),
]

console_urls = [
    page("to-chuc/them/", writing.add, name="locations-organisation_add", needs=MAY_WRITE),
    page("to-chuc/sap-nhap/", writing.merge, name="locations-organisations_merge", needs=MAY_WRITE),
    page(f"{ONE}sua/", writing.change, name="locations-organisation_change", needs=MAY_WRITE),
    page(f"{ONE}dong/", writing.close, name="locations-organisation_close", needs=MAY_WRITE),
    page(f"{ONE}hoan-tac/", writing.undo, name="locations-organisation_undo", needs=MAY_WRITE),
    page("to-chuc/nhap/", lists.bring, name="locations-organisations_bring", needs=MAY_WRITE),
    page(LIST, lists.preview, name="locations-organisations_preview", needs=MAY_WRITE),
    page(f"{LIST}nhan/", lists.accept, name="locations-organisations_accept", needs=MAY_WRITE),
    page(f"{LIST}bo/", lists.drop, name="locations-organisations_drop", needs=MAY_WRITE),
    page(f"{LIST}hoan-tac/", lists.undo, name="locations-organisations_undo", needs=MAY_WRITE),
]
