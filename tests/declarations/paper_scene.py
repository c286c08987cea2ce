"""Forms on paper for tests: what is shipped, put into the register of forms."""

import json
from importlib import resources

from tests.factories.people import Colleague
from tests.factories.register import AT, TRAN_PHU
from vungxanh.declarations.models import Questionnaire as Version
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import Questionnaire, read_questionnaire, to_data


def shipped(name: str) -> Questionnaire:
    """A form that the package brings."""
    folder = resources.files("vungxanh.declarations").joinpath("vendored/forms")
    return read_questionnaire(json.loads(folder.joinpath(f"{name}.json").read_text("utf-8")))


def in_use(name: str = "general-2") -> Version:
    """The same as a published version."""
    form = shipped(name)
    row, _ = Version.objects.get_or_create(
        code=form.id,
        version=form.version,
        defaults={
            "kind": form.kind,
            "content": to_data(form),
            "languages": list(form.languages),
            "state": FormState.PUBLISHED,
            "valid_from": AT.date(),
            "at": AT,
            "by": "system",
        },
    )
    return row


SHEET = {
    "q-name": "Người Mẫu Giấy",
    "q-birth_year": "1985",
    "q-gender": "2",
    "q-nationality": "vn",
    "q-phone": "0912000009",
    "q-unit": f"Phường Trần Phú [{TRAN_PHU}]",
    "q-address": "12 Lê Lợi",
    "q-signs": "0",
    "q-been": "0",
    "q-contact_case": "0",
    "q-contact_country": "0",
    "q-contact_ill": "0",
}


def begun(by: Colleague, form: str = "general") -> str:
    """The address of a pile that somebody began."""
    said = {"form": form, "purpose": "tracing", "lies_at": "Tủ hồ sơ trạm, cặp 3"}
    answer = by.client.post("/to-khai/nhap/", said)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def entered(by: Colleague, number: str, **said: str) -> str:
    """A pile of one sheet."""
    pile = begun(by)
    answer = by.client.post(pile, {**SHEET, "number": number, **said})
    assert answer.status_code == 302, answer.content.decode()
    return pile
