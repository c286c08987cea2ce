"""Pages that bring a figure report: by file, pasted, typed, by telephone; what its columns mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import whole_or_none
from vungxanh.core.shown import Choice
from vungxanh.core.viewer import Viewer
from vungxanh.duties.values import State
from vungxanh.locations.values import Unit
from vungxanh.refusals import RefusalError
from vungxanh.uptake.actions import UptakeError, reporting
from vungxanh.uptake.forms.figure_reports import (
    CallForm,
    ColumnsForm,
    FileForm,
    TableForm,
    words_of,
)
from vungxanh.uptake.forms.figures import typed_date
from vungxanh.uptake.imports import figure_reports as imports
from vungxanh.uptake.imports.figure_reports import Brought
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.queries.reporting import reports as queries
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.queries.reporting.gathering import name_of
from vungxanh.uptake.rules.columns import columns_of
from vungxanh.uptake.rules.reporting import Channel, Place, ReportState
from vungxanh.uptake.views import figure_reports_shown as shown
from vungxanh.uptake.views.figure_reports import LATELY, crumbs

LONGEST_AGO = timedelta(days=30)
TABLE, FILE = "bang", "tep"
_OF_CALL = {"caller": "caller", "called_at": "called_time"}


@dataclass(frozen=True, slots=True)
class _Desk:
    """A reporter and a day for which somebody is about to bring a report."""

    reporter: Reporter
    viewer: Viewer
    day: date
    owed: tuple[queries.OwedReport, ...]
    units: tuple[Unit, ...]
    draft: FigureReport | None

    @property
    def name(self) -> str:
        return name_of(self.reporter)


@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, reporter_id: UUID) -> HttpResponse:
    """A file, pasted cells, or counts typed by unit, for a day."""
    desk = _desk(request, reporter_id)
    by_table = _said(request, "cach") == TABLE
    form: FileForm | TableForm = _table(request, desk) if by_table else _file(request)
    if request.method == "POST" and form.is_valid():
        brought = _typed(desk, form) if isinstance(form, TableForm) else _uploaded(desk, form)
        found = _try(brought, form, desk.viewer)
        if found is not None:
            return redirect("uptake-report", found.id)
    context = {
        **_about(desk),
        "form": form,
        "by_table": by_table,
        "ways": _ways(desk, by_table=by_table),
    }
    return _answer(request, "bring", context, form)


@never_cache
@require_http_methods(["GET", "POST"])
def by_telephone(request: HttpRequest, reporter_id: UUID) -> HttpResponse:
    """Counts that somebody reads out, with who called and when; for those in charge."""
    desk = _desk(request, reporter_id)
    if not whose.is_in_charge(desk.reporter, desk.viewer):
        raise MissingError
    form = _table(request, desk)
    call = CallForm(request.POST or None, initial=_call_of(desk))
    if request.method == "POST" and all([call.is_valid(), form.is_valid()]):
        brought = _typed(desk, form, call)
        found = _try(brought, form, desk.viewer, call=call)
        if found is not None:
            return redirect("uptake-report", found.id)
    context = {**_about(desk), "form": form, "call": call, "by_table": True}
    return _answer(request, "telephone", context, form, call)


@never_cache
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What each column of a draft holds; it is read again by that, and remembered."""
    viewer = viewer_of(request)
    draft = queries.report(report_id, viewer=viewer)
    if draft.state != ReportState.DRAFT or not whose.may_report(draft.reporter, viewer):
        raise MissingError
    form = ColumnsForm(
        request.POST or None,
        guesses=imports.columns_asked(draft),
        columns=columns_of(draft.reporter.form.columns),
    )
    if request.method == "POST" and form.is_valid():
        found = _say(draft, form, viewer)
        if found is not None:
            messages.success(request, _("Đã đọc lại. Lần sau tệp có các cột này được đọc ngay."))
            return redirect("uptake-report", found.id)
    context = {
        "form": form,
        "report": draft,
        "name": name_of(draft.reporter),
        "crumbs": crumbs(_("Ý nghĩa các cột")),
    }
    return _answer(request, "columns", context, form)


@never_cache
@require_http_methods(["GET", "POST"])
def remembered(request: HttpRequest, reporter_id: UUID) -> HttpResponse:
    """What is remembered of the columns of a reporter's files; each may be forgotten."""
    viewer = viewer_of(request)
    reporter = queries.reporter(reporter_id, viewer=viewer)
    if request.method == "POST":
        mapping_id = whole_or_none(request.POST.get("quen", ""))
        if mapping_id is None:
            raise MissingError
        reporting.forget_columns(
            mapping_id=mapping_id, reporter_id=reporter_id, by=viewer, at=clock.now()
        )
        messages.success(request, _("Đã quên. Lần sau tệp có các cột này được hỏi lại."))
        return redirect("uptake-remembered_columns", reporter_id)
    context = {
        "reporter": reporter,
        "name": name_of(reporter),
        "crumbs": crumbs(_("Cột đã nhớ")),
        "mappings": [
            (one, [(key, words_of(said)) for key, said in meanings.items()])
            for one, meanings in queries.remembered(reporter)
        ],
    }
    return render(request, "uptake/figure_reports/remembered.html", context)


def _desk(request: HttpRequest, reporter_id: UUID) -> _Desk:
    viewer, today = viewer_of(request), clock.today()
    reporter = queries.reporter(reporter_id, viewer=viewer)
    owed = queries.owed_reports([reporter], first=today - LONGEST_AGO, last=today)
    return _Desk(
        reporter=reporter,
        viewer=viewer,
        day=typed_date(_said(request, "ngay")) or _usual_day(owed, today),
        owed=owed,
        units=queries.units_of(reporter),
        draft=_draft(request, viewer, reporter),
    )


def _usual_day(owed: tuple[queries.OwedReport, ...], today: date) -> date:
    """The oldest of lately that is still owed, else the newest of all."""
    waiting = [one.time.day for one in owed if one.time.state is State.OPEN]
    lately = [day for day in waiting if day >= today - LATELY]
    newest = owed[0].time.day if owed else today
    return min(lately, default=newest)


def _draft(request: HttpRequest, viewer: Viewer, reporter: Reporter) -> FigureReport | None:
    """An earlier report whose counts fill the table, where one of this reporter is named."""
    try:
        found = queries.report(UUID(_said(request, "tu")), viewer=viewer)
    except (ValueError, MissingError):
        return None
    return found if found.reporter_id == reporter.id else None


def _file(request: HttpRequest) -> FileForm:
    return FileForm(request.POST or None, request.FILES or None)


def _table(request: HttpRequest, desk: _Desk) -> TableForm:
    return TableForm(
        request.POST or None,
        units=desk.units,
        columns=columns_of(desk.reporter.form.columns),
        told=_told(desk),
    )


def _told(desk: _Desk) -> Mapping[Place, int]:
    """What the table begins with: the counts to be mended, else those that stand for the day."""
    if desk.draft is not None:
        return shown.figures_of(desk.draft)
    standing = queries.standing(desk.reporter, desk.day)
    return standing.figures if standing else {}


def _call_of(desk: _Desk) -> dict[str, object]:
    """The call as it was told before, else now."""
    known = desk.draft if desk.draft is not None and desk.draft.called_at else None
    at = (known.called_at if known and known.called_at else clock.now()).astimezone(clock.TZ)
    return {
        "caller": known.caller if known else "",
        "called_on": at.date(),
        "called_time": at.time().replace(second=0, microsecond=0),
    }


def _uploaded(desk: _Desk, form: FileForm) -> Brought:
    original = form.original()
    return Brought(
        reporter=desk.reporter.id,
        day=desk.day,
        channel=Channel.PASTE if original.is_pasted else Channel.UPLOAD,
        content=original.content,
        name=original.name,
    )


def _typed(desk: _Desk, form: TableForm, call: CallForm | None = None) -> Brought:
    columns = columns_of(desk.reporter.form.columns)
    return Brought(
        reporter=desk.reporter.id,
        day=desk.day,
        channel=Channel.TELEPHONE if call else Channel.PAGE,
        content=imports.table_of(columns, desk.units, form.told()),
        call=call.call() if call else None,
    )


def _try(
    brought: Brought, form: forms.Form, by: Viewer, *, call: CallForm | None = None
) -> FigureReport | None:
    """The draft; None where it is refused, with the sentence at its field."""
    at = clock.now()
    try:
        try:
            return imports.bring_report(brought=brought, by=by, at=at)
        except UptakeError as refusal:
            if refusal.code != "uptake.columns_unknown":
                raise
            return imports.keep_unclear(brought=brought, by=by, at=at)
    except MissingError:
        raise
    except RefusalError as refusal:
        _add(refusal, form, call)
        return None


def _add(refusal: RefusalError, form: forms.Form, call: CallForm | None) -> None:
    """Put a refusal at its field: of the call, of the file or the pasted cells, else above."""
    sentence = shown.said(refusal.words)
    if call is not None and refusal.field in _OF_CALL:
        call.add_error(_OF_CALL[refusal.field], sentence)
    elif isinstance(form, FileForm) and _is_of_table(refusal):
        form.add_error(form.original_field, sentence)
    else:
        form.add_error(None, sentence)


def _is_of_table(refusal: RefusalError) -> bool:
    return refusal.code.startswith(("grids.", "checks.")) or refusal.field == "columns"


def _say(draft: FigureReport, form: ColumnsForm, by: Viewer) -> FigureReport | None:
    try:
        return imports.say_columns(
            report_id=draft.id, meanings=form.meanings(), by=by, at=clock.now()
        )
    except MissingError:
        raise
    except RefusalError as refusal:
        form.add_error(None, shown.said(refusal.words))
        return None


def _about(desk: _Desk) -> dict[str, Any]:
    standing = queries.standing(desk.reporter, desk.day)
    last = queries.last_accepted(desk.reporter, desk.day)
    reporter = desk.reporter
    return {
        "reporter": reporter,
        "name": desk.name,
        "form_title": shown.title_of(reporter),
        "day": desk.day,
        "days": [(one.time.day, shown.owed_mark(one, clock.now())) for one in desk.owed],
        "draft": desk.draft,
        "standing": standing.report if standing else None,
        "last": last.report if last else None,
        "last_figures": _by_field(last),
        "is_own": whose.is_its_own(reporter, desk.viewer),
        "is_in_charge": whose.is_in_charge(reporter, desk.viewer),
        "form_url": shown.form_address(reporter, desk.day),
        "recent": shown.came(queries.recent(reporter)),
        "n_remembered": len(queries.remembered(reporter)),
        "crumbs": crumbs(_("Nộp báo cáo của %(name)s") % {"name": desk.name}),
    }


def _by_field(last: queries.Told | None) -> dict[Place, int]:
    return dict(last.figures) if last else {}


def _ways(desk: _Desk, *, by_table: bool) -> list[Choice]:
    """The ways to bring it, side by side."""
    here = reverse("uptake-bring_report", args=[desk.reporter.id])
    address = f"{here}?ngay={desk.day:%Y-%m-%d}&cach="
    return [
        Choice(_("Tệp hoặc dán"), f"{address}{FILE}", current=not by_table),
        Choice(_("Điền bảng tại đây"), f"{address}{TABLE}", current=by_table),
    ]


def _answer(
    request: HttpRequest, name: str, context: dict[str, Any], *given: forms.Form
) -> HttpResponse:
    status = 422 if any(form.errors for form in given) else 200
    errors = next((form for form in given if form.errors), None)
    if isinstance(context["form"], TableForm):
        context["rows"] = _rows(context["form"], context["last_figures"])
    return render(
        request, f"uptake/figure_reports/{name}.html", {**context, "errors": errors}, status=status
    )


def _rows(
    form: TableForm, last: Mapping[Place, int]
) -> list[tuple[Unit, list[tuple[str, forms.BoundField, int | None]]]]:
    """Each unit with its fields, and what was accepted last."""
    return [
        (
            unit,
            [
                (shown.said(column.head), field, last.get((unit.id, column.element)))
                for column, field in fields
            ],
        )
        for unit, fields in form.rows()
    ]


def _said(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")
