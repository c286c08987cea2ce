"""Who has to declare in an area and how many did; whom to oblige, and until when."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.actions.obliging import ObligationError, add_obligation, end_obligation
from vungxanh.declarations.forms.obligations import EVERY_WORDS, ObligationForm
from vungxanh.declarations.queries.form_names import form_names, names_in_use
from vungxanh.declarations.queries.obligations import Compliance, obligations_in
from vungxanh.declarations.queries.placing import below
from vungxanh.declarations.values.figures import FORMS
from vungxanh.declarations.views.figures import scope_asked
from vungxanh.documents import vietnamese
from vungxanh.engines.coverage.ratios import share_percent
from vungxanh.locations.values import registry

_TEMPLATE = "declarations/figures/obligations.html"


@require_GET
def obligations(request: HttpRequest) -> HttpResponse:
    """Each obligation of an area with how many declared in its window, and of how many."""
    viewer, scope, today = viewer_of(request), scope_asked(request), _today()
    names = form_names(reader_language())
    found = obligations_in(viewer.units, scope.id, on=today)
    return render(
        request,
        _TEMPLATE,
        {
            "unit": scope,
            "today": today,
            "rows": [(one, *_words(one, names)) for one in found],
            "may_add": viewer.may(FORMS),
            "crumbs": _crumbs(),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Oblige a group of the own area."""
    viewer, scope = viewer_of(request), scope_asked(request)
    form = ObligationForm(
        request.POST or None,
        units=[(one.id, one.name) for one in (scope, *below(scope.id))],
        known=names_in_use(reader_language()),
        initial={"starts_on": _today(), "unit_id": scope.id},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                add_obligation(new=form.new(), by=viewer, at=clock.now())
            except ObligationError as refused:
                form.add_error(refused.field or None, refused.words.in_language(reader_language()))
            else:
                messages.success(request, _("Đã ghi nghĩa vụ khai báo."))
                return redirect(_list(form.cleaned_data["unit_id"]))
    context = {"unit": scope, "form": form, "crumbs": _crumbs(scope.id)}
    return render(request, "declarations/figures/obligation_add.html", context, status=status)


@require_POST
def end(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """Let an obligation end today."""
    viewer = viewer_of(request)
    end_obligation(obligation_id=obligation_id, last_on=_today(), by=viewer, at=clock.now())
    messages.success(request, _("Nghĩa vụ kết thúc sau hôm nay."))
    return redirect(_list(request.POST.get("dia-ban", "")[:40]))


def _words(one: Compliance, names: dict[str, str]) -> tuple[str, str, str, str]:
    """The form, how often, the unit, the share; no share where no base is known."""
    share = share_percent(one.n_declared, one.base.n) if one.base else None
    return (
        names.get(one.form, one.form),
        str(EVERY_WORDS[one.every]),
        registry().unit(one.unit_id).name,
        "" if share is None else vietnamese.share_percent(share, reader_language()),
    )


def _today() -> date:
    return clock.now().astimezone(clock.TZ).date()


def _list(unit_id: str) -> str:
    return f"{reverse('declarations-obligations')}?dia-ban={registry().unit(unit_id).id}"


def _crumbs(unit_id: str = "") -> list[dict[str, str]]:
    last = _("Nghĩa vụ khai báo")
    own = {"label": last, "url": _list(unit_id) if unit_id else ""}
    return [
        {"label": _("Số liệu khai báo"), "url": reverse("declarations-figures")},
        own,
        *([{"label": _("Thêm nghĩa vụ"), "url": ""}] if unit_id else []),
    ]
