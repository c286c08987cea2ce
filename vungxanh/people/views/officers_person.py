"""One person: opened for a purpose, a paper revealed, what is wrong corrected."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.actions.purposes import for_purpose
from vungxanh.accounts.queries import written
from vungxanh.accounts.queries.glass import covers, names
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import whole_or_none
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark, Tone
from vungxanh.core.viewer import CITIZEN, Viewer
from vungxanh.people.actions.correcting import Correction, correct
from vungxanh.people.forms.moving import said_of
from vungxanh.people.forms.officers import ChangeForm, MovingForm, PurposeForm, said
from vungxanh.people.models import Person
from vungxanh.people.queries.officers_person import (
    OpenedPerson,
    may_act,
    opened_person,
    person_for,
)
from vungxanh.people.queries.own_codes import cards_of
from vungxanh.people.values import Origin, Platform, Residence, person_ref
from vungxanh.people.values.entries import PersonChange
from vungxanh.people.values.looking import ORIGIN_WORDS, Line
from vungxanh.people.values.standing import CLASS_WORDS, COLOUR_WORDS, Class, Colour
from vungxanh.people.views.officers_shown import (
    COUNTRY,
    PAPER_WORDS,
    PLATFORM_WORDS,
    SEX_WORDS,
    ago,
    birth_words,
    commune_of,
    kept_fields,
    purpose_choices,
    shown,
    unit_name,
)

_TONES: dict[Colour, Tone] = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "warn",
    Colour.ORANGE: "warn",
    Colour.RED: "bad",
}


@dataclass(frozen=True, slots=True, repr=False)
class Changed:
    """One thing that a correction changes, as it was and as it will be."""

    label: str
    before: str
    after: str


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask for the purpose, then open; one paper in full where it is asked for."""
    viewer, at = viewer_of(request), clock.now()
    row = person_for(viewer, person_id)
    form = PurposeForm(request.POST or None, purposes=purpose_choices())
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "person_id": row.pk, "unit": unit_name(row.residence_id or "")}
        return render(request, "people/officers/ask.html", context, status=status)
    paper = whole_or_none(request.POST.get("paper", "")) or 0
    purpose = form.cleaned_data["purpose"]
    accounts.look(
        viewer=viewer,
        purpose=purpose,
        resource="document" if paper else "person",
        subject=person_ref(row.pk),
        at=at,
    )
    found = opened_person(row, at, shown_paper=paper)
    acts = may_act(viewer, row)
    living = next((one for one in cards_of(row, at) if not one.is_revoked), None) if acts else None
    context = {**_context(found, at), "purpose": purpose, "may_act": acts, "living": living}
    return render(request, "people/officers/person.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: int) -> HttpResponse:
    """Correct somebody: the form, then what will change, then it is done."""
    viewer = viewer_of(request)
    row = person_for(viewer, person_id, acting=True)
    if request.method != "POST":
        return redirect("people-person", person_id)
    step, at = request.POST.get("step", ""), clock.now()
    looking = for_purpose(viewer, request.POST.get("purpose", ""), at)
    if step != "save":
        accounts.look(
            viewer=viewer,
            purpose=looking.purpose,
            resource="person_change",
            subject=person_ref(row.pk),
            at=at,
        )
    kept = opened_person(row, at)
    form = _form(request, kept, is_sent=step in {"check", "save"})
    correction = _correction(form, kept) if form.is_bound and form.is_valid() else None
    context: dict[str, object] = {"form": form, "row": row, "purpose": looking.purpose}
    if correction is None or form.errors:
        status = 422 if form.is_bound else 200
        return render(request, "people/officers/change.html", context, status=status)
    changes = _changes(form, kept, correction)
    family = MovingForm(
        request.POST if step == "save" else None, left=_left_behind(viewer, kept, correction)
    )
    if changes and (step == "check" or not family.is_valid()):
        context |= {"changes": changes, "kept": kept_fields(request, form), "family": family}
        status = 422 if family.is_bound else 200
        return render(request, "people/officers/change_check.html", context, status=status)
    if step == "save" and changes:
        moving = tuple(family.cleaned_data.get("moving", ()))
        correct(person=row, correction=replace(correction, moving=moving), by=looking, at=at)
    return _corrected(request, row, n=len(changes))


def _left_behind(
    viewer: Viewer, kept: OpenedPerson, correction: Correction
) -> list[tuple[str, str]]:
    """Dependants of the own area who live elsewhere than the person will: each may move along."""
    if correction.residence is None:
        return []
    unit = correction.residence.unit
    return [
        (
            str(one.id),
            said_of(_("Số %(n)s, %(who)s") % {"n": one.id, "who": _who(one)}, unit_name(one.unit)),
        )
        for one in kept.dependants
        if one.unit and one.unit != unit and covers(viewer.units, [one.unit])
    ]


def _who(line: Line) -> str:
    return f"{line.initials} {line.birth_year or ''}".strip()


def _corrected(request: HttpRequest, row: Person, *, n: int) -> HttpResponse:
    """Back to the person, or to the search where they no longer live in the area."""
    words = _("Đã sửa. Người này thấy được lần sửa này.") if n else _("Không có gì thay đổi.")
    messages.success(request, words)
    moved = Person.objects.select_related("residence").get(pk=row.pk)
    if may_act(viewer_of(request), moved):
        return redirect("people-person", row.pk)
    return redirect("people-search")


def _form(request: HttpRequest, kept: OpenedPerson, *, is_sent: bool) -> ChangeForm:
    papers = [(str(one.id), f"{said(PAPER_WORDS[one.kind])} {one.number}") for one in kept.papers]
    home = written(kept.row.residence_id or "", reader_language())
    return ChangeForm(
        request.POST if is_sent else None,
        papers=papers,
        initial={
            "name": kept.name,
            "birth": birth_words(kept.birth),
            "sex": kept.sex,
            "commune": home,
            "address": kept.address,
        },
    )


def _correction(form: ChangeForm, kept: OpenedPerson) -> Correction:
    """What the form changes of what is kept."""
    typed = form.cleaned_data
    unit = commune_of(form, COUNTRY)
    texts = {
        name: typed[name] for name in ("name", "birth", "sex") if typed[name] != getattr(kept, name)
    }
    is_moved = unit != kept.row.residence_id or typed["address"] != kept.address
    return Correction(
        change=PersonChange(**texts, papers=form.papers()),
        residence=Residence(unit, typed["address"]) if is_moved else None,
        forgotten=tuple(typed["forgotten"]),
    )


def _changes(form: ChangeForm, kept: OpenedPerson, correction: Correction) -> list[Changed]:
    """What will be otherwise, for eyes that look before it is done."""
    new, home = correction.change, correction.residence
    found = []
    if new.name is not None:
        found.append(Changed(_("Họ và tên"), kept.name, new.name))
    if new.birth is not None:
        found.append(Changed(_("Sinh"), birth_words(kept.birth), birth_words(new.birth)))
    if new.sex is not None:
        found.append(Changed(_("Giới tính"), _sex(kept.sex), _sex(new.sex)))
    if home is not None:
        before = _home(unit_name(kept.row.residence_id or ""), kept.address)
        found.append(Changed(_("Nơi ở"), before, _home(unit_name(home.unit), home.address)))
    for _kind, number in new.papers:
        found.append(Changed(_("Thêm giấy tờ"), "", number))
    masked = {one.id: f"{said(PAPER_WORDS[one.kind])} {one.number}" for one in kept.papers}
    gone = [masked[one] for one in correction.forgotten if one in masked]
    return [*found, *(Changed(_("Bỏ giấy tờ"), one, "") for one in gone)]


def _home(unit: str, address: str) -> str:
    return f"{address}, {unit}" if address else unit


def _sex(sex: str) -> str:
    return said(SEX_WORDS[sex]) if sex in SEX_WORDS else _("Chưa rõ")


def _context(found: OpenedPerson, at: datetime) -> dict[str, object]:
    """The words of an opened person."""
    return {
        "found": found,
        "birth": birth_words(found.birth),
        "sex": _sex(found.sex),
        "unit": unit_name(found.row.residence_id or ""),
        "origin": said(ORIGIN_WORDS[Origin(found.row.origin)]),
        "writer": _writer(found.row.created_by),
        "papers": [{"line": one, "kind": said(PAPER_WORDS[one.kind])} for one in found.papers],
        "devices": [
            {
                "line": one,
                "platform": said(PLATFORM_WORDS[Platform(one.platform)]),
                "seen": ago(one.last_seen_at, at),
            }
            for one in found.devices
        ],
        "standings": [
            {
                "row": one,
                "words": said(CLASS_WORDS[Class(one.cls)]),
                "lies_ahead": one.starts_at > at,
            }
            for one in found.standings
        ],
        "card": _card(found),
        "guardian": shown([found.guardian])[0] if found.guardian else None,
        "dependants": shown(found.dependants),
    }


def _card(found: OpenedPerson) -> Mark | None:
    if found.card is None:
        return None
    colour = Colour(found.card.colour)
    return Mark(_TONES[colour], said(COLOUR_WORDS[colour]))


def _writer(reference: str) -> str:
    """Who wrote somebody down: a colleague's name, the person, the system."""
    if reference.startswith(CITIZEN):
        return _("Chính người này, trên ứng dụng")
    return names([reference]).get(reference, _("Hệ thống"))
