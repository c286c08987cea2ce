"""Somebody ill of Quy Nhơn, their call, what they contest, with hostile words everywhere."""

from tests.declarations.care_scene import a_care, a_declaration
from tests.factories.people import Colleague
from tests.factories.register import a_neighbour
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.core.enveloped import sealed
from vungxanh.declarations.actions.contesting import owe_answer
from vungxanh.declarations.models import Contest
from vungxanh.duties.models import Occurrence
from vungxanh.people.queries.persons import envelope_of


def things(owner: Colleague) -> list[Thing]:
    """A care that waits for its call, and a contest that waits for its answer, each with duty."""
    at = clock.now()
    row = a_care(a_neighbour("Người Mẫu Chín"), when=at)
    asked = _contest()
    return [
        Thing("/to-khai/", "care_id", str(row.pk)),
        Thing("/to-khai/viec/", "occurrence_id", _falls_due(row.duty)),
        Thing("/to-khai/khieu-nai/", "contest_id", str(asked.pk)),
        Thing("/to-khai/khieu-nai/viec/", "occurrence_id", _falls_due(asked.duty)),
        Thing("/khai/cua-toi/", "declaration_id", str(asked.declaration_id)),
        Thing("/khai/xong/", "declaration_id", str(asked.declaration_id)),
    ]


def _contest() -> Contest:
    at, person = clock.now(), a_neighbour("Người Mẫu Mười")
    hostile = {"signs": ["cough"], "signs_more": PAYLOAD, "been_where": PAYLOAD}
    row = Contest(
        declaration_id=a_declaration(person, hostile, when=at),
        person_id=person.pk,
        unit_id=person.residence_id,
        asked_at=at,
        **sealed(envelope_of(person), Contest, words=PAYLOAD),
    )
    row.duty = str(owe_answer(row, at=at))
    row.save(force_insert=True)
    return row


def _falls_due(duty: str) -> str:
    return str(Occurrence.objects.get(duty_id=duty).pk)
