"""Tables of figures, findings, targets, populations."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.factories.figures import recorded
from tests.factories.people import QUY_NHON, Colleague
from tests.security.attacks import FORMULA, PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions
from vungxanh.uptake.actions import population
from vungxanh.uptake.imports import population as lists
from vungxanh.uptake.models import FindingRecord, PopulationFigure
from vungxanh.uptake.values.targets import Goal, NewCampaign

DAY = date(2021, 5, 26)
POPULATION = "mã\tnăm\tloại\tdân số\tnguồn\n{}\t2021\taverage\t290.000\t{}\n"


def things(owner: Colleague) -> list[Thing]:
    """An unpublished table with a finding, a target, a list of populations of the owner's."""
    by, at = owner.viewer, clock.now()
    unit = UnitId(QUY_NHON)
    table = recorded(
        [(unit, "scans", 10, DAY)], scope=unit, by=by, at=at, source=PAYLOAD, published=False
    )
    finding = FindingRecord.objects.create(
        submission=table,
        code="checks.test",
        severity="warning",
        place=PAYLOAD[:200],
        message_vi=PAYLOAD,
        message_en=PAYLOAD,
        rule="x",
    )
    target = actions.set_target(
        unit_id=unit,
        numerator="bluezone_with_phone",
        denominator="population",
        share_percent=Decimal(60),
        due_on=DAY,
        origin=PAYLOAD[:200],
        by=by,
        at=at,
    )
    goal = Goal("installs", DAY, PAYLOAD[:200], Decimal(60), "smartphones")
    asked = NewCampaign(unit, PAYLOAD[:200], (unit,), DAY, goal)
    campaign = actions.set_campaign(asked=asked, by=by, at=at)
    told = POPULATION.format(QUY_NHON, FORMULA)
    listed = lists.bring_in(content=told.encode(), name=FORMULA, source="", by=by, at=at)
    population.record_table(table_id=listed.id, by=by, at=datetime.now(UTC))
    figure = PopulationFigure.objects.get(table=listed)
    return [
        Thing("/so-lieu/", "submission_id", str(table.id)),
        Thing("/sai-lech/", "finding_id", str(finding.pk)),
        Thing("/so-lieu/dan-so/", "table_id", str(listed.id)),
        Thing("/so-lieu/dan-so/", "verb", "rut", is_secret=False),
        Thing("/dia-ban/", "target_id", str(target.id)),
        Thing("/dia-ban/", "campaign_id", str(campaign.id), is_secret=False),
        Thing("/dia-ban/", "figure_id", str(figure.pk)),
        Thing("/dia-ban/", "element", "scans", is_secret=False),
        Thing("/dia-ban/", "name", "csv", is_secret=False),
    ]
