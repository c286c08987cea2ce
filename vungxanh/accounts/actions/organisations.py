"""For which organisation an account or a device may be made to act."""

from datetime import datetime

from vungxanh.accounts.actions import managing_refusals as refused
from vungxanh.accounts.queries.devices import managed
from vungxanh.accounts.queries.organisations import standing_in
from vungxanh.accounts.rules import specs
from vungxanh.accounts.values import Rights
from vungxanh.accounts.values.acting import ORGANISATION, organisations_of
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer


def check_organisations(rights: Rights, *, by: Viewer, at: datetime) -> None:
    """Refuse an organisation outside the own area, and a role that must name one without any."""
    given = {one for one in rights.scopes if one.startswith(ORGANISATION)}
    day = at.astimezone(clock.TZ).date()
    kinds = standing_in(organisations_of(given), held=by.units, on=day) if given else {}
    if given != {f"{ORGANISATION}{one}" for one in kinds}:
        raise refused.OrganisationOutsideError
    for spec in specs(rights.roles):
        if spec.acts_for and spec.acts_for.isdisjoint(kinds.values()):
            raise refused.OrganisationNeededError(spec.words)


def organisation_for(asked: str, *, by: Viewer, at: datetime) -> str:
    """The organisation that a device of this maker acts for: the one asked for in the area whose
    devices the maker looks after; where none is asked for, the only one that the maker acts for.
    """
    own = organisations_of(by.scopes)
    if asked in own:
        return asked
    if not asked:
        return next(iter(own)) if len(own) == 1 else ""
    day = at.astimezone(clock.TZ).date()
    ids = organisations_of({f"{ORGANISATION}{asked}"})
    if not standing_in(ids, held=managed(by).units, on=day):
        raise refused.OrganisationOutsideError
    return asked
