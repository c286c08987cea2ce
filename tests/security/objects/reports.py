"""Frozen reports and their files."""

from tests.factories.people import Colleague
from tests.reports.documents import annex, issued
from tests.security.attacks import FORMULA, PAYLOAD
from tests.security.doors import Thing


def things(owner: Colleague) -> list[Thing]:
    """A report with a hostile title and a formula for a name."""
    report = issued(annex(title=PAYLOAD, name=FORMULA), by=owner.viewer)
    return [
        Thing("/bao-cao/", "report_id", str(report.id)),
        Thing("/bao-cao/", "ending", "csv", is_secret=False),
    ]
