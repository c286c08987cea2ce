"""Whose colour a draft of rules would change, for those who may see persons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.queries.purposes import purposes_on
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions.judging_many import communes_of, places_of
from vungxanh.declarations.actions.trying import Changed, changed_persons
from vungxanh.declarations.gateways.last_declared import Units
from vungxanh.declarations.queries.ruling import may_change, rules_version
from vungxanh.declarations.values.ruling import RulesVersion
from vungxanh.declarations.views import ruling_shown as shown
from vungxanh.people.queries.reaching import reached

MOST = 50
_LONGEST = 18


@never_cache
@require_GET
def persons(request: HttpRequest, rules_id: int) -> HttpResponse:
    """Fifty at a time, by number; each page that is read is a look in the log."""
    viewer, at = viewer_of(request), clock.now()
    version = rules_version(rules_id, viewer=viewer)
    purpose = request.GET.get("muc-dich", "")
    lang = reader_language()
    purposes = [(one.code, one.words.in_language(lang)) for one in purposes_on(clock.today())]
    context: dict[str, object] = {"version": version, "purposes": purposes, "purpose": purpose}
    if purpose:
        subject = f"rules:{rules_id}"
        looking = accounts.look(
            viewer=viewer, purpose=purpose, resource="rules", subject=subject, at=at
        )
        places, after = _places(version, viewer), _number(request.GET.get("sau", ""))
        found, last = changed_persons(version=version, places=places, after=after, most=MOST, at=at)
        context |= {"lines": _lines(found, looking), "last": last}
    return render(request, "declarations/ruling/persons.html", context)


def _places(version: RulesVersion, viewer: Viewer) -> Units:
    """The province's communes; of the country's rules, those that the viewer holds."""
    if version.province or may_change(viewer, ""):
        return places_of(version.province)
    return communes_of(viewer.units)


def _lines(found: list[Changed], looking: Viewer) -> list[dict[str, object]]:
    people = reached([one.person for one in found], viewer=looking)
    return [
        {
            "n": one.person,
            "name": people[one.person].name if one.person in people else "",
            "year": people[one.person].birth_year if one.person in people else None,
            "unit": shown.unit_name(one.unit),
            "before": shown.mark(one.before),
            "after": shown.mark(one.after),
        }
        for one in found
    ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0
