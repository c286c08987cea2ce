"""What a phone gets to fill a form in: its questions and words, and what is known of its holder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from vungxanh.core.viewer import Viewer
from vungxanh.declarations.values.form_words import countries, form_words
from vungxanh.declarations.values.states import DECLARATIONS_KEPT_DAYS
from vungxanh.engines.forms import QuestionKind, Questionnaire, to_data
from vungxanh.people.queries.own_known import has_ground, own_known
from vungxanh.people.values.consents import Consenting, texts
from vungxanh.refusals import Words

_SEXES: Final[Mapping[str, Words]] = {
    "male": Words("Nam", "Male"),
    "female": Words("Nữ", "Female"),
}


def told_form(form: Questionnaire) -> dict[str, object]:
    """A form with the words of its page: the same for everybody; no query."""
    kinds = {question.kind for question in form.questions.values()}
    return {
        "form": to_data(form),
        "words": _words_in(form.languages),
        "countries": countries() if QuestionKind.COUNTRY in kinds else {},
        "consent_version": consent_version(),
        "kept_days": DECLARATIONS_KEPT_DAYS,
    }


def consent_version() -> int:
    """The number of the text that is agreed to before anything is declared."""
    return texts()[Consenting.DECLARATIONS].version


def has_consent(by: Viewer, at: datetime) -> bool:
    """Whether declarations of this phone may be taken; three queries."""
    return has_ground(by, Consenting.DECLARATIONS, at)


def known_of(by: Viewer, at: datetime, language: str) -> dict[str, str]:
    """What need not be asked again, by question, as its holder may read it; four queries."""
    own = own_known(by, at)
    sex = _SEXES.get(own.sex)
    known = {
        "name": own.name,
        "birth_year": own.year,
        "gender": sex.in_language("vi" if language == "vi" else "en") if sex else "",
        "paper": own.paper,
        "unit": own.place,
        "address": own.address,
        "phone": own.phone,
    }
    return {name: words for name, words in known.items() if words}


def _words_in(languages: tuple[str, ...]) -> dict[str, dict[str, dict[str, str]]]:
    return {
        group: {
            name: {one: texts[one] for one in languages if one in texts}
            for name, texts in words.items()
        }
        for group, words in form_words().items()
    }
