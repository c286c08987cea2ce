"""What a citizen corrects of their own particulars and papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.people import actions
from vungxanh.people.forms.citizen import PAPERS, SEXES, PaperForm, PersonForm, refused
from vungxanh.people.gateways.phones import device_of
from vungxanh.people.models import Person
from vungxanh.people.queries import citizens
from vungxanh.people.rules.masking import masked_birth, masked_name, written_birth
from vungxanh.people.values.citizens import OwnPaper, OwnParticulars
from vungxanh.people.values.entries import PersonChange
from vungxanh.refusals import RefusalError

LIST = "people-me_particulars"


@never_cache
@require_GET
def particulars(request: HttpRequest) -> HttpResponse:
    """What is written down, masked until touched."""
    device = device_of(request)
    person, state = device.person, citizens.own_state(device, clock.now())
    own = citizens.own_particulars(person) if person else None
    context = {
        "state": state,
        "rows": _rows(own) if own else [],
        "papers": [_paper_row(paper) for paper in own.papers] if own else [],
        "tab": "own",
    }
    return render(request, "people/me/particulars.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Correct name, birth and sex."""
    person = _person(request)
    own = citizens.own_particulars(person)
    if request.method == "GET":
        said = {"name": own.name, "birth": written_birth(own.birth), "sex": own.sex}
        return _form_page(request, "change", PersonForm(initial=said))
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _form_page(request, "change", form, status=REFUSED_INPUT)
    try:
        _correct(request, person, _change(form, own))
    except RefusalError as refusal:
        return _form_page(request, "change", refused(form, refusal), status=status_of(refusal))
    messages.success(request, _("Đã lưu thông tin của bạn."))
    return redirect(LIST)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def add_paper(request: HttpRequest) -> HttpResponse:
    """Write one identity paper down."""
    person, form = _person(request), PaperForm(request.POST or None)
    if request.method == "GET":
        return _form_page(request, "paper", PaperForm())
    if not form.is_valid():
        return _form_page(request, "paper", form, status=REFUSED_INPUT)
    paper = (form.cleaned_data["kind"], form.cleaned_data["number"])
    try:
        _correct(request, person, PersonChange(papers=(paper,)))
    except RefusalError as refusal:
        page = refused(form, refusal, {"paper": "number"})
        return _form_page(request, "paper", page, status=status_of(refusal))
    messages.success(request, _("Đã ghi giấy tờ."))
    return redirect(LIST)


@never_cache
@require_http_methods(["GET", "POST"])
def forget_paper(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take one identity paper out, once it was named and confirmed."""
    person = _person(request)
    if request.method == "POST":
        # Sent twice, the second time finds nothing left to forget.
        actions.forget_document(
            person_id=person.pk, document_id=document_id, by=citizen_of(request), at=clock.now()
        )
        messages.success(request, _("Đã bỏ giấy tờ này khỏi hệ thống."))
        return redirect(LIST)
    papers = citizens.own_particulars(person).papers
    found = [_paper_row(paper) for paper in papers if paper.id == document_id]
    if not found:
        raise MissingError
    return render(request, "people/me/paper_forget.html", {"paper": found[0]})


def _person(request: HttpRequest) -> Person:
    """The holder of the phone; before a number is proved nobody is known to correct."""
    person = device_of(request).person
    if person is None:
        raise MissingError
    return person


def _correct(request: HttpRequest, person: Person, said: PersonChange) -> None:
    actions.change_person(person_id=person.pk, change=said, by=citizen_of(request), at=clock.now())


def _change(form: PersonForm, own: OwnParticulars) -> PersonChange:
    """What differs; a name that never was written down may stay empty."""
    said = form.cleaned_data
    return PersonChange(
        name=said["name"] if said["name"] != own.name else None,
        birth=said["birth"] if said["birth"] != written_birth(own.birth) else None,
        sex=said["sex"] if said["sex"] != own.sex else None,
    )


def _form_page(
    request: HttpRequest, name: str, form: PersonForm | PaperForm, *, status: int = 200
) -> HttpResponse:
    template = f"people/me/particulars_{name}.html"
    return render(request, template, {"form": form, "tab": "own"}, status=status)


def _rows(own: OwnParticulars) -> list[tuple[str, str, str]]:
    """(what, masked, whole) of each field."""
    sex = next((words for name, words in SEXES if name == own.sex and name), "")
    return [
        (_("Họ và tên"), masked_name(own.name), own.name),
        (_("Ngày sinh"), masked_birth(own.birth), written_birth(own.birth)),
        (_("Giới tính"), "•••" if sex else "", str(sex)),
        (_("Số nhà, đường"), "•••" if own.address else "", own.address),
    ]


def _paper_row(paper: OwnPaper) -> dict[str, object]:
    return {"paper": paper, "kind": dict(PAPERS)[paper.kind]}
