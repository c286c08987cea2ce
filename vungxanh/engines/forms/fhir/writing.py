"""A questionnaire as FHIR R4."""

from collections.abc import Sequence

from vungxanh.engines.forms.fhir.names import (
    ANSWER_KIND,
    CARRIES,
    CONSENT,
    CONTROLS,
    EARLIEST,
    EXCLUSIVE,
    FORM,
    HINT,
    IDENTITY,
    ITEM_CONTROL,
    KIND,
    KINDS,
    LANGUAGE,
    LATEST,
    LOOKBACK,
    MAX_OCCURS,
    MAX_VALUE,
    PAGE,
    SOURCE,
    TEMPLATE,
    TRANSLATION,
    Json,
    options_of,
    type_of,
)
from vungxanh.engines.forms.languages import DAYS
from vungxanh.engines.forms.types import (
    FIRST_LANGUAGE,
    Clause,
    Option,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
    Texts,
)


def to_fhir(questionnaire: Questionnaire, *, status: str = "active") -> Json:
    """The R4 `Questionnaire`, ready for JSON; `from_fhir` reads it back to the same form.

    `status` is `draft`, `active` or `retired`. Texts are Vietnamese with translations as
    extensions, and `{days}` filled in.
    """
    form = questionnaire
    extensions: list[Json] = [_extension(KIND, "Code", form.kind)]
    if form.lookback_days is not None:
        extensions.append(_extension(LOOKBACK, "Integer", form.lookback_days))
    extensions += [_extension(LANGUAGE, "Code", one) for one in form.languages]
    extensions += [_extension(CONSENT, "Code", one) for one in form.consents]
    extensions.append(_extension(SOURCE, "String", form.source))
    return {
        "resourceType": "Questionnaire",
        "id": f"{form.id}-{form.version}".replace("_", "."),
        "language": FIRST_LANGUAGE,
        "extension": extensions,
        "url": f"{FORM}{form.id}",
        "version": str(form.version),
        "name": form.id.title().replace("_", ""),
        **_text("title", form.title, form),
        "status": status,
        "subjectType": ["Patient"],
        **_text("description", form.intro, form),
        "item": [_page(page, form) for page in form.pages],
    }


def _page(page: Page, form: Questionnaire) -> Json:
    return {
        "linkId": f"{PAGE}{page.id}",
        **_text("text", page.title, form),
        "type": "group",
        "item": [_question(form.questions[name], form) for name in page.questions],
    }


def _question(question: Question, form: Questionnaire) -> Json:
    item: Json = {
        "linkId": question.id,
        "extension": _extensions(question),
        **_text("text", question.text, form),
        "type": type_of(question.kind),
        "enableWhen": _clauses(question, form),
        "required": question.is_required,
        "answerOption": [_option(one, question, form) for one in question.options],
        "item": [_hint(question, question.hint, form)] if question.hint is not None else [],
    }
    if question.when is not None:
        item["enableBehavior"] = "all" if question.when.is_every else "any"
    if question.kind is QuestionKind.CHOICES:
        item["repeats"] = True
    if type_of(question.kind) == "string":
        item["maxLength"] = question.most if question.most > 1 else 64
    return {key: value for key, value in item.items() if value != []}


def _extensions(question: Question) -> list[Json]:
    """What R4 says by extensions of its own, then what it has no place for."""
    found: list[Json] = []
    kind = question.kind
    if kind is QuestionKind.INTEGER:
        found.append(_extension(MAX_VALUE, "Integer", question.most))
    if kind is QuestionKind.CHOICES and question.most != len(question.options):
        found.append(_extension(MAX_OCCURS, "Integer", question.most))
    if kind not in {KINDS[type_of(kind)], QuestionKind.CHOICES}:
        found.append(_extension(ANSWER_KIND, "Code", kind.value))
    days = ((EARLIEST, question.earliest_days), (LATEST, question.latest_days))
    found += [_extension(url, "Integer", one) for url, one in days if one is not None]
    flags = ((IDENTITY, question.identity), (CARRIES, question.carries))
    return found + [_extension(url, "Boolean", one) for url, one in flags if one]


def _clauses(question: Question, form: Questionnaire) -> list[Json]:
    when = question.when
    return [_clause(one, form) for one in when.clauses] if when is not None else []


def _clause(clause: Clause, form: Questionnaire) -> Json:
    if clause.value is None:
        return {"question": clause.question, "operator": "exists", "answerBoolean": True}
    if isinstance(clause.value, bool):
        return {"question": clause.question, "operator": "=", "answerBoolean": clause.value}
    coding = {"system": options_of(form.id, clause.question), "code": clause.value}
    return {"question": clause.question, "operator": "=", "answerCoding": coding}


def _option(option: Option, question: Question, form: Questionnaire) -> Json:
    coding = {
        "system": options_of(form.id, question.id),
        "code": option.id,
        **_text("display", option.text, form),
    }
    alone = _extension(EXCLUSIVE, "Boolean", option.is_exclusive)
    return {**({"extension": [alone]} if option.is_exclusive else {}), "valueCoding": coding}


def _hint(question: Question, hint: Texts, form: Questionnaire) -> Json:
    control = {"coding": [{"system": CONTROLS, "code": "help"}]}
    return {
        "linkId": f"{question.id}{HINT}",
        "extension": [{"url": ITEM_CONTROL, "valueCodeableConcept": control}],
        **_text("text", hint, form),
        "type": "display",
    }


def _text(key: str, texts: Texts, form: Questionnaire) -> Json:
    """A text with its translations beside it, and with what it was before it was filled in."""
    days = "" if form.lookback_days is None else str(form.lookback_days)
    others = [one for one in texts if one != FIRST_LANGUAGE]
    extensions = [_said(TRANSLATION, one, texts[one].replace(DAYS, days)) for one in others]
    if any(DAYS in text for text in texts.values()):
        extensions += [_said(TEMPLATE, one, text) for one, text in texts.items()]
    said: Json = {key: texts[FIRST_LANGUAGE].replace(DAYS, days)}
    return {**said, f"_{key}": {"extension": extensions}} if extensions else said


def _said(url: str, language: str, text: str) -> Json:
    parts: Sequence[Json] = (
        {"url": "lang", "valueCode": language},
        {"url": "content", "valueString": text},
    )
    return {"url": url, "extension": list(parts)}


def _extension(url: str, word: str, value: object) -> Json:
    return {"url": url, f"value{word}": value}
