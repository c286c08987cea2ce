"""A form without scripts: one page a step, what was said kept sealed from step to step."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.checkins.queries.door import code_typed
from vungxanh.checkins.queries.known_points import known_points
from vungxanh.core import clock
from vungxanh.core.access import PHONE_GIVEN, citizen_of, viewer_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError
from vungxanh.core.ids import made_at, new_id
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.actions.form_drafts import drop_draft, keep_draft
from vungxanh.declarations.queries import citizen_forms
from vungxanh.declarations.queries.form_drafts import draft_of
from vungxanh.declarations.queries.forms import published_version
from vungxanh.declarations.rules.form_pages import asked_on, minutes_from, pages_asked
from vungxanh.declarations.values.declared import Made
from vungxanh.declarations.values.drafts import DraftOf, SaidSoFar
from vungxanh.declarations.values.form_words import LANGUAGE_NAMES, form_words, text_of, word
from vungxanh.declarations.values.forms import FormVersion
from vungxanh.declarations.values.states import DECLARATIONS_KEPT_DAYS, Way
from vungxanh.declarations.views.citizen_form import keep_consent
from vungxanh.declarations.views.citizen_shown import (
    answer_words,
    as_answers,
    shown_question,
    typed_in,
)
from vungxanh.engines.forms import Answer, AnswersError, Page, Questionnaire, read_answers
from vungxanh.locations.values import tree_on
from vungxanh.people.actions import register_device
from vungxanh.people.actions.senders import sender_of
from vungxanh.people.queries import residences
from vungxanh.people.queries.devices import device_id_of
from vungxanh.people.values import Platform
from vungxanh.people.values.devices import NewDevice

FORM, STEP, REVIEW = "declarations-form", "declarations-step", "declarations-review"
DONE = "declarations-done"
LONGEST = 120
OLDEST_SECONDS = 1800
ENTRY = "entry"


@dataclass(frozen=True, slots=True, repr=False)
class Walk:
    """Somebody on their way through a form: what they said, what need not be asked."""

    version: FormVersion
    said: SaidSoFar
    known: dict[str, str]
    has_draft: bool

    @property
    def form(self) -> Questionnaire:
        """What is asked."""
        return self.version.form

    @property
    def language(self) -> str:
        """The language that the form is filled in in."""
        wanted = self.said.lang or reader_language()
        return wanted if wanted in self.form.languages else "vi"

    @property
    def answers(self) -> dict[str, Answer]:
        """What was said, as the engine has it."""
        return as_answers(self.said.answers)

    @property
    def skipped(self) -> frozenset[str]:
        """What the register knows and nobody wants to correct."""
        return frozenset() if self.said.asks_known else frozenset(self.known)

    @property
    def pages(self) -> list[Page]:
        """The pages that are gone through."""
        return pages_asked(self.form, self.answers, self.skipped)

    def faults(self, on: date) -> dict[str, str]:
        """What is missing or wrong so far, by question; what is known is not missing."""
        try:
            read_answers(self.form, self.said.answers, on=on, known=self.skipped)
        except AnswersError as refusal:
            return dict(refusal.faults)
        return {}


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, code: str, page: str) -> HttpResponseBase:
    """One page; what was said is kept even where something of it is wrong."""
    walk, at = _walk(request, code), clock.now()
    found = next((one for one in walk.form.pages if one.id == page), None)
    if found is None:
        raise MissingError
    if request.method == "GET":
        is_first = bool(walk.pages) and found == walk.pages[0]
        if not walk.has_draft and not is_first:
            return _lost(request, walk)
        return _step_page(request, walk, found)
    walk = _kept(request, walk, found, at=at)
    if "find" in request.POST or "change" in request.POST:
        return _step_page(request, walk, found)
    here = {one.id for one in asked_on(walk.form, found, walk.answers, known=walk.skipped)}
    seen = set(request.POST["asked"].split()) if "asked" in request.POST else here
    faults = {name: code for name, code in walk.faults(clock.today()).items() if name in seen}
    if here & set(faults) or here - seen:  # an answer may have led to a question that is new
        return _step_page(request, walk, found, faults=faults)
    return redirect(_next(walk, found))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything that was said; sent by one press, once however often it is pressed."""
    walk = _walk(request, code)
    if not walk.has_draft:
        return _already(request) or _lost(request, walk)
    faults = walk.faults(clock.today())
    for page in walk.pages:
        if set(page.questions) & set(faults):
            return _step_page(request, walk, page, faults=faults if request.POST else {})
    if request.method == "GET":
        return _review_page(request, walk)
    return _send(request, walk)


@never_cache
@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Forget the draft of this form."""
    of = _draft_of(request, published_version(code))
    if of:
        drop_draft(of=of)
    return redirect(FORM, code)


@never_cache
@require_POST
def mend(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what the register knows all the same."""
    walk = _walk(request, code)
    of = _draft_of(request, walk.version)
    if of:
        keep_draft(of=of, said=replace(walk.said, asks_known=True), at=clock.now())
    return redirect(STEP, code, walk.form.pages[0].id)


def _send(request: HttpRequest, walk: Walk) -> HttpResponseBase:
    citizen, at = citizen_of(request), clock.now()
    if not citizen_forms.has_consent(citizen, at):
        version = citizen_forms.consent_version()
        if request.POST.get("agree") != str(version):
            return _review_page(request, walk, needs_agreement=True)
        keep_consent(request, version=version, language=walk.language, at=at)
    sender = sender_of(by=citizen, at=at)
    if sender is None:
        return _lost(request, walk)
    answers = {name: one for name, one in walk.said.answers.items() if name not in walk.skipped}
    made = Made(
        id=_asked_id(request, at),
        questionnaire=walk.form.name,
        answers=answers,
        person_id=sender.person_id,
        way=Way.SELF,
        lang=walk.language,
        device_id=sender.device_id,
        by=citizen.id,
        point=_point(walk.said.point),
        at=at,
    )
    (told,) = declare(made=(made,), at=at)
    if not told.is_kept:
        return _review_page(request, walk, code=told.outcome)
    of = _draft_of(request, walk.version)
    if of:
        drop_draft(of=of)
    return redirect(DONE, told.id)


def _point(typed: str) -> int | None:
    """The point that an address named; one that is not known is left out."""
    code = code_typed(typed) if typed else None
    found = known_points([code]).get(code) if code else None
    return found.id if found else None


def _asked_id(request: HttpRequest, at: datetime) -> UUID:
    """The identifier that the form was given, so that a second press is the same declaration."""
    try:
        asked = UUID(request.POST.get("id", ""))
        is_young = abs((at - made_at(asked)).total_seconds()) < OLDEST_SECONDS
    except (ValueError, OverflowError):
        return new_id()
    return asked if is_young else new_id()


def _already(request: HttpRequest) -> HttpResponseBase | None:
    """A second press after the first was stored: to what it led to."""
    try:
        asked = UUID(request.POST.get("id", ""))
    except ValueError:
        return None
    return redirect(DONE, asked)


def _walk(request: HttpRequest, code: str) -> Walk:
    version, citizen = published_version(code), citizen_of(request)
    form, of = version.form, _draft_of(request, version)
    kept = draft_of(of) if of else None
    said = kept or SaidSoFar(_usual(form), point=request.GET.get("diem", "")[:40])
    asked = request.GET.get("lang", "")
    if asked in form.languages:
        said = replace(said, lang=asked)
        if of and kept:
            keep_draft(of=of, said=said, at=clock.now())
    language = said.lang or reader_language()
    known = citizen_forms.known_of(citizen, clock.now(), language)
    return Walk(version, said, {k: v for k, v in known.items() if k in form.questions}, bool(kept))


def _usual(form: Questionnaire) -> dict[str, object]:
    """What nearly everybody answers stands there already, to be changed."""
    return {"nationality": "VN"} if "nationality" in form.questions and form.id != ENTRY else {}


def _draft_of(request: HttpRequest, version: FormVersion) -> DraftOf | None:
    citizen = citizen_of(request)
    return DraftOf(device_id_of(citizen), version.id) if citizen.is_citizen else None


def _kept(request: HttpRequest, walk: Walk, page: Page, *, at: datetime) -> Walk:
    """The walk with what this page was sent, kept; a browser without a token gets one."""
    questions = {name: walk.form.questions[name] for name in page.questions}
    others = {name: one for name, one in walk.said.answers.items() if name not in questions}
    change = request.POST.get("change", "")
    typed = {k: one for k, one in typed_in(questions, request.POST).items() if k != change}
    lang = request.POST.get("lang", "")
    lang = lang if lang in walk.form.languages else walk.said.lang
    point = walk.said.point or request.POST.get("diem", "")[:40]
    said = replace(walk.said, answers={**others, **typed}, lang=lang, point=point)
    citizen = citizen_of(request)
    device_id = device_id_of(citizen) if citizen.is_citizen else _begun(request, at)
    keep_draft(of=DraftOf(device_id, walk.version.id), said=said, at=at)
    return replace(walk, said=said, has_draft=True)


def _begun(request: HttpRequest, at: datetime) -> UUID:
    """This browser let in, anonymous."""
    device = NewDevice(Platform.WEB, language=reader_language())
    by: Viewer = viewer_of(request)
    made = register_device(device=device, by=by, at=at)
    request.META[PHONE_GIVEN] = made.token
    return made.id


def _next(walk: Walk, page: Page) -> str:
    """Where to go after a page: the next one, or the review once nothing is missing."""
    pages = walk.pages
    after = walk.form.pages[walk.form.pages.index(page) + 1 :]
    left = [one for one in pages if one in after]
    faults = walk.faults(clock.today())
    wanting = [one for one in left if set(one.questions) & set(faults)]
    seen = wanting or ([] if not faults else left)
    target = (left if not _is_answered(walk, left) else seen)[:1]
    if not target:
        return reverse(REVIEW, args=[walk.form.id])
    return reverse(STEP, args=[walk.form.id, target[0].id])


def _is_answered(walk: Walk, pages: list[Page]) -> bool:
    """Whether something was said on each of these pages already."""
    return all(set(page.questions) & set(walk.said.answers) for page in pages)


def _step_page(
    request: HttpRequest, walk: Walk, page: Page, *, faults: dict[str, str] | None = None
) -> HttpResponse:
    faults, on, pages = faults or {}, clock.today(), walk.pages
    asked = [
        shown_question(
            question,
            walk.said.answers.get(question.id),
            of=walk.form,
            language=walk.language,
            on=on,
            fault=faults.get(question.id, ""),
        )
        for question in asked_on(walk.form, page, walk.answers, known=walk.skipped)
    ]
    at = pages.index(page) if page in pages else 0
    context = {
        **_context(walk),
        "page": page,
        "page_title": text_of(page.title, walk.language),
        "asked": asked,
        "wrong": [one for one in asked if one.fault],
        "steps": ["done" if n < at else "now" if n == at else "" for n in range(len(pages) + 1)],
        "step_words": _step_words(walk, at),
        "back": pages[at - 1].id if at else "",
        "known": _known(walk) if at == 0 else [],
        "finding": _finding(request, walk),
    }
    status = REFUSED_INPUT if faults else 200
    return render(request, "declarations/citizen/step.html", context, status=status)


def _step_words(walk: Walk, at: int) -> str:
    pages, language = walk.pages, walk.language
    n = minutes_from(walk.form, pages[at:], walk.answers, known=walk.skipped)
    left = word("page.minutes", language, n=n) if n else word("page.soon", language)
    return f"{word('page.step', language, n=at + 1, m=len(pages) + 1)} · {left}"


def _finding(request: HttpRequest, walk: Walk) -> dict[str, object]:
    """Communes that were looked for by the button beside a question."""
    name = request.POST.get("find", "")
    if name not in walk.form.questions:
        return {}
    text = request.POST.get(f"t-{name}", "").strip()[:LONGEST]
    found = residences.places_named(text, tree=tree_on(clock.today()), with_past=False)
    return {"id": name, "text": text, "communes": found.communes}


def _review_page(
    request: HttpRequest, walk: Walk, *, needs_agreement: bool = False, code: str = ""
) -> HttpResponse:
    language = walk.language
    rows = [
        (page.id, question.id, *_row(walk, question.id))
        for page in walk.pages
        for question in asked_on(walk.form, page, walk.answers, known=walk.skipped)
    ]
    refused = word(f"refused.{code.rpartition('.')[2]}", language) if code else ""
    context = {
        **_context(walk),
        "rows": rows,
        "known": _known(walk),
        "id": new_id(),
        "asks": not citizen_forms.has_consent(citizen_of(request), clock.now()),
        "version": citizen_forms.consent_version(),
        "needs_agreement": needs_agreement,
        "refused": refused or (word("refused.other", language) if code else ""),
        "back": walk.pages[-1].id if walk.pages else "",
        "keeps_until": word("page.keeps_until_text", language, n=DECLARATIONS_KEPT_DAYS),
    }
    status = REFUSED_INPUT if needs_agreement or code else 200
    return render(request, "declarations/citizen/review.html", context, status=status)


def _row(walk: Walk, name: str) -> tuple[str, str]:
    answer = walk.said.answers.get(name)
    days = walk.form.lookback_days
    return answer_words(walk.form.questions[name], answer, language=walk.language, days=days)


def _known(walk: Walk) -> list[tuple[str, str]]:
    if walk.said.asks_known:
        return []
    asked = walk.form.questions
    return [(text_of(asked[one].text, walk.language), said) for one, said in walk.known.items()]


def _context(walk: Walk) -> dict[str, object]:
    words = form_words()["page"]
    return {
        "code": walk.form.id,
        "title": text_of(walk.form.title, walk.language),
        "lang": walk.language,
        "languages": [(one, LANGUAGE_NAMES.get(one, one)) for one in walk.form.languages],
        "say": {name: text_of(texts, walk.language) for name, texts in words.items()},
        "has_draft": walk.has_draft,
        "point": walk.said.point,
        "tab": "declare",
    }


def _lost(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The draft is not there: sent, dropped, or the browser keeps no cookie."""
    context = {**_context(walk), "first": walk.form.pages[0].id}
    return render(request, "declarations/citizen/lost.html", context, status=404)
