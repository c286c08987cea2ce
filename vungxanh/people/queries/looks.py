"""Who looked at a person, and why: told to that person, without names of officers."""

from vungxanh.accounts.queries.offices import UNKNOWN, Office, offices_of
from vungxanh.accounts.queries.purposes import EXPORTED, SEEN, purposes
from vungxanh.audit.queries.looks import looks_at
from vungxanh.audit.queries.spoken import purpose_words
from vungxanh.people.values import person_ref
from vungxanh.people.values.rights import Look
from vungxanh.refusals import Words

EVENTS = (SEEN, EXPORTED)


def looks(person_id: int) -> tuple[Look, ...]:
    """The newest looks at a person; five queries."""
    found = looks_at(person_ref(person_id), EVENTS)
    offices = offices_of(entry.by for entry in found)
    laws = {one.code: f"{one.basis.article}, {one.basis.law}" for one in purposes()}
    words = purpose_words()
    told = []
    for entry in found:
        office: Office = offices.get(entry.by, UNKNOWN)
        units = ", ".join(office.units)
        told.append(
            Look(
                at=entry.at,
                office=Words(vi=units, en=units),
                role=office.role,
                purpose=words.get(entry.purpose, Words(vi=entry.purpose, en=entry.purpose)),
                law=laws.get(entry.purpose, ""),
            )
        )
    return tuple(told)
