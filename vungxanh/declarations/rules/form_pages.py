"""Which pages of a form are gone through, given what was said so far. Pure."""

from collections.abc import Mapping, Set

from vungxanh.engines.forms import Answer, Page, Question, Questionnaire, shown

SECONDS = 8
"""How long one question takes, about."""


def asked_on(
    form: Questionnaire, page: Page, answers: Mapping[str, Answer], *, known: Set[str]
) -> list[Question]:
    """The questions of a page that are asked now; identity that is known is not."""
    ids = shown(form, answers)
    return [form.questions[name] for name in page.questions if name in ids and name not in known]


def pages_asked(form: Questionnaire, answers: Mapping[str, Answer], known: Set[str]) -> list[Page]:
    """The pages on which something is asked now, in order."""
    return [page for page in form.pages if asked_on(form, page, answers, known=known)]


def minutes_from(
    form: Questionnaire, pages: list[Page], answers: Mapping[str, Answer], *, known: Set[str]
) -> int:
    """About how many minutes these pages take; 0 for less than half of one."""
    n = sum(len(asked_on(form, page, answers, known=known)) for page in pages)
    return round(n * SECONDS / 60)
