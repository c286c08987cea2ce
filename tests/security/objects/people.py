"""People of Quy Nhơn's register, with hostile words for names, addresses and wishes."""

from uuid import UUID

from tests.factories.people import Colleague
from tests.factories.register import TRAN_PHU, a_citizen
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.accounts.values.purposes import CampaignBasis, LegalBasis
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import Device, Document, Person
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.rights import Kind, NewBasis, NewRequest
from vungxanh.refusals import Words


def things(owner: Colleague) -> list[Thing]:
    """Somebody written down at a door, and a citizen with family, card and a request."""
    met = _written(owner, Origin.DOOR)
    citizen = a_citizen(clock.now())
    child = _written(owner, Origin.DEPENDANT, guardian=citizen.pk)
    card = actions.print_card(person_id=citizen.pk, by=owner.viewer, at=clock.now())
    asked = actions.ask(
        device=Device.objects.get(person=citizen),
        request=NewRequest(Kind.OBJECT, PAYLOAD),
        by=owner.viewer,
        at=clock.now(),
    )
    paper = Document.objects.filter(person=met).get()
    met_card = actions.print_card(person_id=met.pk, by=owner.viewer, at=clock.now())
    return [
        Thing("/nguoi/", "person_id", str(met.pk)),
        Thing("/can-cu-xu-ly/", "basis_id", str(_basis()), is_secret=False, is_shared=True),
        Thing("/nguoi/", "card_id", str(met_card.id)),
        Thing("/nguoi/yeu-cau/", "request_id", str(asked)),
        Thing("/toi/", "request_id", str(asked)),
        Thing("/toi/", "dependant_id", str(child.pk)),
        Thing("/toi/", "document_id", str(paper.pk)),
        Thing("/toi/", "card_id", str(card.id)),
    ]


def _basis() -> UUID:
    """A campaign's law that waits for its decision, proposed by somebody else."""
    today = clock.today()
    law = LegalBasis(PAYLOAD[:200], PAYLOAD[:100], today)
    said = CampaignBasis(PAYLOAD[:200], Words(PAYLOAD[:200], PAYLOAD[:200]), law, today, today)
    return actions.propose_basis(basis=NewBasis(said), by=SYSTEM, at=clock.now())


def _written(owner: Colleague, origin: Origin, guardian: int | None = None) -> Person:
    person = NewPerson(
        origin,
        PAYLOAD[:120],
        birth="1985",
        phone="0912 000 003",
        papers=(("", "052185000001"),),
        residence=Residence(TRAN_PHU, PAYLOAD[:120]),
        guardian=guardian,
    )
    return actions.add_person(person=person, by=owner.viewer, at=clock.now())
