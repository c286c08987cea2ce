"""The forms that the product ships, as data and as read; and answers that fit them."""

import json
from datetime import date
from importlib import resources
from typing import Any

from vungxanh.engines.forms import Questionnaire, read_questionnaire

ON = date(2021, 6, 15)
_FORMS = resources.files("vungxanh.declarations").joinpath("vendored/forms")
NAMES = ("daily-1", "domestic-1", "entry-1", "general-1", "general-2")


def data_of(name: str) -> dict[str, Any]:
    """The data of a shipped form."""
    data: dict[str, Any] = json.loads(_FORMS.joinpath(f"{name}.json").read_text("utf-8"))
    return data


def form(name: str) -> Questionnaire:
    """A shipped form."""
    return read_questionnaire(data_of(name))


IDENTITY: dict[str, object] = {
    "name": "Nguyễn Thị Thử",
    "birth_year": 1985,
    "gender": "female",
    "nationality": "VN",
    "unit": "vn-2025:22378",
    "address": "1 đường Thử",
    "phone": "0912 345 678",
}
WELL: dict[str, object] = {
    "signs": ["none"],
    "been": False,
    "contact_case": False,
    "contact_country": False,
    "contact_ill": False,
}
GENERAL = IDENTITY | WELL
