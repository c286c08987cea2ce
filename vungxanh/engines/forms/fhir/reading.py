"""A questionnaire from FHIR R4: what `to_fhir` writes, and forms of others that ask no more.

What is read becomes the data of a form, which `read_questionnaire` checks like any other.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vungxanh.engines.forms.fhir.names import (
    ANSWER_KIND,
    CARRIES,
    CONSENT,
    EARLIEST,
    EXCLUSIVE,
    FORM,
    IDENTITY,
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
)
from vungxanh.engines.forms.reading import read_questionnaire
from vungxanh.engines.forms.types import (
    FIRST_LANGUAGE,
    NOT_FHIR,
    FormError,
    QuestionKind,
    Questionnaire,
)

_MOST: Final = 200
"""Members of a list that are looked at; a form has fewer."""
_DEEPEST: Final = 4


def from_fhir(resource: object) -> Questionnaire:
    """The form of an R4 `Questionnaire`. Raises `FormError`, which names the place.

    Groups are pages; questions outside a group are a page of their own. Anything that a form here
    cannot ask (nested questions, other types, conditions with "not" or "greater") is refused.
    """
    form = _object(resource, "Questionnaire")
    if form.get("resourceType") != "Questionnaire":
        raise FormError(NOT_FHIR, "resourceType")
    said = list(_extensions(form, KIND)) or ["general"]
    languages = list(_extensions(form, LANGUAGE)) or _languages(form)
    data: Json = {
        "id": _identifier(form),
        "version": _number(form.get("version"), "version"),
        "kind": said[0],
        "languages": languages,
        "lookback_days": next(_extensions(form, LOOKBACK), None),
        "source": next(_extensions(form, SOURCE), form.get("publisher") or "FHIR"),
        "title": _texts(form, "title", "title"),
        "intro": _texts(form, "description", "description"),
        "consents": list(_extensions(form, CONSENT)),
        "pages": _pages(form),
    }
    return read_questionnaire({key: value for key, value in data.items() if value is not None})


def _identifier(form: Mapping[str, object]) -> object:
    url = form.get("url")
    if isinstance(url, str) and url.startswith(FORM):
        return url.removeprefix(FORM)
    name = form.get("name")
    return name.lower() if isinstance(name, str) else None


def _pages(form: Mapping[str, object]) -> list[Json]:
    items = [_object(one, "item") for one in _list(form.get("item"), "item")]
    loose = [one for one in items if one.get("type") != "group"]
    pages = [_page(one) for one in items if one.get("type") == "group"]
    if not loose:
        return pages
    if pages:
        raise FormError(NOT_FHIR, "item")
    questions = [_question(one, _word(one, "linkId")) for one in loose]
    return [{"id": "page", "title": _texts(form, "title", "title"), "questions": questions}]


def _page(item: Mapping[str, object]) -> Json:
    where = _word(item, "linkId")
    found = [_object(one, where) for one in _list(item.get("item"), where)]
    return {
        "id": where.removeprefix(PAGE),
        "title": _texts(item, "text", where),
        "questions": [_question(one, _word(one, "linkId")) for one in found],
    }


def _question(item: Mapping[str, object], where: str) -> Json:
    kind = _kind(item, where)
    data: Json = {
        "id": item.get("linkId"),
        "kind": kind,
        "text": _texts(item, "text", where),
        "hint": _hint(item, where),
        "is_required": item.get("required") or None,
        "when": _when(item, where),
        "options": [_option(one, where) for one in _list(item.get("answerOption", []), where)],
        "most": _most(item, kind),
        "earliest_days": next(_extensions(item, EARLIEST), None),
        "latest_days": next(_extensions(item, LATEST), None),
        "identity": next(_extensions(item, IDENTITY), None),
        "carries": next(_extensions(item, CARRIES), None),
    }
    return {key: value for key, value in data.items() if value is not None and value != []}


def _kind(item: Mapping[str, object], where: str) -> object:
    said = next(_extensions(item, ANSWER_KIND), None)
    if said is not None:
        return said
    found = KINDS.get(_word(item, "type"))
    if found is None:
        raise FormError(NOT_FHIR, f"{where}.type")
    is_many = found is QuestionKind.CHOICE and item.get("repeats") is True
    return QuestionKind.CHOICES.value if is_many else found.value


def _most(item: Mapping[str, object], kind: object) -> object:
    if kind in (QuestionKind.TEXT, QuestionKind.EMAIL):
        return item.get("maxLength")
    url = {QuestionKind.INTEGER: MAX_VALUE, QuestionKind.CHOICES: MAX_OCCURS}
    found = next((one for name, one in url.items() if name == kind), None)
    return next(_extensions(item, found), None) if found else None


def _hint(item: Mapping[str, object], where: str) -> Json | None:
    inner = [_object(one, where) for one in _list(item.get("item", []), where)]
    if not inner:
        return None
    if len(inner) > 1 or inner[0].get("type") != "display":
        raise FormError(NOT_FHIR, f"{where}.item")
    return _texts(inner[0], "text", f"{where}.item")


def _when(item: Mapping[str, object], where: str) -> Json | None:
    clauses = _list(item.get("enableWhen", []), f"{where}.enableWhen")
    if not clauses:
        return None
    word = "all" if item.get("enableBehavior") == "all" else "any"
    return {word: [_clause(one, f"{where}.enableWhen") for one in clauses]}


def _clause(written: object, where: str) -> Json:
    clause = _object(written, where)
    question, yes = clause.get("question"), clause.get("answerBoolean")
    match clause.get("operator"):
        case "exists" if yes is True:
            return {"question": question, "answered": True}
        case "=" if isinstance(yes, bool):
            return {"question": question, "is": yes}
        case "=" if "answerCoding" in clause:
            coding = _object(clause["answerCoding"], where)
            return {"question": question, "is": coding.get("code")}
        case _:
            raise FormError(NOT_FHIR, where)


def _option(written: object, where: str) -> Json:
    place = f"{where}.answerOption"
    option = _object(written, place)
    coding = _object(option.get("valueCoding"), place)
    is_alone = next(_extensions(option, EXCLUSIVE), None)
    alone: Json = {"is_exclusive": is_alone} if is_alone is not None else {}
    return {"id": coding.get("code"), "text": _texts(coding, "display", place), **alone}


def _texts(element: Mapping[str, object], key: str, where: str) -> Json:
    """A text by language: the template where there is one, else what is said."""
    beside = _object(element.get(f"_{key}", {}), where)
    templates = dict(_by_language(beside, TEMPLATE, where))
    if templates:
        return templates
    return {FIRST_LANGUAGE: element.get(key), **dict(_by_language(beside, TRANSLATION, where))}


def _by_language(
    element: Mapping[str, object], url: str, where: str
) -> Iterator[tuple[str, object]]:
    for one in _list(element.get("extension", []), where):
        extension = _object(one, where)
        if extension.get("url") == url:
            parts = [_object(part, where) for part in _list(extension.get("extension"), where)]
            said = {_word(part, "url"): part for part in parts}
            yield (
                _word(said.get("lang", {}), "valueCode"),
                said.get("content", {}).get("valueString"),
            )


def _languages(form: Mapping[str, object]) -> list[object]:
    """Of a form that does not say: Vietnamese, and every language that something is said in."""
    return [FIRST_LANGUAGE, *sorted(set(_translated(form, 0)))]


def _translated(element: object, depth: int) -> Iterator[str]:
    if not isinstance(element, Mapping) or depth > _DEEPEST:
        return
    for key, value in element.items():
        if isinstance(key, str) and key.startswith("_") and isinstance(value, Mapping):
            yield from (language for language, _ in _by_language(value, TRANSLATION, key))
        inner = value if isinstance(value, list) else [value]
        for one in inner[:_MOST]:
            yield from _translated(one, depth + 1)


def _extensions(element: Mapping[str, object], url: str) -> Iterator[object]:
    """The values of the extensions of an address."""
    for one in _list(element.get("extension", []), "extension"):
        extension = _object(one, "extension")
        if extension.get("url") == url:
            yield next((extension[key] for key in extension if str(key).startswith("value")), None)


def _object(data: object, where: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise FormError(NOT_FHIR, where)
    return data


def _list(data: object, where: str) -> Sequence[object]:
    if not isinstance(data, list) or len(data) > _MOST:
        raise FormError(NOT_FHIR, where)
    return data


def _word(data: Mapping[str, object], key: str) -> str:
    """A short text; nothing where there is something else."""
    found = data.get(key)
    return found[:60] if isinstance(found, str) else ""


def _number(data: object, where: str) -> int:
    """A version that is a number: others count theirs by dates and dots."""
    if not isinstance(data, str) or not data.isascii() or not data.isdigit() or len(data) > 4:
        raise FormError(NOT_FHIR, where)
    return int(data)
