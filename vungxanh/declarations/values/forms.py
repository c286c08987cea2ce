"""Versions of forms as others read them, and the forms that the package brings."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Final

from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import Questionnaire, read_questionnaire

MANAGE = "declarations.forms"
STILL_TAKEN: Final = timedelta(days=14)
"""How long after a version was retired phones may bring what was answered before it was."""
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,23}")
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


def is_taken(
    state: FormState, retired_at: datetime | None, *, made_at: datetime, at: datetime
) -> bool:
    """Whether a declaration made then on a version may be taken now.

    A retired version is taken from phones that had no network: made before it was retired, brought
    within two weeks of it. A draft is never taken.
    """
    if state is FormState.PUBLISHED:
        return True
    if state is FormState.DRAFT or retired_at is None:
        return False
    return made_at < retired_at and at < retired_at + STILL_TAKEN


@lru_cache(maxsize=1)
def shipped_forms() -> tuple[Questionnaire, ...]:
    """The forms that the package brings, by name and then version."""
    texts = [one.read_text("utf-8") for one in SHIPPED.iterdir() if one.name.endswith(".json")]
    forms = [read_questionnaire(json.loads(text)) for text in texts]
    return tuple(sorted(forms, key=lambda one: (one.id, one.version)))


def split_name(name: str) -> tuple[str, int | None]:
    """Code and version of `general@2` or `general`; what names no form has an empty code.

    >>> split_name("general@2"), split_name("general"), split_name("general@x"), split_name("A b")
    (('general', 2), ('general', None), ('general', 0), ('', None))
    """
    code, at, version = name.partition("@")
    code = code if _CODE.fullmatch(code) else ""
    if not at:
        return code, None
    is_number = version.isascii() and version.isdigit() and len(version) <= 4
    return code, int(version) if is_number else 0
