"""What can be wrong with an answer: stable codes, one for each thing to do about it."""

from enum import StrEnum


class Fault(StrEnum):
    """Why an answer is not taken; pages say each in words of their own, beside the question."""

    REQUIRED = "required"
    NOT_ASKED = "not_asked"
    """The version lacks this question."""
    FORM = "form"
    """Another kind of answer than the question asks for."""
    TOO_LONG = "too_long"
    """More characters, more choices or a larger number than there may be."""
    NOT_AN_OPTION = "not_an_option"
    EXCLUSIVE = "exclusive"
    """"None of these" together with one of them."""
    IMPOSSIBLE_DATE = "impossible_date"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    """After the last day that may be planned."""
    IN_THE_FUTURE = "in_the_future"
    SCRIPT = "script"
    """Markup, controls, or signs that make a text read otherwise."""
    PHONE = "phone"
    PAPER = "paper"
    INSURANCE = "insurance"
    EMAIL = "email"
    COUNTRY = "country"
    UNKNOWN_UNIT = "unknown_unit"


class FaultError(Exception):
    """One answer that is not taken; never leaves the engine."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
