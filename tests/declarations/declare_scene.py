"""What tests of declaring are about: a form, somebody with a phone, answers."""

from datetime import timedelta

from tests.factories.register import AT, a_device
from vungxanh.core import ids
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.values.declared import Made
from vungxanh.declarations.values.states import Way
from vungxanh.people.actions.consent import give_consent
from vungxanh.people.actions.senders import senders
from vungxanh.people.models import Device
from vungxanh.people.values.consents import Consenting, texts

NOON = AT + timedelta(hours=3)
WELL: dict[str, object] = {
    "name": "Người Mẫu Một",
    "birth_year": 1980,
    "gender": "female",
    "nationality": "VN",
    "paper": "B1234567",
    "unit": "vn-2021:21586",
    "address": "Số 1 đường Mẫu",
    "phone": "0912000001",
    "signs": ["none"],
    "been": False,
    "contact_case": False,
    "contact_country": False,
    "contact_ill": False,
    "conditions": ["none"],
    "doses": "2",
    "last_dose": "2026-01-05",
    "tested": "none",
}
ILL: dict[str, object] = {**WELL, "signs": ["fever", "cough"], "signs_since": "2026-03-01"}


def forms() -> None:
    """The forms of the package, published."""
    load_forms(by=SYSTEM, at=AT)


def a_holder(*, agrees: bool = True) -> Device:
    """A phone whose holder agreed to declaring, with its person."""
    device, token = a_device()
    senders(tokens=[token], at=AT)
    device.refresh_from_db()
    if agrees:
        agree(device)
    return device


def agree(device: Device) -> None:
    """The holder of a phone agrees to the text in force."""
    purpose = Consenting.DECLARATIONS
    version = texts()[purpose].version
    give_consent(device=device, purpose=purpose, version=version, language="vi", by=SYSTEM, at=AT)


def made(device: Device, answers: dict[str, object] | None = None) -> Made:
    """A declaration that the holder of a phone made at noon."""
    return Made(
        id=ids.new_id(),
        questionnaire="general@2",
        answers=WELL if answers is None else answers,
        person_id=device.person_id or 0,
        way=Way.SELF,
        lang="vi",
        device_id=device.pk,
        by="",
        point=None,
        at=NOON,
    )
