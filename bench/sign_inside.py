"""The inside of the benchmark of the keeper's sign: cards of people whom the factory knows."""

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions.personal_codes import print_card
from vungxanh.people.models import Person


def cards(n: int) -> list[str]:
    """The text of one card each."""
    at = clock.now()
    persons = Person.objects.order_by("pk").values_list("pk", flat=True)[:n]
    return [print_card(person_id=one, by=SYSTEM, at=at).text for one in persons]
