"""Addresses and types that both directions share."""

from collections.abc import Mapping
from typing import Final

from vungxanh.engines.forms.types import QuestionKind

Json = dict[str, object]

FORM: Final = "urn:vungxanh:form:"
"""Begins the address of a form, and of each extension of ours: what R4 has no place for."""
ANSWER_KIND: Final = f"{FORM}answer-kind"
CARRIES: Final = f"{FORM}carries"
CONSENT: Final = f"{FORM}consent"
EARLIEST: Final = f"{FORM}earliest-days"
IDENTITY: Final = f"{FORM}identity"
KIND: Final = f"{FORM}kind"
LANGUAGE: Final = f"{FORM}language"
LATEST: Final = f"{FORM}latest-days"
LOOKBACK: Final = f"{FORM}lookback-days"
SOURCE: Final = f"{FORM}source"
TEMPLATE: Final = f"{FORM}template"
"""A text with its `{days}`, by language; the text beside it has them filled in."""

_HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
EXCLUSIVE: Final = f"{_HL7}questionnaire-optionExclusive"
ITEM_CONTROL: Final = f"{_HL7}questionnaire-itemControl"
CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"
MAX_OCCURS: Final = f"{_HL7}questionnaire-maxOccurs"
MAX_VALUE: Final = f"{_HL7}maxValue"
TRANSLATION: Final = f"{_HL7}translation"

PAGE: Final = "page."
"""Begins the link id of a page; a question's is its own id."""
HINT: Final = ".hint"

TYPES: Final[Mapping[QuestionKind, str]] = {
    QuestionKind.BOOLEAN: "boolean",
    QuestionKind.CHOICE: "choice",
    QuestionKind.CHOICES: "choice",
    QuestionKind.DATE: "date",
    QuestionKind.YEAR: "integer",
    QuestionKind.INTEGER: "integer",
}
"""R4's type of each kind; any other kind is a `string`."""
KINDS: Final[Mapping[str, QuestionKind]] = {
    "boolean": QuestionKind.BOOLEAN,
    "choice": QuestionKind.CHOICE,
    "date": QuestionKind.DATE,
    "integer": QuestionKind.INTEGER,
    "string": QuestionKind.TEXT,
    "text": QuestionKind.TEXT,
}
"""The kind that a type means where no extension says another."""


def options_of(form: str, question: str) -> str:
    """The code system of a question's options."""
    return f"{FORM}{form}:{question}"


def type_of(kind: QuestionKind) -> str:
    """R4's type of a kind."""
    return TYPES.get(kind, "string")
