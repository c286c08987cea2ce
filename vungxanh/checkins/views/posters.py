"""Posters: one at once for who owns or manages a point, thousands in a job."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts.queries import units_of_text
from vungxanh.checkins.actions.posters import (
    ask_posters,
    cancel_posters,
    note_download,
    print_one,
)
from vungxanh.checkins.forms.posters import LONGEST, PostersForm, one_asked
from vungxanh.checkins.models import Point, PosterJob
from vungxanh.checkins.queries.desk import point_for
from vungxanh.checkins.queries.own_points import own_point
from vungxanh.checkins.queries.posters import job_for, jobs_of, points_in, points_with
from vungxanh.checkins.values.asked import Asked
from vungxanh.checkins.values.poster_refusals import unknown_codes
from vungxanh.checkins.values.posters import MOST_POSTERS, OPEN_STATES, JobState, PosterLook
from vungxanh.checkins.views.desk_shown import crumbs, kind_words
from vungxanh.checkins.views.posters_shown import shown_job
from vungxanh.core import clock, files
from vungxanh.core.access import citizen_of, viewer_of
from vungxanh.core.address import public_address
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.documents.posters import Form, Language
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError

_COUNTRY: Final = frozenset({"vn-2021:vn", "vn-2025:vn"})


@never_cache
@require_GET
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """The poster of one's own point."""
    by = citizen_of(request)
    return poster_of(request, own_point(by, code), by)


@never_cache
@require_GET
def one(request: HttpRequest, point_id: int) -> HttpResponse:
    """The poster of a point of the officer's area."""
    viewer = viewer_of(request)
    return poster_of(request, point_for(viewer, point_id), viewer)


@never_cache
@require_http_methods(["GET", "POST"])
def jobs(request: HttpRequest) -> HttpResponse:
    """Choose points and sheets; below, the jobs that one asked for in the last seven days."""
    viewer = viewer_of(request)
    if request.method != "POST":
        return _page(request, PostersForm(initial=_initial(request)))
    form = PostersForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=REFUSED_INPUT)
    try:
        job = _asked(request, form, viewer)
    except RefusalError as refusal:
        name = refusal.field if refusal.field in form.fields else None
        form.add_error(name, refusal.words.in_language(reader_language()))
        return _page(request, form, status=status_of(refusal))
    return redirect("checkins-poster_job", job_id=job.pk)


@never_cache
@require_GET
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far a job is; the page loads itself again while it goes on."""
    row = job_for(viewer_of(request), job_id)
    context = {
        "job": shown_job(row, reader_language()),
        "goes_on": row.state in OPEN_STATES,
        "crumbs": [*_crumbs(), {"label": _("Lần in"), "url": ""}],
    }
    return render(request, "checkins/posters/job.html", context)


@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Stop a job."""
    viewer = viewer_of(request)
    if cancel_posters(job=job_for(viewer, job_id), by=viewer, at=clock.now()):
        messages.success(request, _("Đã hủy lần in. Không tệp nào được giữ."))
    else:
        messages.info(request, _("Lần in này đã xong hoặc đã hủy từ trước."))
    return HttpResponseRedirect(request.path.removesuffix("huy/"))


@never_cache
@require_GET
def download(request: HttpRequest, job_id: UUID) -> StreamingHttpResponse:
    """The ZIP of a job that is done."""
    viewer = viewer_of(request)
    row = job_for(viewer, job_id)
    if row.state != JobState.DONE or row.file_id is None:
        raise MissingError
    size, pieces = files.pieces(row.file_id)
    note_download(job=row, by=viewer, at=clock.now())
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Length"] = str(size)
    name = f"bang-ma-{row.form}-{row.n_all}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def poster_of(request: HttpRequest, point: Point, by: Viewer) -> HttpResponse:
    """A poster of a point that the caller authorised."""
    asked = one_asked(request.GET)
    look = PosterLook(asked.form, asked.language, asked.copies, public_address(request))
    pdf = print_one(point=point, entrance=asked.entrance, look=look, by=by, at=clock.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"bang-ma-{short_codes.shown(point.code)}-{asked.form}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _asked(request: HttpRequest, form: PostersForm, viewer: Viewer) -> PosterJob:
    typed = form.cleaned_data
    codes: tuple[str, ...] = typed["codes"]
    points = _with(codes, viewer) if codes else _filtered(form, viewer)
    kind = form.kind_of()
    words = (
        [", ".join(map(short_codes.shown, codes[:5]))]
        if codes
        else [
            typed["text"],
            typed["area"],
            kind_words(kind) if kind else "",
        ]
    )
    look = PosterLook(
        Form(typed["form"]), Language(typed["language"]), typed["copies"], public_address(request)
    )
    chosen = "; ".join(one for one in words if one)
    return ask_posters(points=points, look=look, chosen=chosen, by=viewer, at=clock.now())


def _filtered(form: PostersForm, viewer: Viewer) -> list[int]:
    typed = form.cleaned_data
    (unit,) = units_of_text(typed["area"], held=_COUNTRY)[:1] or ("",)
    asked = Asked(text=typed["text"], unit=unit, kind=form.kind_of())
    return points_in(viewer, asked, most=MOST_POSTERS + 1)


def _with(codes: tuple[str, ...], viewer: Viewer) -> list[int]:
    found = points_with(viewer, codes)
    gone = [short_codes.shown(one) for one in codes if one not in found]
    if gone:
        raise unknown_codes(", ".join(gone[:10]))
    return [found[one] for one in codes]


def _initial(request: HttpRequest) -> dict[str, str]:
    """What the list of points stood under when its link was followed."""
    names = {"tim": "text", "dia-ban": "area", "loai": "kind", "ma": "codes"}
    return {field: request.GET.get(name, "")[:LONGEST] for name, field in names.items()}


def _page(request: HttpRequest, form: PostersForm, *, status: int = 200) -> HttpResponse:
    rows = [shown_job(one, reader_language()) for one in jobs_of(viewer_of(request))]
    context = {"form": form, "jobs": rows, "crumbs": _crumbs(is_here=True)}
    return render(request, "checkins/posters/list.html", context, status=status)


def _crumbs(*, is_here: bool = False) -> list[dict[str, str]]:
    url = "" if is_here else "/diem/bang-ma/"
    return [*crumbs(), {"label": _("In bảng mã"), "url": url}]
