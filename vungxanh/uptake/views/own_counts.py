"""What operators tell beside what this house counts itself, and what explains the difference."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vungxanh.accounts.queries import authorised
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.refusals import Words
from vungxanh.uptake.forms.figures import typed_date
from vungxanh.uptake.models import ReportForm
from vungxanh.uptake.queries.reporting.own_counts import (
    BesideLine,
    forms_towards,
    last_table_day,
    own_beside,
)
from vungxanh.uptake.rules.columns import columns_of, elements_of
from vungxanh.uptake.rules.own_counts import Why
from vungxanh.uptake.values import ELEMENTS, REPORTED
from vungxanh.uptake.values.reporting import APPROVE
from vungxanh.uptake.views.unit import crumbs

WHY_WORDS = {
    Why.NOT_COUNTED: Words("Hệ thống chưa tự đếm ở đây.", "Not counted here by this house yet."),
    Why.NOT_REPORTED: Words("Ngày này chưa có bảng báo cáo.", "No table of reports for this day."),
    Why.REPORTERS_MISSING: Words("Bảng còn thiếu báo cáo.", "Reports are missing in the table."),
    Why.OTHER_MOMENT: Words(
        "Hai số ở hai thời điểm cách nhau trên 12 giờ.", "The two are over 12 hours apart."
    ),
    Why.COUNTED_TWICE: Words(
        "Có thể máy hai SIM được cả hai nhà mạng đếm, hoặc máy đã gỡ ứng dụng vẫn được đếm.",
        "Phones with two cards may be told by both networks, or phones that removed the app.",
    ),
    Why.OTHER_NETWORKS: Words(
        "Có thể có máy của nhà mạng không báo cáo, hoặc máy không gắn SIM.",
        "There may be phones of networks that do not report, or without a card.",
    ),
    Why.UNEXPLAINED: Words("Chưa giải thích được, cần hỏi lại.", "Not explained; somebody asks."),
}


@require_safe
def own_counts(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Both counts of a unit and those below it on a day, by element, with their explanation."""
    area = authorised(
        locations.unit(unit_id),
        viewer=viewer_of(request),
        needs=APPROVE,
        unit=lambda one: one,
        acting=True,
    )
    lang = reader_language()
    day = typed_date(request.GET.get("ngay")) or last_table_day(area) or clock.today()
    day = min(day, clock.today())
    context = {
        "area": area,
        "crumbs": crumbs(area),
        "day": day,
        "tables": [
            table
            for form in forms_towards(area)
            for table in _tables(form, area, day=day, lang=lang)
        ],
        **_days(day),
    }
    return render(request, "uptake/own_counts.html", context)


def _tables(form: ReportForm, area: Unit, *, day: date, lang: str) -> list[dict[str, object]]:
    """A table for each element of the form that this house counts too."""
    counted = [one for one in elements_of(columns_of(form.columns)) if one in REPORTED]
    return [
        {
            "form": form,
            "label": ELEMENTS[element].label.in_language(lang),
            "lines": [_line(one, lang) for one in own_beside(form, area, element, day=day)],
        }
        for element in counted
    ]


def _line(one: BesideLine, lang: str) -> dict[str, object]:
    counts = one.counts
    return {
        "name": one.unit.name,
        "counts": counts,
        "lacking": ", ".join(counts.reported.lacking) if counts.reported else "",
        "why": [WHY_WORDS[why].in_language(lang) for why in counts.why],
        "mark": _mark(one, lang),
    }


def _mark(one: BesideLine, lang: str) -> Mark:
    if one.counts.difference is None:
        return Mark("none", Words("Thiếu một bên", "One is missing").in_language(lang))
    if one.counts.is_alike:
        return Mark("ok", Words("Khớp", "Alike").in_language(lang))
    if Why.UNEXPLAINED in one.counts.why:
        return Mark("bad", Words("Cần hỏi lại", "To be asked").in_language(lang))
    return Mark("warn", Words("Lệch, có lý do", "Apart, explained").in_language(lang))


def _days(day: date) -> dict[str, object]:
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    return {
        "before_url": f"?ngay={before}",
        "after_url": f"?ngay={after}" if after <= clock.today() else "",
    }
