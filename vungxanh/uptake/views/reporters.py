"""Pages that name who reports on a form, and end it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.accounts.queries import units_of_text, units_within, written
from vungxanh.accounts.values import era_of
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.duties.values import Holder, HolderKind, SourceKind
from vungxanh.engines.names import fold
from vungxanh.locations import queries as locations
from vungxanh.locations.queries import organisations
from vungxanh.locations.values import Level, Unit, find_address, registry
from vungxanh.refusals import RefusalError
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.forms.reporters import BELOW, DAILY, ReasonForm, ReporterForm
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.queries.reporting import forms as queries
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.queries.reporting.gathering import name_of
from vungxanh.uptake.values.reporting import NewReporter
from vungxanh.uptake.views.report_forms import crumbs
from vungxanh.uptake.views.report_forms_shown import said

MOST = 12
PLACES = {"owed_to": "area", "units": "area", "recurrence": "repeat"}
Choice = tuple[str, str]


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Ask who reports to which area, when and by what; one at a time, or many at once."""
    form = queries.form_of(form_id)
    if form.ended_at is not None:
        raise MissingError
    typed = _form(request, form)
    if request.method == "POST":
        added = _added(typed, form, viewer_of(request))
        if added is not None:
            messages.success(request, _told(added))
            return redirect("uptake-report_form", form.id)
    context = {"report_form": form, "form": typed, "crumbs": crumbs(_("Giao đầu mối"), form)}
    status = 422 if typed.errors else 200
    return render(request, "uptake/report_forms/add.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reporter_id: UUID) -> HttpResponse:
    """It reports no longer, with a reason; what it told stays."""
    viewer = viewer_of(request)
    reporter = _endable(reporter_id, viewer)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reporting.end_reporter(
                reporter_id=reporter.id, reason=reason, by=viewer, at=clock.now()
            )
        except RefusalError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Đầu mối đã ngừng. Báo cáo đã có giữ nguyên."))
            return redirect("uptake-report_form", reporter.form_id)
    way = crumbs(_("Cho ngừng"), reporter.form)
    context = {"form": form, "reporter": reporter, "name": name_of(reporter), "crumbs": way}
    status = 422 if form.errors else 200
    return render(request, "uptake/report_forms/end_reporter.html", context, status=status)


def _endable(reporter_id: UUID, viewer: Viewer) -> Reporter:
    """One of the viewer's area that still reports, and does not just move to a new version."""
    reporter = queries.reporter_of(reporter_id, viewer=viewer)
    closes_at = reporter.form.ended_at
    is_moving = closes_at is not None and closes_at > clock.now()
    if reporter.ended_at is not None or is_moving or not whose.is_in_charge(reporter, viewer):
        raise MissingError
    return reporter


def _form(request: HttpRequest, form: ReportForm) -> ReporterForm:
    viewer, language = viewer_of(request), reader_language()
    own = [written(one, language) for one in sorted(viewer.units)]
    return ReporterForm(
        request.POST or None,
        today=clock.today(),
        initial={
            "holder_kind": str(HolderKind.ORGANISATION),
            "area": own[0] if len(own) == 1 else "",
            "repeat": DAILY,
            "source_kind": str(SourceKind.LETTER),
            "starts_on": clock.today(),
            "due_time": form.due_time,
            "below_level": str(Level.COMMUNE),
        },
    )


def _added(typed: ReporterForm, form: ReportForm, viewer: Viewer) -> reporting.Added | None:
    """How many were named; None where the form says what is wrong."""
    found = _found(typed, viewer)
    typed.offer_holders(found)
    if not typed.is_valid():
        return None
    held = _chosen(typed, found)
    try:
        area = units_of_text(typed.cleaned_data["area"], held=viewer.units)[0]
        covers = _covers(typed, form, area)
        if not held or covers is None:
            return None
        new = _reporters(typed, form, held, area=area, covers=covers)
        if not new:
            typed.add_error("holder", _("Địa bàn này không có đơn vị nào ở cấp đã chọn."))
            return None
        return reporting.add_reporters(reporters=new, by=viewer, at=clock.now())
    except RefusalError as refusal:
        _refuse(typed, refusal)
        return None


def _found(typed: ReporterForm, viewer: Viewer) -> list[Choice]:
    """What the typed holder may mean, as (reference, words)."""
    text = str(typed["holder"].value() or "").strip()[:300]
    if not text:
        return []
    if typed["holder_kind"].value() == HolderKind.ORGANISATION:
        rows = organisations.choices(text, None, MOST)
        return [(str(one.id), f"{one.name}, {one.unit.name}") for one in rows]
    meant = find_address(text)
    units = [meant.unit] if meant.unit else list(meant.candidates)
    inside = units_within(viewer.units)
    own = [one for one in units if one.id in inside]
    return [(one.id, _placed(one)) for one in (own or units)[:MOST]]


def _chosen(typed: ReporterForm, found: list[Choice]) -> str:
    """Which of them it is: the one that was chosen, or the only one."""
    picked = str(typed.cleaned_data["chosen"])
    if picked:
        return picked
    if len(found) == 1:
        return found[0][0]
    if found:
        typed.add_error("chosen", _("Có nhiều nơi khớp. Chọn một nơi."))
    else:
        typed.add_error("holder", _("Không tìm thấy nơi nào như vậy. Xem lại cách viết."))
    return ""


def _covers(typed: ReporterForm, form: ReportForm, area: str) -> tuple[str, ...] | None:
    """The units that were named line by line; None where a line names none, or several."""
    known = locations.descendants(area, Level(form.level))
    found = []
    for line in filter(None, map(str.strip, typed.cleaned_data["covers"].splitlines())):
        fitting = _fitting(line, known)
        if len(fitting) != 1:
            words = _(
                "“%(line)s” không rõ là địa bàn nào của nơi nhận. Ghi tên đầy đủ, như %(as)s."
            )
            like = (fitting or known)[0].name if known else ""
            typed.add_error("covers", words % {"line": line[:60], "as": like})
            return None
        found.append(str(fitting[0].id))
    return tuple(dict.fromkeys(found))


def _fitting(line: str, known: tuple[Unit, ...]) -> list[Unit]:
    """The units of the area that a line may mean: by full name first, then without its type."""
    by_name = [one for one in known if fold(line) in {fold(one.name), fold(one.short_name)}]
    bare = [one for one in known if fold(line) == fold(one.bare_name)]
    return by_name or bare or [one for one in known if one.id in line]


def _reporters(
    typed: ReporterForm, form: ReportForm, held: str, *, area: str, covers: tuple[str, ...]
) -> list[NewReporter]:
    """One reporter, or one for each unit of a level in an area."""
    kind = typed.cleaned_data["holder_kind"]
    holders = [held]
    if kind == BELOW:
        level = Level(typed.cleaned_data["below_level"] or Level.COMMUNE)
        holders = [str(one.id) for one in locations.descendants(held, level)]
    is_unit = kind != HolderKind.ORGANISATION
    holder_kind = HolderKind.UNIT if is_unit else HolderKind.ORGANISATION
    return [
        NewReporter(
            form=form.id,
            holder=Holder(holder_kind, one),
            area=area,
            covers=covers or (_own_lines(one, form) if is_unit else ()),
            **typed.when(),
        )
        for one in holders
    ]


def _own_lines(unit_id: str, form: ReportForm) -> tuple[str, ...]:
    """A unit reports on those of the form's level below it; on itself where it is of that level."""
    return tuple(str(one.id) for one in locations.descendants(unit_id, Level(form.level)))


def _told(added: reporting.Added) -> str:
    told = _("Đã giao %(n)s đầu mối.") % {"n": added.n_added}
    if added.n_standing:
        told += " " + _("%(n)s đầu mối đã báo cáo từ trước, giữ nguyên.") % {"n": added.n_standing}
    return told


def _refuse(form: ReporterForm | ReasonForm, refusal: RefusalError) -> None:
    """Show a refusal at its field, or above the form."""
    field = PLACES.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, said(refusal.words))


def _placed(unit: Unit) -> str:
    """A unit with what lies above it and its era."""
    where = ", ".join((unit.name, *(one.short_name for one in registry().above(unit))))
    return f"{where} ({said(era_of(unit.id))})"
