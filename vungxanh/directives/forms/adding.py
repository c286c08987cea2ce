"""What a person selected in the letter as the beginning of an item."""

from django.forms import ValidationError

from vungxanh.directives.actions.refusals import words_not_found
from vungxanh.directives.forms.items import AddForm
from vungxanh.directives.forms.typed import typed_number
from vungxanh.directives.gateways import reader
from vungxanh.directives.rules import ItemKind, Wire, nearest, places_of

Span = tuple[int, int]


def located(text: str, form: AddForm) -> Span:
    """Where the words of a valid form stand; refused where they do not, or at several places."""
    said = form.cleaned_data
    places = places_of(text, said["quote"])
    found = nearest(places, said["near"])
    if found is None:
        raise words_not_found(len(places))
    return found


def added_value(kind: ItemKind, text: str, span: Span, *, number: int) -> Wire:
    """The wire form of a new item made of the letter's own words."""
    quoted = " ".join(text[span[0] : span[1]].split())
    if kind is ItemKind.TASK:
        return _task(text, span, number)
    if kind in {ItemKind.FACT, ItemKind.TARGET}:
        return {**_figure(quoted), "text": quoted, "span": list(span)}
    if kind is ItemKind.CITATION:
        return {"type": "văn bản", "subject": quoted, "role": "mention", "span": list(span)}
    return {"name": quoted, "span": list(span)}


def _task(text: str, span: Span, number: int) -> Wire:
    quoted = " ".join(text[span[0] : span[1]].split())
    deadline = reader.deadline_in(text, span)
    return {
        "id": f"+{number}",
        "section": None,
        "assignee": [],
        "assignee_spans": [],
        "action": quoted,
        "span": list(span),
        "deadline": deadline,
        "target": None,
        "modality": None,
    }


def _figure(quoted: str) -> Wire:
    """The first number among the words."""
    for word in quoted.split():
        try:
            value = typed_number(word.strip("().,;"))
        except ValidationError:
            continue
        return {"metric": "other", "value": value, "unit": "%" if "%" in quoted else None}
    return {"metric": "other", "value": None, "unit": None}


def with_deadline(task: Wire, text: str, span: Span) -> Wire:
    """An order with the deadline that the selected words say, else with the words alone."""
    said = reader.deadline_in(text, span)
    if said["type"] == "none":
        quoted = " ".join(text[span[0] : span[1]].split())
        said |= {"type": "unspecified", "text": quoted, "span": list(span)}
    return {**task, "deadline": said}
