"""Pages of day tables: the list, one with its versions, its PDF, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import numbered, pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import ForbiddenError
from vungxanh.refusals import RefusalError, Words
from vungxanh.reports.queries import VIEW as READ_REPORTS
from vungxanh.reports.queries import latest
from vungxanh.uptake.actions import reporting as actions
from vungxanh.uptake.actions.reporting.tables import subject_of
from vungxanh.uptake.exports.day_table import drawn, pdf_of
from vungxanh.uptake.forms.day_tables import ConfirmForm, MakeForm, ReasonForm
from vungxanh.uptake.models import DayTable
from vungxanh.uptake.queries.reporting import tables as queries
from vungxanh.uptake.rules.reporting import TableState
from vungxanh.uptake.values.reporting import REPORT
from vungxanh.uptake.views import day_tables_shown as shown


@require_safe
def day_tables(request: HttpRequest) -> HttpResponse:
    """The newest version of each day's table that the viewer may see, and what may be made."""
    viewer = viewer_of(request)
    page = numbered(queries.tables(viewer), request.GET.get("trang"))
    may_make = viewer.may(shown.IMPORT)
    context = {
        "page": page,
        "rows": [
            (one, shown.title_of(one), shown.mark_of(one), shown.missing_of(one)) for one in page
        ],
        "today": clock.today(),
        "may_see_status": viewer.may(REPORT),
        "makeable": queries.makeable(viewer, clock.today()) if may_make else (),
        "crumbs": [{"label": _("Bảng trong ngày")}],
        **pages_of(page),
    }
    return render(request, "uptake/day_tables/list.html", context)


@never_cache
@require_safe
def day_table(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """One version: the table, who is in it, what changed, what may be done."""
    viewer = viewer_of(request)
    row = queries.table(viewer, table_id)
    context = {
        **shown.table_page(row, viewer),
        "crumbs": _crumbs(row),
        "report": _report_of(request, row),
    }
    return render(request, "uptake/day_tables/table.html", context)


@require_safe
def document(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """The table as a PDF; a draft until it is published."""
    viewer = viewer_of(request)
    row = queries.table(viewer, table_id)
    is_open = not queries.sees_working(viewer, row)
    name = f"bang-ngay-{row.day:%Y-%m-%d}-ban-{row.version}.pdf"
    answer = HttpResponse(pdf_of(row, is_open=is_open), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename={name}"
    return answer


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a table by hand."""
    form = MakeForm(request.POST)
    if not form.is_valid():
        raise MissingError
    said = form.cleaned_data
    try:
        row = actions.make_table(
            form_id=said["form"],
            area_id=said["area"],
            day=said["day"],
            drawn=drawn,
            by=viewer_of(request),
            at=clock.now(),
        )
    except (MissingError, ForbiddenError):
        raise
    except RefusalError as refusal:
        messages.error(request, _said(refusal.words))
        return HttpResponseRedirect(reverse("uptake-day_tables"))
    messages.success(request, _("Đã lập bảng. Xem lại rồi duyệt."))
    return _to(row.id)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done with a table: its words, its form and the action."""

    heading: Words
    button: Words
    body: Words
    done: Words
    do: Callable[[UUID, str, HttpRequest], UUID]
    asks_reason: bool = False


def approve(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Stand for the table."""
    return _act(request, table_id, _APPROVE)


def take_back(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Stand for it no longer."""
    return _act(request, table_id, _TAKE_BACK)


def publish(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Open it to anyone."""
    return _act(request, table_id, _PUBLISH)


def correct(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Make the next version."""
    return _act(request, table_id, _CORRECT)


@never_cache
@require_http_methods(["GET", "POST"])
def _act(request: HttpRequest, table_id: UUID, act: Act) -> HttpResponse:
    """Say what will happen; do it when the button is pressed; say why where it is refused."""
    row = queries.table(viewer_of(request), table_id)
    if not queries.sees_working(viewer_of(request), row):
        raise MissingError
    kind = ReasonForm if act.asks_reason else ConfirmForm
    form = kind(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            to = act.do(table_id, form.cleaned_data.get("reason", ""), request)
        except (MissingError, ForbiddenError):
            raise
        except RefusalError as refusal:
            form.add_error(None, _said(refusal.words))
            status = status_of(refusal)
        else:
            messages.success(request, _said(act.done))
            return _to(to)
    return _ask(request, row, act, form=form, status=status)


def _ask(request: HttpRequest, row: DayTable, act: Act, *, form: Any, status: int) -> HttpResponse:
    context = {
        "row": row,
        "title": shown.title_of(row),
        "mark": shown.mark_of(row),
        "missing": shown.missing_of(row),
        "arrivals": queries.arrivals(row),
        "heading": _said(act.heading),
        "button": _said(act.button),
        "body": _said(act.body),
        "asks_reason": act.asks_reason,
        "form": form,
        "crumbs": [*_crumbs(row, is_last=False), {"label": _said(act.heading)}],
    }
    status = 422 if status == 200 and form.errors else status
    return render(request, "uptake/day_tables/act.html", context, status=status)


def _approved(table_id: UUID, _reason: str, request: HttpRequest) -> UUID:
    actions.approve_table(table_id=table_id, by=viewer_of(request), at=clock.now())
    return table_id


def _taken_back(table_id: UUID, _reason: str, request: HttpRequest) -> UUID:
    actions.take_back_approval(table_id=table_id, by=viewer_of(request), at=clock.now())
    return table_id


def _published(table_id: UUID, _reason: str, request: HttpRequest) -> UUID:
    actions.publish_table(table_id=table_id, by=viewer_of(request), at=clock.now())
    return table_id


def _corrected(table_id: UUID, reason: str, request: HttpRequest) -> UUID:
    made = actions.correct_table(
        table_id=table_id, reason=reason, drawn=drawn, by=viewer_of(request), at=clock.now()
    )
    return UUID(str(made.id))


_APPROVE = Act(
    Words("Duyệt bảng", "Approve the table"),
    Words("Duyệt", "Approve"),
    Words(
        "Cấp trên dùng bảng đã duyệt để lập bảng của mình. Bỏ duyệt được đến khi công bố.",
        "The level above makes its own table of approved ones. Approval can be taken back until "
        "it is published.",
    ),
    Words("Đã duyệt bảng.", "The table is approved."),
    _approved,
)
_TAKE_BACK = Act(
    Words("Bỏ duyệt bảng", "Take the approval back"),
    Words("Bỏ duyệt", "Take back"),
    Words(
        "Bảng trở lại chưa duyệt, cấp trên không dùng bảng này nữa.",
        "The table is not approved again, and the level above uses it no longer.",
    ),
    Words("Đã bỏ duyệt.", "The approval is taken back."),
    _taken_back,
)
_PUBLISH = Act(
    Words("Công bố bảng", "Publish the table"),
    Words("Công bố cho mọi người xem", "Publish to anyone"),
    Words(
        "Ai cũng xem được bảng này và số liệu của nó. Bảng đã công bố không sửa, không rút: nếu "
        "sai thì lập bản đính chính, cả hai bản đều giữ lại.",
        "Anyone will see this table and its figures. What is published is neither changed nor "
        "withdrawn: a mistake is corrected by a new version, and both remain.",
    ),
    Words("Đã công bố bảng.", "The table is published."),
    _published,
)
_CORRECT = Act(
    Words("Lập bản đính chính", "Make a correction"),
    Words("Lập bản đính chính", "Make the correction"),
    Words(
        "Bản mới cộng lại từ các báo cáo đang có. Bản cũ giữ nguyên; bản đã công bố còn hiệu lực "
        "đến khi công bố bản mới.",
        "The new version adds up what the reports say now. The former stays as it is; a published "
        "one stands until the new one is published.",
    ),
    Words(
        "Đã lập bản đính chính. Xem chỗ khác rồi duyệt.",
        "The correction is made. See what differs, then approve it.",
    ),
    _corrected,
    asks_reason=True,
)


def _report_of(request: HttpRequest, row: DayTable) -> Any:
    """The edition that room reports holds, for those who read it there."""
    viewer = viewer_of(request)
    if row.state != TableState.PUBLISHED or not viewer.may(READ_REPORTS):
        return None
    return latest(subject_of(row), viewer=viewer)


def _crumbs(row: DayTable, *, is_last: bool = True) -> list[dict[str, str]]:
    here = {"label": f"{row.area.name}, {row.day:%d/%m/%Y}"}
    if not is_last:
        here["url"] = reverse("uptake-day_table", args=[row.id])
    return [{"label": _("Bảng trong ngày"), "url": reverse("uptake-day_tables")}, here]


def _to(table_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("uptake-day_table", args=[table_id]))


def _said(words: Words) -> str:
    return words.in_language(reader_language())
