"""The form behind a link of an SMS: for one person, shown by initials alone, once."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vungxanh.core import clock
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.actions.linking import declare_by_link, open_link
from vungxanh.declarations.queries.forms import published
from vungxanh.declarations.values.declared import Told
from vungxanh.declarations.values.form_words import form_words, text_of
from vungxanh.declarations.values.links import AgreeFirstError, OpenLink
from vungxanh.declarations.views.citizen_shown import shown_question, typed_in
from vungxanh.engines.forms import Answer, AnswersError, Questionnaire, shown
from vungxanh.people.values.standing import COLOUR_WORDS, Colour
from vungxanh.refusals import RefusalError


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The form; sent, what came of it. A link that no longer opens says why in one sentence."""
    at = clock.now()
    try:
        link = open_link(token=token, at=at)
        form = published(link.form)
        if request.method != "POST":
            return _page(request, link, form)
        return _sent(request, token, link=link, form=form)
    except AnswersError:
        raise
    except RefusalError as refusal:
        words = refusal.words.in_language(reader_language())
        context = {"words": words, "tab": "declare"}
        return render(request, "declarations/links/over.html", context, status=status_of(refusal))


def _sent(request: HttpRequest, token: str, *, link: OpenLink, form: Questionnaire) -> HttpResponse:
    answers = typed_in(form.questions, request.POST)
    if "agree" not in request.POST:
        fault = AgreeFirstError().words.in_language(reader_language())
        return _page(request, link, form, answers=answers, fault=fault)
    asked = shown(form, _plain(answers))
    told_of = {name: answer for name, answer in answers.items() if name in asked}
    try:
        told = declare_by_link(
            token=token,
            name=form.name,
            answers=told_of,
            lang=_language(form),
            at=clock.now(),
        )
    except AnswersError as wrong:
        return _page(request, link, form, answers=answers, faults=dict(wrong.faults))
    return _done(request, told)


def _page(
    request: HttpRequest,
    link: OpenLink,
    form: Questionnaire,
    *,
    answers: dict[str, object] | None = None,
    faults: dict[str, str] | None = None,
    fault: str = "",
) -> HttpResponse:
    language, said, wrong = _language(form), answers or {}, faults or {}
    asked = [
        shown_question(
            one,
            said.get(one.id),
            of=form,
            language=language,
            on=clock.today(),
            fault=wrong.get(one.id, ""),
        )
        for one in form.questions.values()
        if one.id not in link.known or one.id in wrong
    ]
    context = {
        "link": link,
        "title": text_of(form.title, language),
        "asked": asked,
        "fault": fault,
        "wrong": [one for one in asked if one.fault],
        "lang": language,
        "say": {name: text_of(texts, language) for name, texts in form_words()["page"].items()},
        "tab": "declare",
    }
    status = REFUSED_INPUT if fault or wrong else 200
    return render(request, "declarations/links/form.html", context, status=status)


def _done(request: HttpRequest, told: Told) -> HttpResponse:
    words = COLOUR_WORDS[Colour(told.colour)].in_language(reader_language())
    result = {"colour": told.colour, "is_ill": told.is_ill, "until": told.until}
    context = {"result": result, "colour_words": words, "tab": "declare"}
    return render(request, "declarations/links/done.html", context)


def _plain(answers: Mapping[str, object]) -> dict[str, Answer]:
    """As conditions read them: several choices as a tuple."""
    several = {name: tuple(one) if isinstance(one, list) else one for name, one in answers.items()}
    return {name: one for name, one in several.items() if isinstance(one, bool | str | int | tuple)}


def _language(form: Questionnaire) -> str:
    language = reader_language()
    return language if language in form.languages else "vi"
