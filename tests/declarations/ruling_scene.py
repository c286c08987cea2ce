"""Rules that are written, tried and approved for Bình Định; officers and people are invented."""

from datetime import date, timedelta

from tests.declarations.declare_scene import NOON, WELL, a_holder, forms, made
from tests.factories.people import PROVINCE, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.actions.ruling import Override, draft_override
from vungxanh.declarations.actions.trying import run_trial
from vungxanh.engines.decisions import Colour
from vungxanh.people.actions.cards import write_card
from vungxanh.people.models import Card, Device
from vungxanh.people.values.standing import Colour as CardColour
from vungxanh.people.values.standing import NewCard

TODAY = date(2026, 3, 2)
LATER = NOON + timedelta(hours=1)
ONE_DOSE: dict[str, object] = {**WELL, "doses": "1"}
OTHERWISE = Override(
    rule="not-all-doses",
    colour=Colour.YELLOW,
    advice=("next_dose",),
    bounds=(1, 18),
    because={"vi": "Tỉnh yêu cầu tiêm đủ liều.", "en": "The province asks for all doses."},
)


def approver(name: str = "approver") -> Colleague:
    """A second officer of Bình Định."""
    return employed(name, Role("province_officer"), PROVINCE)


def drafted(
    by: Colleague,
    *,
    starts_on: date = TODAY,
    override: Override = OTHERWISE,
    province: str = PROVINCE,
) -> int:
    """A draft of the province, in which people with one dose get a yellow card."""
    return draft_override(
        province=province, override=override, starts_on=starts_on, by=by.viewer, at=LATER
    )


def tried(by: Colleague, *, starts_on: date = TODAY) -> int:
    """The same, tried."""
    made_id = drafted(by, starts_on=starts_on)
    run_trial(rules_id=made_id, at=LATER)
    return made_id


def declared(answers: dict[str, object] | None = None) -> Device:
    """Somebody who declared at noon, with the card that came of it."""
    forms()
    holder = a_holder()
    told = declare(made=(made(holder, answers),), at=NOON)[0]
    card = NewCard(
        person=holder.person_id or 0,
        colour=CardColour(told.colour),
        starts_at=NOON,
        ends_at=told.until or NOON,
        source=f"declaration:{told.id}",
    )
    write_card(card=card, by=SYSTEM, at=NOON)
    return holder


def colour_of(device: Device) -> str:
    """The colour of the card of a phone's holder."""
    return Card.objects.get(person_id=device.person_id or 0).colour
