"""What somebody says of themselves on a form, where the register knows nothing of it yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.enveloped import opened, sealed
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.persons import write_tokens
from vungxanh.people.actions.residence import known_residence, move_person
from vungxanh.people.models import Person
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.births import read_birth
from vungxanh.people.values import person_ref
from vungxanh.refusals import RefusalError

_SEXES = frozenset({"male", "female"})


@dataclass(frozen=True, slots=True, repr=False)
class SaidOfSelf:
    """What a form was told; empty where it was not asked.

    Numbers of papers and telephones are not among it: by these somebody is found, and nobody
    proved that they are theirs.
    """

    name: str = ""
    birth: str = ""
    sex: str = ""
    address: str = ""
    unit: str = ""


def fill_in(*, person_id: int, said: SaidOfSelf, by: Viewer, at: datetime) -> tuple[str, ...]:
    """Write what the register lacks of a person and leave all else; the names of fields written.

    Records people.person_changed with these names where any was written. Nobody: nothing.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person_id).first()
        if row is None:
            return ()
        texts = _lacking(row, said, at)
        envelope = envelope_of(row)
        for column, content in sealed(envelope, Person, **texts).items():
            setattr(row, column, content)
        has_moved = row.residence_id is None and _settle(row, said.unit)
        written = (*sorted(texts), *(("residence",) if has_moved else ()))
        if not written:
            return ()
        row.save(update_fields=["name", "birth", "sex", "address", "residence"])
        if texts.keys() & {"name", "birth"}:
            name, birth = opened(envelope, row, "name"), opened(envelope, row, "birth")
            write_tokens(row.pk, name, birth)
        subject, detail = person_ref(row.pk), {"fields": ",".join(written)}
        record(event="people.person_changed", by=by, at=at, subject=subject, detail=detail)
    return written


def _lacking(row: Person, said: SaidOfSelf, at: datetime) -> dict[str, str]:
    told = {
        "name": " ".join(said.name.split()),
        "birth": read_birth(said.birth, at.astimezone(TZ).date()) or "",
        "sex": said.sex if said.sex in _SEXES else "",
        "address": " ".join(said.address.split()),
    }
    return {name: text for name, text in told.items() if text and getattr(row, name) is None}


def _settle(row: Person, unit: str) -> bool:
    """Where somebody says they live; what is no commune is left."""
    try:
        home = known_residence(unit) if unit else None
    except RefusalError:
        return False
    if home is not None:
        move_person(row, home)
    return home is not None
