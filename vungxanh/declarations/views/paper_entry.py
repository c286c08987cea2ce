"""Sheets of paper entered by keyboard: a pile, sheet after sheet, then the pile is checked."""

from datetime import datetime, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions.entering import begin_pile, enter_sheet, must_be_free
from vungxanh.declarations.actions.numbering import number_sheets
from vungxanh.declarations.actions.taking_back import undo_sheet
from vungxanh.declarations.forms.keyed import person_of, read_typed, typed_of
from vungxanh.declarations.forms.piles import PileForm
from vungxanh.declarations.models import Pile
from vungxanh.declarations.queries.paper import (
    entered_since,
    own_piles,
    pile_lines,
    pile_of,
    questionnaire_of,
    version_of,
    versions_in_use,
)
from vungxanh.declarations.rules.paper import shown_number
from vungxanh.declarations.values.paper import TypedSheet
from vungxanh.declarations.views.paper_shown import Fields, lines_shown, purposes, titles
from vungxanh.engines.forms import AnswersError
from vungxanh.people.actions.looking_up import same_persons
from vungxanh.refusals import RefusalError

NEW = "0"


@never_cache
@require_http_methods(["GET", "POST"])
def piles(request: HttpRequest) -> HttpResponse:
    """Begin a pile: which form, what for, where the paper lies; and the own piles of today."""
    by, at = viewer_of(request), clock.now()
    versions = versions_in_use()
    form = PileForm(request.POST or None, purposes=purposes(), forms=titles(versions))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        version = version_of(typed["form"])
        pile_id = begin_pile(
            version=version, purpose=typed["purpose"], lies_at=typed["lies_at"], by=by, at=at
        )
        return redirect("declarations-entry", pile_id)
    context = {
        "form": form,
        "piles": own_piles(by, since=_midnight(at)),
        "n_today": entered_since(by, _midnight(at)),
        "versions": versions,
    }
    status = REFUSED_INPUT if form.errors else 200
    return render(request, "declarations/paper/piles.html", context, status=status)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pile_id: UUID) -> HttpResponse:
    """A blank sheet; sent, it is kept and the next blank one comes at once."""
    by, at = viewer_of(request), clock.now()
    pile = pile_of(pile_id, by=by)
    form = questionnaire_of(pile.questionnaire)
    fields = Fields(form, reader_language())
    if request.method != "POST":
        return _page(request, pile, fields)
    if "renumber" in request.POST:
        fields.number = number_sheets(version=pile.questionnaire, n=1)[0]
    return _entered(request, pile, fields, at=at)


@never_cache
@sensitive_post_parameters()
@require_POST
def who(request: HttpRequest, pile_id: UUID) -> HttpResponse:
    """Who of the register may be meant by what is typed so far; a fragment."""
    by, at = viewer_of(request), clock.now()
    pile = pile_of(pile_id, by=by)
    form = questionnaire_of(pile.questionnaire)
    answers, _unread = read_typed(
        form, typed_of(form, _texts(request)), on=clock.today(), held=by.units
    )
    new = person_of(answers)
    try:
        found = same_persons(person=new, purpose=pile.purpose, by=by, at=at) if new else ()
    except RefusalError:
        found = ()
    return render(request, "declarations/paper/_who.html", {"lines": lines_shown(found)})


@never_cache
@require_http_methods(["GET", "POST"])
def pile(request: HttpRequest, pile_id: UUID) -> HttpResponse:
    """What was entered of a pile, to be checked against the paper; a sheet taken back."""
    by, at = viewer_of(request), clock.now()
    found = pile_of(pile_id, by=by)
    status = 200
    if request.method == "POST":
        try:
            undo_sheet(pile=found, sheet_id=_uuid(request.POST), by=by, at=at)
            messages.success(request, _("Đã bỏ tờ này. Số tờ nhập lại được."))
            return redirect("declarations-pile", pile_id)
        except RefusalError as refusal:
            messages.error(request, refusal.words.in_language(reader_language()))
            status = status_of(refusal)
    context = {"pile": found, "lines": pile_lines(found, at=at)}
    return render(request, "declarations/paper/pile.html", context, status=status)


def _entered(request: HttpRequest, pile: Pile, fields: Fields, *, at: datetime) -> HttpResponse:
    """Keep the sheet, or the page again with what is wrong and who may be meant."""
    by, texts = viewer_of(request), _texts(request)
    signed_on = fields.take(texts, today=at.astimezone(clock.TZ).date(), held=by.units)
    try:
        must_be_free(pile=pile, typed=fields.number)
    except RefusalError as refusal:
        fields.refuse("number", refusal)
    if fields.is_wrong or "renumber" in request.POST:
        return _page(request, pile, fields, status=REFUSED_INPUT)
    found = _found(pile, fields, by=by, at=at)
    if found is None:
        return _page(request, pile, fields, status=REFUSED_INPUT)
    sheet = TypedSheet(
        number=fields.number,
        answers=fields.answers,
        signed_on=signed_on,
        person=found or None,
        new=None if found else person_of(fields.answers),
    )
    try:
        kept = enter_sheet(pile=pile, sheet=sheet, by=by, at=at)
    except AnswersError as wrong:
        fields.blame(wrong.faults)
        return _page(request, pile, fields, status=REFUSED_INPUT)
    except RefusalError as refusal:
        fields.refuse("number", refusal)
        return _page(request, pile, fields, status=status_of(refusal))
    done = _("Đã lưu tờ %(number)s.") % {"number": shown_number(kept.number)}
    if kept.is_ill:
        messages.warning(request, f"{done} " + _("Có dấu hiệu bệnh: trạm y tế đã nhận việc gọi."))
    else:
        messages.success(request, done)
    return redirect("declarations-entry", pile.pk)


def _found(pile: Pile, fields: Fields, *, by: Viewer, at: datetime) -> int | None:
    """The person who was chosen, 0 for somebody new; None while it has to be chosen."""
    new = person_of(fields.answers)
    if new is None:
        fields.must_be_said("name")
        return None
    try:
        lines = same_persons(person=new, purpose=pile.purpose, by=by, at=at)
    except RefusalError as refusal:
        fields.refuse(_FIELDS.get(refusal.field or "", "number"), refusal)
        return None
    if not lines or fields.chosen == NEW:
        return 0
    fields.lines = lines_shown(lines)
    if fields.chosen.isdecimal() and 0 < int(fields.chosen) <= len(lines):
        return lines[int(fields.chosen) - 1].id
    return None


def _page(request: HttpRequest, pile: Pile, fields: Fields, *, status: int = 200) -> HttpResponse:
    by, at = viewer_of(request), clock.now()
    context = {
        "pile": pile,
        "fields": fields,
        "title": fields.title,
        "n_pile": pile.sheets.filter(undone_at__isnull=True).count(),
        "n_today": entered_since(by, _midnight(at)),
    }
    return render(request, "declarations/paper/entry.html", context, status=status)


_FIELDS = {"phone": "q-phone", "birth": "q-birth_year", "paper": "q-paper", "name": "q-name"}


def _texts(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(clock.TZ).date(), time(), clock.TZ)


def _uuid(sent: QueryDict) -> UUID:
    try:
        return UUID(sent.get("sheet", ""))
    except ValueError as wrong:
        raise MissingError from wrong
