"""Answers as a FHIR R4 `QuestionnaireResponse`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from vungxanh.engines.forms.fhir.names import FORM, PAGE, Json, options_of, type_of
from vungxanh.engines.forms.languages import said
from vungxanh.engines.forms.types import (
    FIRST_LANGUAGE,
    NOT_FHIR,
    OF_OPTIONS,
    Answer,
    Answers,
    FormError,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
)

_MOST: Final = 200
_VALUES: Final[Mapping[str, str]] = {
    "boolean": "valueBoolean",
    "date": "valueDate",
    "integer": "valueInteger",
    "string": "valueString",
}


def response_to_fhir(
    questionnaire: Questionnaire,
    answers: Answers,
    *,
    authored: datetime | None = None,
    language: str = FIRST_LANGUAGE,
) -> Json:
    """The R4 response, ready for JSON: names nobody; questions are told in a language."""
    when: Json = {} if authored is None else {"authored": authored.isoformat(timespec="seconds")}
    pages = (_page(one, questionnaire, (answers, language)) for one in questionnaire.pages)
    items = [one for one in pages if one["item"]]
    answered: Json = {"item": items} if items else {}
    return {
        "resourceType": "QuestionnaireResponse",
        "language": language,
        "questionnaire": f"{FORM}{questionnaire.id}|{questionnaire.version}",
        "status": "completed",
        **when,
        **answered,
    }


def response_from_fhir(questionnaire: Questionnaire, resource: object) -> dict[str, Answer]:
    """The answers of an R4 response to this form, as they are kept. Raises `FormError`.

    `read_answers` says whether the form takes them.
    """
    response = _object(resource, "QuestionnaireResponse")
    if response.get("resourceType") != "QuestionnaireResponse":
        raise FormError(NOT_FHIR, "resourceType")
    if response.get("questionnaire") != f"{FORM}{questionnaire.id}|{questionnaire.version}":
        raise FormError(NOT_FHIR, "questionnaire")
    found: dict[str, Answer] = {}
    for name, item in _items(response, 0):
        question = questionnaire.questions.get(name)
        if question is None or name in found:
            raise FormError(NOT_FHIR, name[:40])
        found[name] = _answer(item, question)
    return {name: found[name] for name in questionnaire.questions if name in found}


def _page(page: Page, form: Questionnaire, given: tuple[Answers, str]) -> Json:
    answers, language = given
    answered = [form.questions[name] for name in page.questions if name in answers]
    return {
        "linkId": f"{PAGE}{page.id}",
        "text": said(form, page.title, language),
        "item": [
            {
                "linkId": one.id,
                "text": said(form, one.text, language),
                "answer": list(_values(one, answers[one.id], (form, language))),
            }
            for one in answered
        ],
    }


def _values(question: Question, answer: Answer, of: tuple[Questionnaire, str]) -> Iterator[Json]:
    form, language = of
    if question.kind not in OF_OPTIONS:
        yield {_VALUES[type_of(question.kind)]: answer}
        return
    chosen = answer if isinstance(answer, tuple) else (answer,)
    texts = {option.id: option.text for option in question.options}
    for one in chosen:
        shown = {"display": said(form, texts[str(one)], language)}
        yield {"valueCoding": {"system": options_of(form.id, question.id), "code": one, **shown}}


def _items(element: Mapping[str, object], depth: int) -> Iterator[tuple[str, Json]]:
    """Every answered item, those in groups too, by link id."""
    for one in _list(element.get("item", []), "item"):
        item = dict(_object(one, "item"))
        name = item.get("linkId")
        if "answer" in item:
            yield name if isinstance(name, str) else "", item
        elif depth == 0:
            yield from _items(item, depth + 1)


def _answer(item: Json, question: Question) -> Answer:
    values = [_object(one, question.id) for one in _list(item["answer"], question.id)]
    if question.kind is QuestionKind.CHOICES:
        return tuple(_code(one, question) for one in values)
    if len(values) != 1:
        raise FormError(NOT_FHIR, question.id)
    if question.kind is QuestionKind.CHOICE:
        return _code(values[0], question)
    found = values[0].get(_VALUES[type_of(question.kind)])
    if not isinstance(found, bool | int | str):
        raise FormError(NOT_FHIR, question.id)
    return found


def _code(value: Mapping[str, object], question: Question) -> str:
    code = _object(value.get("valueCoding"), question.id).get("code")
    if not isinstance(code, str):
        raise FormError(NOT_FHIR, question.id)
    return code


def _object(data: object, where: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise FormError(NOT_FHIR, where)
    return data


def _list(data: object, where: str) -> list[object]:
    if not isinstance(data, list) or len(data) > _MOST:
        raise FormError(NOT_FHIR, where)
    return data
