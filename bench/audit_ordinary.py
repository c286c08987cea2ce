"""What officers ordinarily do, with its record written and without, for `bench.audit`.

A process with Django over a database of its own. The actions are the house's, called as pages call
them; for the form without a record, the name `record` in the action's own module does nothing.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from time import perf_counter
from types import ModuleType
from unittest.mock import patch
from uuid import UUID

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import viewer_for
from vungxanh.accounts.rules import Role
from vungxanh.audit import actions as audit
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.duties import actions as duties
from vungxanh.duties.actions import meeting
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import HolderKind, Schedule, SourceKind
from vungxanh.duties.values import Holder, NewDuty
from vungxanh.locations.actions import load_units
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions as uptake
from vungxanh.uptake.actions import Draft, Origin, findings, recording
from vungxanh.uptake.models import FindingRecord, Submission
from vungxanh.uptake.rules import FindingState
from vungxanh.uptake.values import NewFact

BLOCK = 20
PROVINCE = UnitId("vn-2021:52")
DISTRICT = UnitId("vn-2021:540")
DAY = date(2021, 5, 26)


@dataclass(frozen=True, slots=True)
class Ordinary:
    """One action: where its record stands, what makes it possible again, and the doing itself."""

    name: str
    module: ModuleType
    ready: Callable[[], object]
    act: Callable[[int], object]


def main(n_times: int) -> dict[str, dict[str, float]]:
    """Median milliseconds of each action, with and without its record."""
    load_units(by=SYSTEM, at=clock.now())
    province, district = (
        _officer("province_officer", PROVINCE),
        _officer("district_officer", DISTRICT),
    )
    table = _table(province)
    chosen = (
        _meeting(district, owed_to=province),
        _deciding(province, table),
        _publishing(province, table),
    )
    return {one.name: _medians(one, n_times) for one in chosen}


def _medians(one: Ordinary, n_times: int) -> dict[str, float]:
    forms = {"with_ms": audit.record, "without_ms": _silent}
    taken: dict[str, list[float]] = {name: [] for name in forms}
    for turn in range(2 * n_times // BLOCK):
        name = list(forms)[turn % 2]
        with patch.object(one.module, "record", forms[name]):
            taken[name] += [_timed(one, turn * BLOCK + number) for number in range(BLOCK)]
    return {name: statistics.median(times) for name, times in taken.items()}


def _timed(one: Ordinary, number: int) -> float:
    one.ready()
    began = perf_counter()
    one.act(number)
    return (perf_counter() - began) * 1000


def _silent(**_event: object) -> None:
    """In place of the record."""


def _officer(role: str, unit: UnitId) -> Viewer:
    return viewer_for(Staff(name=role, roles=[Role(role)], units=[unit]))


def _table(by: Viewer) -> UUID:
    facts = (NewFact(DISTRICT, "bluezone_with_phone", 1000, clock.day_start(DAY)),)
    draft = Draft(PROVINCE, facts[0].as_of, Origin("bench", "entry"), facts)
    made = uptake.save_draft(draft=draft, by=by, at=clock.now())
    uptake.record_submission(submission_id=made.id, by=by, at=clock.now())
    return made.id


def _meeting(by: Viewer, *, owed_to: Viewer) -> Ordinary:
    """A district says again what it did about its duty."""
    duty = NewDuty(
        title="bench",
        holder=Holder(HolderKind.UNIT, DISTRICT),
        owed_to=PROVINCE,
        schedule=Schedule(clock.today(), time(17)),
        source_kind=SourceKind.LETTER,
        source="bench",
    )
    owed = duties.owe(duty=duty, by=owed_to, at=clock.now())
    due = Occurrence.objects.get(duty_id=owed).id

    def act(number: int) -> None:
        duties.meet(occurrence_id=due, evidence=f"bench {number}", by=by, at=clock.now())

    return Ordinary("a duty is met", meeting, _nothing, act)


def _deciding(by: Viewer, table: UUID) -> Ordinary:
    """An officer of the province accepts a finding with a reason, or asks the sender."""
    kept = FindingRecord.objects.create(submission_id=table, code="bench", severity="warning")
    states = (FindingState.ASKED, FindingState.ACCEPTED)

    def act(number: int) -> None:
        state = states[number % 2]
        uptake.decide_finding(finding_id=kept.id, state=state, note="bench", by=by, at=clock.now())

    return Ordinary("a finding is decided", findings, _nothing, act)


def _publishing(by: Viewer, table: UUID) -> Ordinary:
    """An officer of the province opens a recorded table to anyone."""
    kept = Submission.objects.filter(id=table)

    def act(_number: int) -> None:
        uptake.publish_submission(submission_id=table, by=by, at=clock.now())

    return Ordinary("a table is published", recording, lambda: kept.update(published_at=None), act)


def _nothing() -> None:
    """Nothing to make ready."""
