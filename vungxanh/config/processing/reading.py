"""What is configured now, in one frozen value."""

from datetime import date

from vungxanh import __version__
from vungxanh.accounts.queries.purposes import purposes_on
from vungxanh.config.processing import tables, ways
from vungxanh.config.processing.measures import measures
from vungxanh.config.processing.values import Configured
from vungxanh.people.queries.bases import told_on
from vungxanh.people.values.consents import texts


def configured(today: date) -> Configured:
    """Tables, purposes, roles, stores, recipients and measures as they stand; five queries."""
    holdings, roles = tables.holdings(), tables.role_lines()
    return Configured(
        software=f"vungxanh {__version__}",
        holdings=holdings,
        purposes=purposes_on(today),
        bases=told_on(today),
        consents=tuple(one.name for one in texts().values()),
        roles=roles,
        stores=ways.stores(),
        recipients=ways.recipients(),
        measures=measures(holdings, roles),
    )
