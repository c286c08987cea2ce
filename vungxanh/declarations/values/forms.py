"""Versions of forms as others read them, and the forms that the package brings."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import resources

from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import Questionnaire, read_questionnaire

MANAGE = "declarations.forms"
SHIPPED = resources.files("vungxanh.declarations").joinpath("vendored/forms")


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One version with its number in the tables; `form` is what it asks."""

    id: int
    form: Questionnaire
    state: FormState
    valid_from: date | None
    retired_at: datetime | None
    at: datetime
    by: str

    @property
    def name(self) -> str:
        """`general@2`."""
        return self.form.name


@lru_cache(maxsize=1)
def shipped_forms() -> tuple[Questionnaire, ...]:
    """The forms that the package brings, by name and then version."""
    texts = [one.read_text("utf-8") for one in SHIPPED.iterdir() if one.name.endswith(".json")]
    forms = [read_questionnaire(json.loads(text)) for text in texts]
    return tuple(sorted(forms, key=lambda one: (one.id, one.version)))


def split_name(name: str) -> tuple[str, int | None]:
    """Code and version of `general@2` or `general`; a version that is no number is 0.

    >>> split_name("general@2"), split_name("general"), split_name("general@x")
    (('general', 2), ('general', None), ('general', 0))
    """
    code, at, version = name.partition("@")
    if not at:
        return code, None
    is_number = version.isascii() and version.isdigit() and len(version) <= 4
    return code, int(version) if is_number else 0
