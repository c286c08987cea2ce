"""Printed cards that an officer makes for somebody without a phone: made, fetched, revoked."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.accounts import actions as accounts
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.people import actions
from vungxanh.people.actions.personal_codes import card_again
from vungxanh.people.models import Person
from vungxanh.people.overview.paper_cards import sheet
from vungxanh.people.queries.officers_person import person_for
from vungxanh.people.queries.own_codes import cards_of, name_of
from vungxanh.people.values import person_ref
from vungxanh.people.values.codes import CardLine


@never_cache
@require_http_methods(["GET", "POST"])
def cards(request: HttpRequest, person_id: int) -> HttpResponse:
    """The cards of somebody of the own area; `act` makes a new one or revokes one."""
    row = person_for(viewer_of(request), person_id, acting=True)
    if request.method != "POST":
        return redirect("people-person", person_id)
    looking, act = _looking(request, row), request.POST.get("act", "")
    if act == "print":
        _print(request, row, looking)
    if act == "revoke":
        _revoke(request, row, looking)
    lines = cards_of(row, clock.now())
    context = {
        "row": row,
        "name": name_of(row),
        "purpose": looking.purpose,
        "lines": lines,
        "living": _living(lines),
        "newest": lines[0].id if lines else "",
    }
    return render(request, "people/officers/cards.html", context)


@never_cache
@require_POST
def card_file(request: HttpRequest, person_id: int, card_id: UUID) -> HttpResponse:
    """One card that lives, as a PDF to print."""
    row = person_for(viewer_of(request), person_id, acting=True)
    _looking(request, row)
    at = clock.now()
    card = card_again(person_id=row.pk, card_id=card_id, at=at)
    had_former = len(cards_of(row, at)) > 1
    content = sheet(
        card=card,
        name=name_of(row),
        had_former=had_former,
        at=at,
        language=reader_language(),
    )
    name = f"the-giay-{row.pk}.pdf"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _looking(request: HttpRequest, row: Person) -> Viewer:
    """The viewer for the purpose that the person was opened for; each look is recorded."""
    return accounts.look(
        viewer=viewer_of(request),
        purpose=request.POST.get("purpose", ""),
        resource="printed_card",
        subject=person_ref(row.pk),
        at=clock.now(),
    )


def _print(request: HttpRequest, row: Person, looking: Viewer) -> None:
    """A new card, once: sent twice, the form still names the card before the first time."""
    lines = cards_of(row, clock.now())
    if request.POST.get("former", "") != (str(lines[0].id) if lines else ""):
        return
    actions.print_card(person_id=row.pk, by=looking, at=clock.now())
    if _living(lines):
        messages.success(request, _("Thẻ mới đã sẵn để tải và in. Thẻ trước đã hết dùng."))
    else:
        messages.success(request, _("Thẻ đã sẵn để tải và in."))


def _revoke(request: HttpRequest, row: Person, looking: Viewer) -> None:
    living = _living(cards_of(row, clock.now()))
    if living is None or str(living.id) != request.POST.get("card", ""):
        return
    if not actions.revoke_card(person_id=row.pk, card_id=living.id, by=looking, at=clock.now()):
        raise MissingError
    messages.success(request, _("Đã hủy thẻ. Ai quét thẻ này sẽ thấy báo đã hủy."))


def _living(lines: Sequence[CardLine]) -> CardLine | None:
    return next((one for one in lines if not one.is_revoked), None)
