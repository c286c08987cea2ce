"""The refusals of this part of the room."""

from vungxanh.locations import rules
from vungxanh.locations.values.matches import Match
from vungxanh.locations.values.units import Unit
from vungxanh.refusals import RefusalError

UNKNOWN_NAME = "locations.unknown_name"
UNCLEAR_NAME = "locations.unclear_name"
# What a name of a parent or successor may come to.
RELATIVE_AMBIGUOUS = "locations.relative_ambiguous"
UNKNOWN_RELATIVE = "locations.unknown_relative"


class OrganisationError(RefusalError):
    """Something said of an organisation, or an act on one, that is refused."""


class PlaceUnclearError(OrganisationError):
    """A written place that is not one unit: none, or the candidates among which to choose.

    `brief` is what is said where these stand below.
    """

    def __init__(self, found: Match) -> None:
        code = UNCLEAR_NAME if found.candidates else UNKNOWN_NAME
        super().__init__(code, found.reason, field="unit")
        self.candidates: tuple[Unit, ...] = found.candidates
        self.brief = rules.brief_reason(found.why, found.text, len(found.candidates))


class MissingOrganisationError(OrganisationError):
    """An organisation, or a list of them, that is not there for this viewer."""

    status = 404
