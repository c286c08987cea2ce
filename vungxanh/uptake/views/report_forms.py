"""Pages of report forms: those in use, one of them, made without code, renewed, ended; its file."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import pages_of
from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.formats import Format
from vungxanh.documents.printed import PrintedAnnex
from vungxanh.locations.values import Level
from vungxanh.refusals import RefusalError
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.exports.report_form import FORMATS, form_annex, form_file
from vungxanh.uptake.forms.figures import typed_date
from vungxanh.uptake.forms.report_forms import LEVELS, Editor, VersionForm
from vungxanh.uptake.models import ReportForm
from vungxanh.uptake.queries.reporting import forms as queries
from vungxanh.uptake.rules.columns import ColumnRole, columns_of, wire_of
from vungxanh.uptake.values.reporting import FORMS, NewForm
from vungxanh.uptake.views.report_forms_shown import column_words, new_form_of, said

ENDED, SAVE = "da-ngung", "luu"
"""What the address and the button say."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A form that is being made: what is typed, from which day on, and of which form it is new."""

    editor: Editor
    former: ReportForm | None = None
    version: VersionForm | None = None

    @property
    def is_valid(self) -> bool:
        """Whether all of it may be kept."""
        version = self.version is None or self.version.is_valid()
        return self.editor.is_valid and version


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Forms in use, those that ended, and those that come with the house."""
    viewer, has_ended = viewer_of(request), request.GET.get("xem") == ENDED
    found = queries.forms_of(has_ended=has_ended, viewer=viewer, at=clock.now())
    context = {
        "rows": [(one, LEVELS[Level(one.form.level)]) for one in found],
        "has_ended": has_ended,
        "views": [
            {"label": _("Đang dùng"), "url": "?", "current": not has_ended},
            {"label": _("Đã ngừng"), "url": f"?xem={ENDED}", "current": has_ended},
        ],
        "makes": viewer.may(FORMS),
        "ready": queries.ready_forms() if viewer.may(FORMS) and not has_ended else (),
    }
    return render(request, "uptake/report_forms/list.html", context)


@never_cache
@require_safe
def one(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """One form: its columns, the paper, and who reports on it, area by area."""
    viewer, at = viewer_of(request), clock.now()
    form = _visible(form_id, viewer)
    is_over = form.ended_at is not None and form.ended_at <= at
    context = {
        "form": form,
        "crumbs": crumbs(form.number or form.title),
        "level": LEVELS[Level(form.level)],
        "columns": [column_words(column) for column in columns_of(form.columns)],
        "paper": paper_of(form),
        "maker": queries.maker_of(form),
        "next": queries.next_version(form),
        "is_over": is_over,
        "copies": viewer.may(FORMS),
        "changes": viewer.may(FORMS) and form.ended_at is None,
        "ends_reporters": viewer.may(FORMS) and (is_over or form.ended_at is None),
        **_reporters(request, form, viewer=viewer, at=at),
    }
    return render(request, "uptake/report_forms/form.html", context)


def _reporters(
    request: HttpRequest, form: ReportForm, *, viewer: Viewer, at: datetime
) -> dict[str, object]:
    """Who reports on it, a page of them: those that do, or those that ended."""
    has_ended, number = request.GET.get("xem") == ENDED, request.GET.get("trang", 1)
    found = queries.reporters_of(form, viewer=viewer, at=at, page=number, has_ended=has_ended)
    return {
        "reporters": found,
        "has_ended": has_ended,
        "views": [
            {"label": _("Đang báo cáo"), "url": "?#dau-moi", "current": not has_ended},
            {"label": _("Đã ngừng"), "url": f"?xem={ENDED}#dau-moi", "current": has_ended},
        ],
        **pages_of(found, {"xem": ENDED if has_ended else ""}),
    }


@never_cache
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a form without code: from nothing, from one that comes with the house, or of another."""
    desk = Desk(_editor(request, _start(request.GET.get("tu", ""), viewer_of(request))))
    if request.POST.get("lam") == SAVE and desk.is_valid:
        keep = partial(reporting.make_form, form=desk.editor.form())
        made = _kept(request, desk, keep)
        if made is not None:
            messages.success(request, _("Đã lập biểu mẫu. Giao cho các đầu mối ở dưới."))
            return redirect("uptake-report_form", made.id)
    return _page(request, desk)


@never_cache
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Make the next version of a form; everybody who reports goes on with it from a day on."""
    former = _in_use(form_id)
    is_kept = request.POST.get("lam") == SAVE
    version = VersionForm(request.POST if is_kept else None, initial=_first_day(request))
    desk = Desk(_editor(request, new_form_of(former)), former, version)
    if is_kept and desk.is_valid:
        starts_on = version.cleaned_data["starts_on"]
        keep = partial(
            reporting.renew_form,
            form=desk.editor.form(),
            follows=former.id,
            starts_on=starts_on,
        )
        made = _kept(request, desk, keep)
        if made is not None:
            day = f"{starts_on:%d/%m/%Y}"
            messages.success(request, _("Đã lập bản mới, dùng từ ngày %(day)s.") % {"day": day})
            return redirect("uptake-report_form", made.id)
    return _page(request, desk)


@never_cache
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Use a form no longer; whoever still reports on it is ended first."""
    form, refused = _in_use(form_id), ""
    if request.method == "POST":
        try:
            reporting.end_form(form_id=form.id, by=viewer_of(request), at=clock.now())
        except RefusalError as refusal:
            refused = said(refusal.words)
        else:
            messages.success(request, _("Biểu mẫu đã ngừng. Báo cáo và bảng đã có giữ nguyên."))
            return redirect("uptake-report_form", form.id)
    context = {"form": form, "crumbs": crumbs(_("Ngừng dùng"), form), "refused": refused}
    return render(request, "uptake/report_forms/end.html", context, status=422 if refused else 200)


@never_cache
@require_safe
def file(request: HttpRequest, reporter_id: UUID) -> HttpResponse:
    """The form, filled with the reporter's units, for a day: `?ngay=2020-08-28&dang=pdf`."""
    reporter = queries.reporter_of(reporter_id, viewer=viewer_of(request))
    asked = request.GET.get("dang", Format.XLSX.value)
    if asked not in FORMATS:
        raise MissingError
    day: date = typed_date(request.GET.get("ngay", "")) or clock.today()
    made = form_file(queries.filled(reporter, day), Format(asked))
    return attached(made)


def crumbs(here: str, form: ReportForm | None = None) -> list[Link]:
    """The way from the list of forms to this page."""
    way = [Link(_("Biểu mẫu báo cáo"), reverse("uptake-report_forms"))]
    if form is not None:
        name = form.number or form.title
        way.append(Link(name, reverse("uptake-report_form", args=[form.id])))
    return [*way, Link(here, "")]


def paper_of(form: ReportForm) -> PrintedAnnex | None:
    """The form as it is printed, nobody having filled it in; None while it has no column."""
    return printed_annex(form_annex(queries.bare(form))) if form.columns else None


def _visible(form_id: UUID, viewer: Viewer) -> ReportForm:
    """A form, for whoever makes forms, reports on it, or is in charge of somebody who does."""
    form = queries.form_of(form_id)
    if not viewer.may(FORMS) and not queries.reports_on(form, viewer=viewer):
        raise MissingError
    return form


def _in_use(form_id: UUID) -> ReportForm:
    form = queries.form_of(form_id)
    if form.ended_at is not None:
        raise MissingError
    return form


def _start(name: str, viewer: Viewer) -> NewForm:
    """What a new form begins as: one of the house's, one that stands, or nearly nothing."""
    ready = {one.name: one.form for one in queries.ready_forms()}
    if name in ready:
        return ready[name]
    try:
        return new_form_of(_visible(UUID(name), viewer))
    except (ValueError, MissingError):
        first = next(iter(ready.values()))
        kept = {ColumnRole.ORDER, ColumnRole.NAME, ColumnRole.NOTE}
        columns = tuple(column for column in first.columns if column.role in kept)
        return NewForm(title="", heading=first.heading, level=first.level, columns=columns)


def _editor(request: HttpRequest, start: NewForm) -> Editor:
    if request.method != "POST":
        return Editor.of(start)
    act = request.POST.get("lam", "")
    return Editor.typed(request.POST) if act == SAVE else Editor.changed(request.POST, act)


def _first_day(request: HttpRequest) -> dict[str, object]:
    """The day that was typed so far; tomorrow to begin with."""
    tomorrow = clock.today() + timedelta(days=1)
    return {"starts_on": request.POST.get("starts_on", tomorrow)}


def _kept(request: HttpRequest, desk: Desk, keep: "partial[ReportForm]") -> ReportForm | None:
    """What was written down; None where the desk says what is wrong."""
    try:
        return keep(by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        place = desk.version if desk.version and refusal.field == "starts_on" else desk.editor.head
        field = refusal.field if refusal.field in place.fields else None
        place.add_error(field, said(refusal.words))
        return None


def _page(request: HttpRequest, desk: Desk) -> HttpResponse:
    version_errors = bool(desk.version and desk.version.is_bound and desk.version.errors)
    has_errors = desk.editor.has_errors or version_errors
    sketch = desk.editor.sketch()
    named = _("Bản mới") if desk.former else _("Lập biểu mẫu")
    context = {
        "head": desk.editor.head,
        "columns": desk.editor.columns,
        "version": desk.version,
        "former": desk.former,
        "crumbs": crumbs(named, desk.former),
        "paper": paper_of(_unsaved(sketch)),
        "has_errors": has_errors,
    }
    status = 422 if has_errors else 200
    return render(request, "uptake/report_forms/make.html", context, status=status)


def _unsaved(form: NewForm) -> ReportForm:
    """A form to look at, kept nowhere."""
    return ReportForm(
        number=form.number,
        title=form.title,
        heading=form.heading,
        attached_to=form.attached_to,
        level=form.level,
        columns=wire_of(form.columns),
        due_time=form.due_time,
        table_time=form.table_time,
    )
