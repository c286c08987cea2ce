"""What questionnaires are called."""

from vungxanh.declarations.models import Questionnaire
from vungxanh.declarations.values.states import FormState


def form_names(lang: str) -> dict[str, str]:
    """Every form that was ever published, by its code, as its newest version is called; a query."""
    known = Questionnaire.objects.exclude(state=FormState.DRAFT).order_by("code", "version")
    rows = known.values_list("code", "content__title")
    return {code: (title or {}).get(lang) or (title or {}).get("vi", code) for code, title in rows}


def names_in_use(lang: str) -> list[tuple[str, str]]:
    """The forms in use by their codes, for a choice; two queries."""
    names = form_names(lang)
    known = Questionnaire.objects.filter(state=FormState.PUBLISHED).order_by("code")
    codes = dict.fromkeys(known.values_list("code", flat=True))
    return [(code, names.get(code, code)) for code in codes]
