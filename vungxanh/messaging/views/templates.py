"""Templates: the version in force, how it reads, what it costs; a new version."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.messaging import actions, queries
from vungxanh.messaging.forms import VersionForm
from vungxanh.messaging.rules import Channel
from vungxanh.messaging.rules.wording import filled
from vungxanh.messaging.values import (
    CHANNEL_WORDS,
    GRADE_WORDS,
    LANGUAGE_WORDS,
    Template,
    Version,
    Wordings,
)
from vungxanh.refusals import RefusalError


@dataclass(frozen=True, slots=True)
class Shown:
    """One text with example values, as it would arrive; parts of an SMS only."""

    channel: str
    language: str
    tongue: str
    subject: str
    text: str
    n_parts: int | None
    n_units: int | None
    is_unicode: bool


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every template, what holds its messages back, and the version in force."""
    rows = [_row(*one) for one in queries.templates(viewer_of(request))]
    return render(request, "messaging/templates.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One template: how it reads; what was written, looked at first and then brought into force."""
    template = queries.published().get(code)
    if template is None:
        raise MissingError
    known = queries.versions(code)
    now = known[0].wordings if known else template.wordings
    # A template that was never used is registered as its version 1 with the first new one.
    form = VersionForm(request.POST or None, wordings=now, follows=known[0].number if known else 1)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "save":
            return _written(request, template, form)
        return _page(request, template, form, written=form.wordings())
    return _page(request, template, form, status=422 if form.errors else 200)


def _written(request: HttpRequest, template: Template, form: VersionForm) -> HttpResponse:
    try:
        version = actions.write_version(
            code=template.code,
            wordings=form.wordings(),
            follows=form.cleaned_data["follows"],
            by=viewer_of(request),
            at=clock.now(),
        )
    except RefusalError as refusal:
        field = refusal.field.replace(".", "-") if refusal.field else None
        words = refusal.words.in_language(reader_language())
        form.add_error(field if field in form.fields else None, words)
        return _page(request, template, form, status=status_of(refusal))
    said = _("Phiên bản %(number)s có hiệu lực từ bây giờ; tin đã viết giữ nguyên lời cũ.")
    messages.success(request, said % {"number": version.number})
    return redirect("messaging-template", template.code)


def _page(
    request: HttpRequest,
    template: Template,
    form: VersionForm,
    *,
    written: Wordings | None = None,
    status: int = 200,
) -> HttpResponse:
    language = reader_language()
    known = queries.versions(template.code)
    now = known[0].wordings if known else template.wordings
    context = {
        "template": template,
        "name": template.name.in_language(language),
        "grade": GRADE_WORDS[template.grade].in_language(language),
        "version": known[0] if known else None,
        "earlier": known[1:],
        "shown": _shown(now, template),
        "written": _shown(written, template) if written else [],
        "places": sorted(template.examples.items()),
        "form": form,
    }
    return render(request, "messaging/template.html", context, status=status)


def _row(template: Template, version: Version | None) -> dict[str, object]:
    language = reader_language()
    wordings = version.wordings if version else template.wordings
    return {
        "template": template,
        "name": template.name.in_language(language),
        "grade": GRADE_WORDS[template.grade].in_language(language),
        "version": version,
        "channels": [
            CHANNEL_WORDS[channel].in_language(language)
            for channel in Channel
            if (channel, "vi") in wordings
        ],
        "most_parts": max((one.n_parts or 0 for one in _shown(wordings, template)), default=0),
    }


def _shown(wordings: Wordings, template: Template) -> list[Shown]:
    """Each text with the template's example values; those that do not fit stay as they are."""
    language = reader_language()
    found = []
    for (channel, tongue), wording in sorted(
        wordings.items(), key=lambda one: (list(Channel).index(one[0][0]), one[0][1] != "vi")
    ):
        text = _filled(wording.text, template)
        form = queries.sms_form(text) if channel is Channel.SMS else None
        found.append(
            Shown(
                channel=CHANNEL_WORDS[channel].in_language(language),
                language=LANGUAGE_WORDS[tongue].in_language(language),
                tongue=tongue,
                subject=_filled(wording.subject, template),
                text=form.text if form else text,
                n_parts=form.segments.n_parts if form else None,
                n_units=form.segments.n_units if form else None,
                is_unicode=bool(form and form.segments.is_unicode),
            )
        )
    return found


def _filled(text: str, template: Template) -> str:
    try:
        return filled(text, template.examples)
    except KeyError:
        return text
