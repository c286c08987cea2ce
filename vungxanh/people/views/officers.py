"""Looking persons up, and the list of those who are followed."""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.values.exports import EXPORT
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.looking_up import look_up
from vungxanh.people.forms.officers import PurposeForm, SearchForm, said
from vungxanh.people.overview.officers_lists import ALL, LISTS
from vungxanh.people.queries.finding import MOST_OPENED
from vungxanh.people.queries.officers_followed import (
    FollowedLine,
    followed,
    tallies,
    total_of,
)
from vungxanh.people.values.looking import LookUp, Way
from vungxanh.people.values.standing import CLASS_WORDS, Class
from vungxanh.people.views.officers_shown import (
    COUNTRY,
    commune_of,
    purpose_choices,
    refuse,
    shown,
    unit_name,
)
from vungxanh.refusals import RefusalError

_NOTHING: Mapping[str, object] = MappingProxyType({})


@never_cache
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """First the purpose, then whom; what was typed never stands in an address."""
    viewer = viewer_of(request)
    form = SearchForm(request.POST or None, purposes=purpose_choices())
    if request.method != "POST":
        return _page(request, form)
    asked = _asked(form, viewer)
    if asked is None:
        return _page(request, form, status=422)
    try:
        answer = look_up(asked=asked, by=viewer, at=clock.now())
    except RefusalError as refusal:
        refuse(form, refusal, phone="text", paper="text")
        response = _page(request, form, status=status_of(refusal))
        wait = getattr(refusal, "retry_after_seconds", None)
        if wait is not None:
            response["Retry-After"] = str(wait)
        return response
    found: dict[str, object] = {
        "answer": answer,
        "lines": shown(answer.lines),
        "purpose": asked.purpose,
        "by_name": asked.way is Way.NAME,
    }
    return _page(request, _next(asked, form), found=found)


@never_cache
@require_safe
def followed_list(request: HttpRequest) -> HttpResponse:
    """Who is in quarantine or to be tested: the numbers, and for a purpose the list."""
    viewer, at = viewer_of(request), clock.now()
    chosen = request.GET.get("dien", ALL)
    chosen = chosen if chosen in LISTS else ALL
    found = tallies(viewer, LISTS[chosen], at)
    context = {
        "rows": [{"tally": one, "unit": unit_name(one.unit)} for one in found],
        "total": total_of(found),
        "choices": _choices(chosen),
        "chosen": chosen,
        "at": at,
        "exports": viewer.may(EXPORT),
        **_list(request, viewer, chosen),
    }
    return render(request, "people/officers/followed.html", context)


def _asked(form: SearchForm, viewer: Viewer) -> LookUp | None:
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    commune = commune_of(form, COUNTRY if viewer.glass else viewer.units)
    if form.errors:
        return None
    return LookUp(form.way_of(), typed["text"], typed["purpose"], typed["birth_year"], commune)


def _next(asked: LookUp, form: SearchForm) -> SearchForm:
    """What was asked, ready to be changed; the purpose is to be chosen anew."""
    typed = form.cleaned_data
    kept = {name: typed[name] for name in ("text", "birth_year", "commune")}
    return SearchForm(purposes=purpose_choices(), initial={"way": asked.way.value, **kept})


def _page(
    request: HttpRequest,
    form: SearchForm,
    *,
    status: int = 200,
    found: Mapping[str, object] = _NOTHING,
) -> HttpResponse:
    limits = {"most_opened": MOST_OPENED, "most_lookups": settings.LOOKUPS_OFFICER}
    context = {"form": form, **limits, **found}
    return render(request, "people/officers/search.html", context, status=status)


def _choices(chosen: str) -> list[dict[str, object]]:
    labels = {
        "cach-ly": said(CLASS_WORDS[Class.QUARANTINED]),
        "xet-nghiem": said(CLASS_WORDS[Class.TO_BE_TESTED]),
        ALL: _("Cả hai"),
    }
    return [
        {"label": label, "url": f"?dien={name}", "current": name == chosen}
        for name, label in labels.items()
    ]


def _list(request: HttpRequest, viewer: Viewer, chosen: str) -> dict[str, object]:
    """The persons, once it is said what for: each page that is read is a look in the log."""
    purpose = request.GET.get("muc-dich", "")
    asked = {"purpose": purpose} if purpose else None
    form = PurposeForm(asked, purposes=purpose_choices())
    if asked is None or not form.is_valid():
        return {"form": form}
    at = clock.now()
    looking = accounts.look(
        viewer=viewer, purpose=purpose, resource="followed", subject=f"list:{chosen}", at=at
    )
    page = followed(looking, LISTS[chosen], at, page=request.GET.get("trang", 1))
    kept = {"dien": chosen, "muc-dich": purpose}
    return {
        "form": form,
        "purpose": purpose,
        "lines": [_line(one) for one in page],
        "pages": pages_of(page, kept),
    }


def _line(line: FollowedLine) -> dict[str, object]:
    classes = ", ".join(said(CLASS_WORDS[one]) for one in line.classes)
    return {"line": line, "unit": unit_name(line.unit), "classes": classes}
