"""A citizen's rights: what is kept, who looked, a copy, consents, requests, deletion."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.audit.actions import record
from vungxanh.core import clock, subjects
from vungxanh.core.access import citizen_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.subjects import HeldLine, Subject
from vungxanh.people import actions, exports
from vungxanh.people.actions.refusals import PeopleRefusalError
from vungxanh.people.forms.rights import DeleteForm, RequestForm
from vungxanh.people.gateways.cookies import drop_token
from vungxanh.people.gateways.phones import device_of
from vungxanh.people.models import Device
from vungxanh.people.overview import copies
from vungxanh.people.queries import consents as asked
from vungxanh.people.queries import held, proofs
from vungxanh.people.queries.bases import told_on
from vungxanh.people.queries.looks import looks as looks_at
from vungxanh.people.queries.requests import own_requests
from vungxanh.people.queries.rights import is_held_back
from vungxanh.people.values.consents import Consenting, ConsentState
from vungxanh.people.values.copies import style
from vungxanh.people.values.rights import KIND_WORDS, OUTCOME_WORDS, Kind, NewRequest, RequestLine


@never_cache
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What every room keeps of the citizen, until when and why."""
    device, at = device_of(request), clock.now()
    lines = copies.ordered(subjects.held(_subject(device), at))
    context = {"lines": [_line(line) for line in lines], **_grounds(device, at), "tab": "own"}
    return render(request, "people/rights/kept.html", context)


@never_cache
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at the citizen's data: office and role, never the name; for what."""
    rows = _looks(device_of(request))
    return render(request, "people/rights/looks.html", {"rows": rows, "tab": "own"})


@never_cache
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, to read and for machines; packed in memory, on no disk of ours."""
    device, at, language = device_of(request), clock.now(), reader_language()
    subject = _subject(device)
    with transaction.atomic():
        record(event="people.downloaded", by=citizen_of(request), at=at, subject=subject.ref)
    rooms = subjects.export(subject)
    page = render_to_string(
        "people/rights/copy.html",
        {
            "language": language,
            "style": format_html("<style>{}</style>", style()),
            "made_at": at,
            "sections": copies.sections(subject, rooms, at, language=language),
            "looks": _looks(device),
            **_grounds(device, at),
            "page_name": exports.PAGE,
            "machine_name": exports.MACHINES,
        },
    )
    name = f'attachment; filename="{exports.FOLDER}.zip"'
    packed = exports.packed(page=page, rooms=rooms, at=at)
    return HttpResponse(
        packed, content_type="application/zip", headers={"Content-Disposition": name}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """Each text with what it allows; given or withdrawn by a press of its own button."""
    device = device_of(request)
    if request.method == "POST":
        _consent(request, device)
        return redirect("people-me_consents")
    states = [_state(state) for state in asked.consents(device)]
    return render(request, "people/rights/consents.html", {"states": states, "tab": "own"})


@never_cache
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """What the citizen asked for, the answers, and a form to ask."""
    device, form = device_of(request), RequestForm(request.POST or None, language=reader_language())
    if request.method == "GET":
        return _requests_page(request, device, RequestForm(language=reader_language()))
    if not form.is_valid():
        return _requests_page(request, device, form, status=REFUSED_INPUT)
    said = NewRequest(Kind(form.cleaned_data["kind"]), form.cleaned_data["words"])
    try:
        actions.ask(device=device, request=said, by=citizen_of(request), at=clock.now())
    except PeopleRefusalError as refusal:
        form.add_error(refusal.field or None, refusal.words.in_language(reader_language()))
        return _requests_page(request, device, form, status=status_of(refusal))
    messages.success(request, _("Đã gửi yêu cầu. Bạn được trả lời trong 2 ngày làm việc."))
    return redirect("people-me_requests")


@require_POST
def drop(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take an own request back."""
    actions.drop_request(
        device=device_of(request), request_id=request_id, by=citizen_of(request), at=clock.now()
    )
    messages.success(request, _("Đã rút yêu cầu."))
    return redirect("people-me_requests")


@never_cache
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Say what goes, what stays and why; after the word is typed, delete at once."""
    device, at = device_of(request), clock.now()
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proof_id = actions.erase_self(device=device, by=citizen_of(request), at=at)
        response = render(
            request, "people/rights/deleted.html", {"proof": proofs.erasure(proof_id)}
        )
        drop_token(response)
        return response
    lines = [_line(line) for line in subjects.held(_subject(device), at)]
    told = {
        "form": form,
        "goes": [line for line in lines if line["goes"]],
        "stays": [line for line in lines if not line["goes"]],
        "is_held_back": device.person_id is not None and is_held_back(device.person_id, at),
        "tab": "own",
    }
    status = REFUSED_INPUT if request.method == "POST" else 200
    return render(request, "people/rights/delete.html", told, status=status)


def _consent(request: HttpRequest, device: Device) -> None:
    purpose = request.POST.get("purpose", "")
    if purpose not in set(Consenting):
        raise MissingError
    chosen, by, at = Consenting(purpose), citizen_of(request), clock.now()
    if request.POST.get("act") == "withdraw":
        actions.withdraw_consent(device=device, purpose=chosen, by=by, at=at)
        messages.success(request, _("Đã rút sự đồng ý."))
    elif request.POST.get("act") == "give":
        version = request.POST.get("version", "")
        actions.give_consent(
            device=device,
            purpose=chosen,
            version=int(version) if version.isdecimal() and len(version) < 5 else 0,
            language=reader_language(),
            by=by,
            at=at,
        )
        messages.success(request, _("Đã ghi sự đồng ý của bạn."))


def _requests_page(
    request: HttpRequest, device: Device, form: RequestForm, *, status: int = 200
) -> HttpResponse:
    rows = [_request_row(one) for one in own_requests(device)]
    context = {"form": form, "rows": rows, "has_person": device.person_id is not None, "tab": "own"}
    return render(request, "people/rights/requests.html", context, status=status)


def _request_row(one: RequestLine) -> dict[str, object]:
    outcome = OUTCOME_WORDS[one.outcome].in_language(reader_language()) if one.outcome else ""
    return {
        "row": one,
        "kind": KIND_WORDS[one.kind].in_language(reader_language()),
        "outcome": outcome,
    }


def _subject(device: Device) -> Subject:
    if device.person is None:
        return held.subject_of_device(device)
    return held.subject_of(device.person)


def _line(line: HeldLine) -> dict[str, object]:
    language = reader_language()
    return {
        "what": line.what.in_language(language),
        "n": line.n,
        "until": line.kept_until,
        "why": line.why.in_language(language),
        "goes": line.goes,
    }


def _looks(device: Device) -> list[dict[str, object]]:
    """Who looked, by office and role, newest first."""
    language = reader_language()
    found = looks_at(device.person_id) if device.person_id else ()
    return [
        {
            "at": one.at,
            "office": one.office.in_language(language),
            "role": one.role.in_language(language),
            "purpose": one.purpose.in_language(language),
            "law": one.law,
        }
        for one in found
    ]


def _grounds(device: Device, at: datetime) -> dict[str, object]:
    """On what it is kept: what was agreed to, and laws of campaigns in force today."""
    language = reader_language()
    given = [_state(one) for one in asked.consents(device) if one.given_at]
    laws = [
        {"said": one, "words": one.words.in_language(language)}
        for one in told_on(at.astimezone(clock.TZ).date())
    ]
    return {"consents": given, "bases": laws}


def _state(state: ConsentState) -> dict[str, object]:
    language, text = reader_language(), state.text
    parts = ("name", "text", "data", "who", "ends")
    words = {part: getattr(text, part).in_language(language) for part in parts}
    return {**words, "state": state, "purpose": str(text.purpose), "version": text.version}
