"""Addresses of care and contests, and what each needs."""

from vungxanh.core.access import SELF, page
from vungxanh.declarations.values.care import CORRECT, SEE
from vungxanh.declarations.views import care, contests

_CARE = "to-khai/<uuid:care_id>/"
_CONTESTS = "to-khai/khieu-nai/"
public_urls = [
    page(
        "khai/cua-toi/<uuid:declaration_id>/sai/",
        contests.ask,
        name="declarations-contest_ask",
        needs=SELF,
    )
]
console_urls = [
    page("to-khai/", care.listed, name="declarations-cares", needs=SEE),
    page(
        "to-khai/viec/<uuid:occurrence_id>/",
        care.of_duty,
        name="declarations-care_of_duty",
        needs=SEE,
    ),
    page(_CONTESTS, contests.listed, name="declarations-contests", needs=CORRECT),
    page(
        f"{_CONTESTS}viec/<uuid:occurrence_id>/",
        contests.of_duty,
        name="declarations-contest_of_duty",
        needs=CORRECT,
    ),
    page(
        f"{_CONTESTS}<uuid:contest_id>/", contests.one, name="declarations-contest", needs=CORRECT
    ),
    page(_CARE, care.one, name="declarations-care", needs=SEE),
]
