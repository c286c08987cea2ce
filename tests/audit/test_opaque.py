"""The log holds references, counts and codes: what may tell who somebody is, is refused."""

import pytest
from django.db import transaction

from tests.audit.tampering import NOON
from vungxanh.audit import actions
from vungxanh.audit.models import AuditEvent
from vungxanh.audit.rules import is_opaque
from vungxanh.audit.rules.opaque import TellingError
from vungxanh.core.viewer import SYSTEM

TELLING = [
    "Trần Văn An",
    "Tran An",
    "an@test.example",
    "staff:an@test.example",
    "0901234567",
    "+84901234567",
    "0901.234.567",
    "phone:0901-234-567",
    "052099001234",
    "DN4520123456789 x",
]
OPAQUE = [
    "",
    "audit",
    "vn-2021:540",
    "staff:01a2007a-3d9f-79e2-b25e-fffc4c8806cb",
    "staff:00000000-0000-7000-8000-000000000000",
    "day:2021-05-26",
    "e7c48c7dd8a56f26",
    "submission:01a2007a-3d9f-79e2-b25e-012345678901",
    "exports.too_many",
]


@pytest.mark.parametrize("text", TELLING)
def test_what_may_tell_is_refused_in_subject_and_detail(text: str, db: None) -> None:
    for words in ({"subject": text}, {"subject": "audit", "detail": {"x": text}}):
        with pytest.raises(TellingError), transaction.atomic():
            actions.record(event="audit.seen", by=SYSTEM, at=NOON, **words)
    assert not AuditEvent.objects.exists()


def test_number_as_long_as_a_telephone_number_is_refused(db: None) -> None:
    with pytest.raises(TellingError), transaction.atomic():
        actions.record(
            event="audit.seen", by=SYSTEM, at=NOON, subject="audit", detail={"n": 901234567}
        )


@pytest.mark.parametrize("text", OPAQUE)
def test_references_codes_and_days_are_taken(text: str) -> None:
    assert is_opaque(text)
