"""Breaking the glass, closing it, and the supervisor's page; the banner that every page shows."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms.glass import GlassForm, ReviewForm
from vungxanh.accounts.queries import glass as queries
from vungxanh.accounts.queries.purposes import purposes, purposes_on
from vungxanh.accounts.rules.glass import MOST_A_DAY
from vungxanh.accounts.values import era_of
from vungxanh.accounts.values.glass import (
    DURATIONS,
    VERDICT_WORDS,
    Breaking,
    GlassLine,
    Opening,
    Verdict,
)
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Located
from vungxanh.refusals import RefusalError

N_FOUND = 20


def banner(request: HttpRequest) -> dict[str, object]:
    """`vx_glass` for every template: what is open and how long still; asked only while it is."""
    viewer = viewer_of(request)
    if not viewer.glass:
        return {}
    return {"vx_glass": SimpleLazyObject(lambda: _shown(viewer, clock.now()))}


def _shown(viewer: Viewer, at: datetime) -> dict[str, object]:
    opening = queries.opening_of(viewer.id, at)
    return _opening(opening, at) if opening else {}


def _opening(opening: Opening, at: datetime) -> dict[str, object]:
    language = reader_language()
    return {
        "units": [name.in_language(language) for name in opening.names],
        "until": opening.until,
        "n_minutes": max(1, -(-int((opening.until - at).total_seconds()) // 60)),
    }


@never_cache
@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open another area to read, for a reason and a time; the own openings below."""
    viewer, at = viewer_of(request), clock.now()
    form = _form(request, viewer, at)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        breaking = Breaking(said["unit"], said["reason"], said["purpose"], said["minutes"])
        try:
            actions.break_glass(breaking=breaking, by=viewer, at=at)
        except actions.AccountRefusalError as refusal:
            form.add_error(refusal.field or None, _sentence(refusal))
            return _page(request, form, status_of(refusal))
        messages.success(request, _("Đã mở để xem. Người xem lại đã được báo."))
        return redirect("glass")
    return _page(request, form, 422 if form.errors else 200)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close what is open now."""
    actions.close_glass(by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã đóng mở khẩn cấp."))
    return redirect("glass")


@never_cache
@require_http_methods(["GET"])
def review(request: HttpRequest) -> HttpResponse:
    """Openings of the officers of the own area, those that wait first."""
    return _review_page(request, {})


@require_POST
def settle(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Say whether one opening was justified."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _review_page(request, {glass_id: form}, 422)
    verdict, note = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["note"]
    try:
        actions.review_glass(
            glass_id=glass_id, verdict=verdict, note=note, by=viewer_of(request), at=clock.now()
        )
    except actions.AccountRefusalError as refusal:
        form.add_error(refusal.field or None, _sentence(refusal))
        return _review_page(request, {glass_id: form}, status_of(refusal))
    messages.success(request, _("Đã ghi kết luận."))
    return redirect("glass-review")


def _form(request: HttpRequest, viewer: Viewer, at: datetime) -> GlassForm:
    asked = request.POST.get("tim") or request.GET.get("tim", "")
    language = reader_language()
    found = _found(asked.strip(), viewer)
    form = GlassForm(
        request.POST or None,
        initial={"tim": asked, "minutes": 15},
        units=[_choice(one, language) for one in found[:N_FOUND]],
        purposes=[
            (one.code, one.words.in_language(language))
            for one in purposes_on(at.astimezone(clock.TZ).date())
        ],
        durations=[(str(n), words.in_language(language)) for n, words in DURATIONS.items()],
    )
    if len(found) > N_FOUND:
        form.fields["unit"].help_text = _("Còn nơi khác cùng tên. Chưa thấy thì gõ tên đủ hơn.")
    return form


def _found(asked: str, viewer: Viewer) -> list[Located]:
    """Units of both eras by name, larger ones first, those outside the own area alone."""
    if not asked:
        return []
    found = locations.search_located(asked, N_FOUND * 4)
    outside = (
        one
        for one in found
        if one.unit.level is not Level.COUNTRY and queries.is_outside(viewer, one.unit)
    )
    return sorted(outside, key=lambda one: len(one.above))


def _choice(one: Located, language: str) -> tuple[str, str]:
    where = ", ".join([one.unit.name, *(above.name for above in one.above)])
    return one.unit.id, f"{where} ({era_of(one.unit.id).in_language(language)})"


def _page(request: HttpRequest, form: GlassForm, status: int = 200) -> HttpResponse:
    viewer, at = viewer_of(request), clock.now()
    opening = queries.opening_of(viewer.id, at)
    own = queries.own_openings(viewer, request.GET.get("trang", 1))
    context = {
        "form": form,
        "asked": form["tim"].value() or "",
        "has_units": form.has_units,
        "opening": _opening(opening, at) if opening else None,
        "rows": _rows(own.rows, at),
        "n_left": max(0, MOST_A_DAY - queries.n_unsettled(viewer.id, at)),
        **pages_of(own),
    }
    return render(request, "accounts/glass.html", context, status=status)


def _review_page(
    request: HttpRequest, forms: dict[UUID, ReviewForm], status: int = 200
) -> HttpResponse:
    viewer, at = viewer_of(request), clock.now()
    found = queries.to_review(viewer, request.GET.get("trang", 1))
    rows = _rows(found.rows, at)
    for row, line in zip(rows, found, strict=True):
        row["form"] = forms.get(line.id) or ReviewForm(auto_id=f"id_%s_{line.id}")
    context = {"rows": rows, **pages_of(found)}
    return render(request, "accounts/glass_review.html", context, status=status)


def _rows(lines: tuple[GlassLine, ...], at: datetime) -> list[dict[str, object]]:
    language = reader_language()
    words = {one.code: one.words.in_language(language) for one in purposes()}
    names = queries.names(ref for line in lines for ref in (line.by, line.reviewed_by))
    return [
        {
            "line": line,
            "who": names.get(line.by, line.by),
            "reviewer": names.get(line.reviewed_by, ""),
            "unit": queries.unit_words(line.unit).in_language(language),
            "purpose": words.get(line.purpose, line.purpose),
            "is_open": line.ended_at is None and line.until > at,
            "end": line.ended_at or line.until,
            "waits": line.verdict is Verdict.OPEN,
            "verdict": VERDICT_WORDS[line.verdict].in_language(language),
            "tone": _TONES[line.verdict],
        }
        for line in lines
    ]


_TONES = {Verdict.OPEN: "none", Verdict.JUSTIFIED: "ok", Verdict.UNJUSTIFIED: "bad"}


def _sentence(refusal: RefusalError) -> str:
    return refusal.words.in_language(reader_language())
