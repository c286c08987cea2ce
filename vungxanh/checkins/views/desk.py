"""The list of points: filtered, searched, approved several at once, exported."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from vungxanh.accounts.queries import units_of_text, written
from vungxanh.audit.actions import record
from vungxanh.checkins.actions.together import approve_points, undo_together
from vungxanh.checkins.exports import points as files
from vungxanh.checkins.forms.desk import kind_choices
from vungxanh.checkins.queries.activity import last_counted, last_scanned
from vungxanh.checkins.queries.desk import MANAGE, decided_together
from vungxanh.checkins.queries.search import found_points, walked
from vungxanh.checkins.rules import states
from vungxanh.checkins.values.activity import Used
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.asked import Asked, passed_into
from vungxanh.checkins.values.kinds import STATE_WORDS, Kind, State
from vungxanh.checkins.views.desk_shown import kind_words, shown, state_words
from vungxanh.checkins.views.today_shown import used_words, with_use
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import whole_or_none
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.locations.values import CURRENT_TREE
from vungxanh.refusals import RefusalError

LONGEST: Final = 120
_COUNTRY: Final = frozenset({"vn-2021:vn", "vn-2025:vn"})


@dataclass(frozen=True, slots=True)
class Filter:
    """What an address asks the list for, as typed and as understood; `fault` says what was not."""

    asked: Asked
    area: str = ""
    fault: str = ""

    @property
    def said(self) -> dict[str, str]:
        """The parts of the address that ask for something."""
        asked = self.asked
        parts = {
            "tim": asked.text,
            "dia-ban": self.area,
            "loai": asked.kind or "",
            "trang-thai": asked.state or "",
            "dung": asked.used or "",
        }
        return {name: str(text) for name, text in parts.items() if text}


@never_cache
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """Points of the own area, the newest first, fifty at a time."""
    viewer, wanted = viewer_of(request), filter_of(request)
    before = whole_or_none(request.GET.get("truoc", ""))
    page = None if wanted.fault else found_points(viewer, wanted.asked, before=before)
    further = page.next_before if page else None
    rows = with_use(shown(page.rows)) if page else []
    context = {
        "rows": rows,
        "n_waiting": sum(one.waits for one in rows),
        "area": wanted.area,
        "chosen_state": wanted.said.get("trang-thai", ""),
        "chosen_use": wanted.said.get("dung", ""),
        "uses": used_words().items(),
        "counted_day": _counted_day(),
        "said": wanted.said,
        "fault": wanted.fault,
        "passed": _passed(wanted.asked.unit),
        "kinds": kind_choices(),
        "states": [(str(one), state_words(one)) for one in STATE_WORDS],
        "query": urlencode(wanted.said),
        "is_filtered": bool(wanted.said),
        "holds_none": communes_held(viewer.units) == frozenset(),
        "is_later": before is not None,
        "next_url": _address(wanted.said | {"truoc": str(further)}) if further else "",
        "may_manage": viewer.may(MANAGE),
        "just": _just(request, viewer),
    }
    return render(request, "checkins/desk/list.html", context, status=422 if wanted.fault else 200)


@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the points that were chosen in the list, all or none."""
    at, back = clock.now(), _said_back(request)
    chosen = [whole_or_none(one) for one in request.POST.getlist("diem")]
    numbers = [one for one in chosen if one]
    if not numbers:
        messages.warning(request, _("Chưa chọn điểm nào. Đánh dấu các điểm cần duyệt."))
        return HttpResponseRedirect(reverse("checkins-points") + _address(back))
    n = approve_points(point_ids=numbers, by=viewer_of(request), at=at)
    if not n:
        messages.info(request, _("Các điểm này đã được duyệt hoặc đổi trạng thái từ trước."))
        return HttpResponseRedirect(reverse("checkins-points") + _address(back))
    return HttpResponseRedirect(
        reverse("checkins-points") + _address(back | {"luc": at.isoformat()})
    )


@require_POST
def undo_approved(request: HttpRequest) -> HttpResponse:
    """Take back the approval of several points at once."""
    moment = _moment(request.POST.get("luc", ""))
    n = undo_together(moment=moment, by=viewer_of(request), at=clock.now()) if moment else 0
    if n:
        words = ngettext("Đã hoàn tác duyệt %(n)s điểm.", "Đã hoàn tác duyệt %(n)s điểm.", n)
        messages.success(request, words % {"n": n})
    else:
        messages.warning(request, _("Đã quá 10 phút hoặc điểm đã đổi thêm, không hoàn tác được."))
    return HttpResponseRedirect(reverse("checkins-points") + _address(_said_back(request)))


@never_cache
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as filtered, all of its pages, as a file. Records `checkins.points_exported`."""
    wanted = filter_of(request)
    if form not in SHEETS or wanted.fault:
        raise MissingError
    viewer, at = viewer_of(request), clock.now()
    rows = tuple(walked(viewer, wanted.asked, most=files.MOST))
    made = files.list_file(
        rows,
        Format(form),
        files.Said(_selection(wanted), clock.today(), reader_language()),
        scanned=last_scanned(one.pk for one in rows),
    )
    detail: dict[str, str | int | None] = {"n": len(rows), "form": form}
    with transaction.atomic():
        record(event="checkins.points_exported", by=viewer, at=at, subject="points", detail=detail)
    return attached(made)


def filter_of(request: HttpRequest) -> Filter:
    """What the address asks for; a unit that is not understood says why."""
    get = request.GET
    kind, state, used = (get.get(name, "") for name in ("loai", "trang-thai", "dung"))
    asked = Asked(
        text=get.get("tim", "").replace("\0", "").strip()[:LONGEST],
        kind=Kind(kind) if kind in list(Kind) else None,
        state=State(state) if state in list(State) else None,
        used=Used(used) if used in list(Used) else None,
    )
    area = get.get("dia-ban", "").replace("\0", "").strip()[:LONGEST]
    try:
        (unit,) = units_of_text(area, held=_COUNTRY)[:1] or ("",)
    except RefusalError as refusal:
        return Filter(asked, area, refusal.words.in_language(reader_language()))
    return Filter(replace(asked, unit=unit), area)


def _counted_day() -> date | None:
    counted = last_counted()
    return counted.day if counted else None


def _passed(unit: str) -> list[str]:
    """The communes of today in which points of a former unit are sought, to say so."""
    if not unit or unit.startswith(f"{CURRENT_TREE}:"):
        return []
    return [written(one, reader_language()).split(",")[0] for one in sorted(passed_into(unit))]


def _just(request: HttpRequest, viewer: Viewer) -> dict[str, object] | None:
    """What was approved together a moment ago, to be taken back."""
    moment = _moment(request.GET.get("luc", ""))
    done = decided_together(viewer, moment, clock.now()) if moment else ()
    if moment is None or not done:
        return None
    until = moment + states.UNDO_WITHIN
    return {"n": len(done), "luc": moment.isoformat(), "until": until}


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo else None


def _said_back(request: HttpRequest) -> dict[str, str]:
    """The filter that the list stood under when a button of it was pressed."""
    names = ("tim", "dia-ban", "loai", "trang-thai", "dung")
    told = {name: request.POST.get(name, "")[:LONGEST] for name in names}
    return {name: text for name, text in told.items() if text}


def _address(said: dict[str, str]) -> str:
    return f"?{urlencode(said)}" if said else ""


def _selection(wanted: Filter) -> str:
    asked = wanted.asked
    parts = (
        asked.text,
        written(asked.unit, reader_language()) if asked.unit else "",
        kind_words(asked.kind) if asked.kind else "",
        state_words(asked.state) if asked.state else "",
        used_words()[asked.used] if asked.used else "",
    )
    return "; ".join(one for one in parts if one)
