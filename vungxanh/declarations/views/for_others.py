"""Declaring for somebody: an officer finds them, then declares with them or sends a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.accounts.actions.purposes import for_purpose
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.address import public_address
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions.linking import send_link
from vungxanh.declarations.actions.saying_for import declare_for
from vungxanh.declarations.forms.for_others import WhomForm
from vungxanh.declarations.queries.forms import published
from vungxanh.declarations.queries.paper import versions_in_use
from vungxanh.declarations.values.links import AgreeFirstError
from vungxanh.declarations.views.paper_shown import Fields, lines_shown, purposes, titles
from vungxanh.engines.forms import AnswersError
from vungxanh.people.actions.looking_up import look_up
from vungxanh.people.queries.officers_person import person_for
from vungxanh.people.values.looking import LookUp
from vungxanh.refusals import RefusalError


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def whom(request: HttpRequest) -> HttpResponse:
    """First the purpose, then whom; what was typed never stands in an address."""
    by, at = viewer_of(request), clock.now()
    offered = titles(versions_in_use())
    form = WhomForm(request.POST or None, purposes=purposes(), forms=offered)
    if request.method != "POST" or not form.is_valid():
        status = REFUSED_INPUT if form.errors else 200
        return render(request, "declarations/for/whom.html", {"form": form}, status=status)
    typed = form.cleaned_data
    asked = LookUp(form.way(), typed["text"], typed["purpose"])
    try:
        answer = look_up(asked=asked, by=by, at=at)
    except RefusalError as refusal:
        form.add_error("text", refusal.words.in_language(reader_language()))
        context = {"form": form}
        return render(request, "declarations/for/whom.html", context, status=status_of(refusal))
    found: dict[str, object] = {
        "form": form,
        "lines": lines_shown(answer.lines),
        "asked": True,
        "purpose": typed["purpose"],
        "code": typed["form"],
    }
    return render(request, "declarations/for/whom.html", found)


@never_cache
@sensitive_post_parameters()
@require_POST
def declare(request: HttpRequest, person_id: int) -> HttpResponse:
    """The form for somebody of the own area, identity known; sent, it is kept."""
    looking = _looking(request)
    person_for(looking, person_id, acting=True)
    form = published(request.POST.get("form", ""))
    fields = Fields(form, reader_language(), with_identity=False)
    if "send" not in request.POST:
        return _page(request, person_id, fields)
    texts = {name: str(value) for name, value in request.POST.items()}
    fields.take(texts, today=clock.today(), held=looking.units)
    if "agree" not in request.POST:
        fields.refuse("agree", AgreeFirstError())
    if fields.is_wrong:
        return _page(request, person_id, fields, status=REFUSED_INPUT)
    try:
        told = declare_for(
            person_id=person_id,
            name=form.name,
            answers=fields.answers,
            by=looking,
            at=clock.now(),
        )
    except AnswersError as wrong:
        fields.blame(wrong.faults)
        return _page(request, person_id, fields, status=REFUSED_INPUT)
    if told.is_ill:
        messages.warning(request, _("Đã khai hộ. Có dấu hiệu bệnh: trạm y tế đã nhận việc gọi."))
    else:
        messages.success(request, _("Đã khai hộ."))
    return redirect("declarations-for")


@never_cache
@require_POST
def link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Send somebody a link by SMS."""
    looking = _looking(request)
    form = published(request.POST.get("form", ""))
    try:
        send_link(
            person_id=person_id,
            form=form.id,
            office=_("Trạm y tế"),
            site=public_address(request),
            by=looking,
            at=clock.now(),
        )
        messages.success(
            request, _("Đã gửi liên kết bằng một tin nhắn. Dùng một lần, trong 7 ngày.")
        )
    except MissingError:
        raise
    except RefusalError as refusal:
        messages.error(request, refusal.words.in_language(reader_language()))
    return redirect("declarations-for")


def _looking(request: HttpRequest) -> Viewer:
    return for_purpose(viewer_of(request), request.POST.get("purpose", ""), clock.now())


def _page(
    request: HttpRequest, person_id: int, fields: Fields, *, status: int = 200
) -> HttpResponse:
    context = {
        "fields": fields,
        "title": fields.title,
        "person_id": person_id,
        "purpose": request.POST.get("purpose", ""),
        "code": fields.form.id,
    }
    return render(request, "declarations/for/declare.html", context, status=status)
