"""Paper of Quy Nhơn: a pile and its sheet, somebody to declare for, the link that they were sent.

Hostile words stand for the name of the person and for the place where the paper lies.
"""

from datetime import timedelta

from tests.declarations.care_scene import a_declaration
from tests.factories.people import Colleague
from tests.factories.register import a_neighbour
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.actions.linking import digest_of
from vungxanh.declarations.actions.numbering import number_sheets
from vungxanh.declarations.models import DeclarationLink, EnteredSheet, Pile
from vungxanh.declarations.queries.paper import version_of
from vungxanh.people.models import Person

TOKEN = "Zm9yLXRoZS1hdHRhY2tz"


def things(owner: Colleague) -> list[Thing]:
    """A pile of one sheet that one officer entered, and a link that still opens."""
    load_forms(by=SYSTEM, at=clock.now())
    person = a_neighbour(PAYLOAD[:120], birth="1985", phone="0912000017")
    _link(person, owner)
    return [
        Thing("/to-khai/nhap/", "pile_id", str(_pile(person, owner).pk)),
        Thing("/to-khai/khai-ho/", "person_id", str(person.pk)),
        Thing("/khai/l/", "token", TOKEN, is_secret=False),  # whoever holds it may declare by it
    ]


def _pile(person: Person, owner: Colleague) -> Pile:
    at, version = clock.now(), version_of("general")
    pile = Pile.objects.create(
        questionnaire=version,
        purpose="tracing",
        lies_at=PAYLOAD[:120],
        at=at,
        by=owner.viewer.id,
    )
    EnteredSheet.objects.create(
        pile=pile,
        number=number_sheets(version=version, n=1)[0],
        declaration_id=a_declaration(person, when=at),
        person_id=person.pk,
        signed_on=at.date(),
        at=at,
        by=owner.viewer.id,
    )
    return pile


def _link(person: Person, owner: Colleague) -> None:
    at = clock.now()
    DeclarationLink.objects.create(
        digest=digest_of(TOKEN),
        person_id=person.pk,
        form="general",
        at=at,
        by=owner.viewer.id,
        until=at + timedelta(days=7),
    )
