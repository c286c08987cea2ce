"""The refusals of this part of the room."""

from vungxanh.refusals import RefusalError

# What a name of a parent or successor may come to.
RELATIVE_AMBIGUOUS = "locations.relative_ambiguous"
UNKNOWN_RELATIVE = "locations.unknown_relative"


class OrganisationError(RefusalError):
    """Something said of an organisation, or an act on one, that is refused."""


class MissingOrganisationError(OrganisationError):
    """An organisation, or a list of them, that is not there for this viewer."""

    status = 404
