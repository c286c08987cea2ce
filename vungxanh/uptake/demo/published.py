"""What the demo shows: figures as published, and one target that is marked as invented."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files as resources
from itertools import groupby

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import read_grid
from vungxanh.engines import checks
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions, imports
from vungxanh.uptake.actions import Draft, Origin
from vungxanh.uptake.actions import population as populations
from vungxanh.uptake.imports import population as population_lists
from vungxanh.uptake.models import PopulationTable, Source
from vungxanh.uptake.values import NewFact

PUBLISHED = resources("vungxanh.uptake") / "published"
POPULATION = "population.csv"
INVENTED = "population-invented.csv"
ANNEX = "binh-dinh-2021-05-26"
ANNEX_SOURCE = "Phụ lục công văn của Sở Thông tin và Truyền thông Bình Định, tháng 5/2021"
CENSUS_DAY = date(2019, 4, 1)


@dataclass(frozen=True, slots=True)
class Printed:
    """One published figure, with the share printed beside it."""

    unit: UnitId
    name: str
    element: str
    value: int
    as_of: datetime
    base: str | None
    percent: Decimal | None
    origin: Origin


def load_published(*, by: Viewer, at: datetime) -> None:
    """Load everything once; a second run changes nothing."""
    if Source.objects.filter(title=ANNEX_SOURCE).exists():
        return
    _load_table(by, at)
    _load_annex(by, at)
    _set_targets(by, at)


def load_populations(*, by: Viewer, at: datetime) -> None:
    """Load the published populations once, and those of today's communes, which are invented.

    Rows of units that are not loaded are left out.
    """
    for name in (POPULATION, INVENTED):
        if not PopulationTable.objects.filter(original_name=name).exists():
            _load_population(name, by=by, at=at)


def _load_population(name: str, *, by: Viewer, at: datetime) -> None:
    grid = read_grid((PUBLISHED / name).read_bytes(), name=name)
    rows = [row for row in population_lists.read_rows(grid, source="") if not row.faults]
    table = populations.save_draft(rows=rows, original_id=None, original_name=name, by=by, at=at)
    populations.record_table(table_id=table.id, by=by, at=at)


def _load_annex(by: Viewer, at: datetime) -> None:
    claims = json.loads((PUBLISHED / f"{ANNEX}.claims.json").read_text(encoding="utf-8"))
    asked = imports.Asked(
        unit="vn-2021:52",
        content=(PUBLISHED / f"{ANNEX}.csv").read_bytes(),
        name=f"{ANNEX}.csv",
        is_pasted=False,
        source_title=ANNEX_SOURCE,
        source_kind="letter",
        as_of=date(2021, 5, 26),
        base_as_of=CENSUS_DAY,
        claims=tuple(checks.claims_of(claims)),
    )
    submission = imports.bring_in(asked=asked, by=by, at=at)
    actions.record_submission(submission_id=submission.id, by=by, at=at)
    actions.publish_submission(submission_id=submission.id, by=by, at=at)


def _load_table(by: Viewer, at: datetime) -> None:
    """Each source's figures of one unit and moment are one submission."""
    ordered = sorted(_printed(), key=lambda p: (p.unit, p.origin.title, p.as_of))
    for (unit, _title, as_of), group in groupby(
        ordered, key=lambda p: (p.unit, p.origin.title, p.as_of)
    ):
        _record(unit, as_of, list(group), by=by, at=at)


def _record(
    unit: UnitId, as_of: datetime, figures: list[Printed], *, by: Viewer, at: datetime
) -> None:
    claims = tuple(claim for figure in figures for claim in _claim(figure))
    draft = Draft(
        scope=unit,
        as_of=as_of,
        origin=figures[0].origin,
        facts=tuple(NewFact(f.unit, f.element, f.value, f.as_of) for f in figures),
        claim_findings=imports.check_claims(
            unit, figures[0].name, facts=_counts(figures), claims=claims
        ),
        claims=claims,
        content={"title": figures[0].origin.title},
    )
    submission = actions.save_draft(draft=draft, by=by, at=at)
    actions.record_submission(submission_id=submission.id, by=by, at=at)
    actions.publish_submission(submission_id=submission.id, by=by, at=at)


def _counts(figures: list[Printed]) -> dict[str, int]:
    return {figure.element: figure.value for figure in figures}


def _claim(figure: Printed) -> Iterator[checks.Claim]:
    if figure.percent is not None:
        yield checks.Claim(
            where=figure.origin.title,
            element=figure.element,
            unit=figure.unit,
            value=figure.value,
            share_percent=figure.percent,
            base=figure.base,
        )


def _printed() -> Iterator[Printed]:
    text = (PUBLISHED / "published.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        percent = row["printed_percent"]
        yield Printed(
            unit=UnitId(row["unit"]),
            name=row["name"],
            element=row["element"],
            value=int(row["value"]),
            as_of=_moment(row["as_of"]),
            base=row["base"] or None,
            percent=Decimal(percent) if percent else None,
            origin=Origin(row["source"], row["kind"]),
        )


def _moment(text: str) -> datetime:
    """A date alone is the start of that day in Vietnam."""
    day_only = len(text) == 10
    return clock.day_start(date.fromisoformat(text)) if day_only else datetime.fromisoformat(text)


def _set_targets(by: Viewer, at: datetime) -> None:
    """Two targets of real letters, and one for Bình Định that is invented and says so."""
    _target(
        "vn-2021:vn",
        "adults",
        date(2020, 8, 20),
        by=by,
        at=at,
        origin="Công văn của Cục Tin học hóa, tháng 8/2020 (60 % dân số trưởng thành)",
    )
    _target(
        "vn-2021:213",
        "subscriptions",
        date(2021, 8, 31),
        by=by,
        at=at,
        origin="Công văn của UBND thành phố Bắc Giang, tháng 8/2021 (60 % thuê bao)",
    )
    _target(
        "vn-2021:52",
        "smartphones",
        date(2021, 8, 31),
        by=by,
        at=at,
        origin="Chỉ tiêu minh họa (mẫu), không có văn bản",
        is_invented=True,
    )


def _target(
    unit: str,
    base: str,
    due: date,
    *,
    origin: str,
    by: Viewer,
    at: datetime,
    is_invented: bool = False,
) -> None:
    actions.set_target(
        unit_id=UnitId(unit),
        numerator="bluezone_with_phone",
        denominator=base,
        share_percent=Decimal(60),
        due_on=due,
        origin=origin,
        is_illustrative=is_invented,
        by=by,
        at=at,
    )
