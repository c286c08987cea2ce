"""Writes of populations: a list as a draft, recorded, taken back; one chosen as base of rates."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries import authorised, place_of
from vungxanh.accounts.values import Standing, area_of
from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import UnitId
from vungxanh.refusals import Words
from vungxanh.uptake.actions.drafts import LONGEST_NAME, Draft, Origin
from vungxanh.uptake.actions.drafts import save_draft as save_figures
from vungxanh.uptake.actions.owning import must_own
from vungxanh.uptake.actions.recording import (
    change_version,
    publish_submission,
    record_submission,
)
from vungxanh.uptake.actions.refusals import UptakeError, wrong_state
from vungxanh.uptake.models import PopulationFigure, PopulationTable, Source
from vungxanh.uptake.queries import population as queries
from vungxanh.uptake.values import NewFact
from vungxanh.uptake.values.population import KINDS, PopulationRow

ELEMENT = "population"
PUBLISH = "uptake.publish"
SOURCE_KIND = "census"


@transaction.atomic
def save_draft(
    *,
    rows: Sequence[PopulationRow],
    original_id: UUID | None,
    original_name: str,
    by: Viewer,
    at: datetime,
) -> PopulationTable:
    """Keep a list that was read; nothing counts yet. Audit: population_received.

    A unit outside the viewer's area is an error of its row.
    """
    by.require("uptake.import")
    checked = [_wire(row, _outside(row, by)) for row in rows]
    n_errors = sum(bool(row["faults"]) for row in checked)
    table = PopulationTable.objects.create(
        original_id=original_id,
        original_name=original_name[-LONGEST_NAME:],
        content={"rows": checked},
        n_errors=n_errors,
        created_at=at,
        created_by=by.id,
    )
    detail = {"rows": len(rows), "errors": n_errors}
    record(event="uptake.population_received", by=by, at=at, subject=_subject(table), detail=detail)
    return table


def record_table(*, table_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a list stand; refused while a row has an error. Audit: population_recorded.

    Whoever works elsewhere by now records nothing of the area that they brought the list for.
    """
    with transaction.atomic():
        table = _locked(table_id, by=by, state="draft")
        rows = table.content["rows"]
        if table.n_errors or not rows:
            raise _has_errors(table.n_errors)
        _must_own_all({row["unit"] for row in rows}, by=by)
        table.state, table.recorded_at = "recorded", at
        table.save(update_fields=["state", "recorded_at"])
        sources = {name: _source(name) for name in {row["source"] for row in rows}}
        PopulationFigure.objects.bulk_create(
            PopulationFigure(
                table=table,
                unit_id=row["unit"],
                year=row["year"],
                on=row["on"],
                kind=row["kind"],
                value=row["value"],
                source=sources[row["source"]],
            )
            for row in rows
        )
        change_version()
        detail = {"rows": len(rows)}
        record(
            event="uptake.population_recorded", by=by, at=at, subject=_subject(table), detail=detail
        )


def drop_table(*, table_id: UUID, by: Viewer, at: datetime) -> None:
    """Drop a draft. Audit: population_dropped."""
    with transaction.atomic():
        table = _locked(table_id, by=by, state="draft")
        table.state = "dropped"
        table.save(update_fields=["state"])
        record(event="uptake.population_dropped", by=by, at=at, subject=_subject(table))


def withdraw_table(*, table_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a recorded list back as a whole; refused while one of it is a base of rates.

    Audit: population_withdrawn. What it was used for is withdrawn there, with its reason.
    """
    with transaction.atomic():
        table = _locked(table_id, by=by, state="recorded")
        _must_own_all(table.figures.values_list("unit_id", flat=True), by=by)
        used = table.figures.filter(used_in__state="recorded")
        if used.exists():
            raise _in_use()
        table.state, table.withdrawn_at = "withdrawn", at
        table.save(update_fields=["state", "withdrawn_at"])
        change_version()
        record(event="uptake.population_withdrawn", by=by, at=at, subject=_subject(table))


def use_population(*, figure_id: int, unit_id: str, by: Viewer, at: datetime) -> None:
    """Make one population the base of rates for its day: a fact with its source, published.

    What is no base, the size in a merger dossier, is refused (`uptake.population_no_base`).
    Audit: population_used, and those of the table of figures.
    """
    with transaction.atomic():
        found = _standing(figure_id, unit_id, by=by)
        if not KINDS[found.kind].is_base:
            raise _no_base(KINDS[found.kind].label)
        if found.used_in is not None and found.used_in.state == "recorded":
            return
        as_of = clock.day_start(found.on)
        fact = NewFact(UnitId(found.unit_id), ELEMENT, found.value, as_of)
        origin = Origin(found.source.title, found.source.kind)
        draft = Draft(UnitId(found.unit_id), as_of, origin, (fact,))
        submission = save_figures(draft=draft, by=by, at=at)
        record_submission(submission_id=submission.id, by=by, at=at)
        publish_submission(submission_id=submission.id, by=by, at=at)
        found.used_in = submission
        found.save(update_fields=["used_in"])
        detail: dict[str, str | int | None] = {"unit": found.unit_id, "year": found.year}
        subject = f"population-figure:{found.id}"
        record(event="uptake.population_used", by=by, at=at, subject=subject, detail=detail)


def _must_own_all(unit_ids: Iterable[str], *, by: Viewer) -> None:
    """Refuse who does not work for one of the units; no query where all are their own."""
    area = area_of(by.units)
    for place in map(place_of, sorted(set(unit_ids))):
        if area.standing(place.id, place.path) is not Standing.WHOLE:
            must_own(by=by, unit_id=UnitId(place.id), capability="uptake.import")


def _outside(row: PopulationRow, by: Viewer) -> tuple[Words, ...]:
    if row.unit_id is None:
        return ()
    try:
        must_own(by=by, unit_id=row.unit_id, capability="uptake.import")
    except UptakeError as refusal:
        return (refusal.words,)
    return ()


def _wire(row: PopulationRow, more: tuple[Words, ...]) -> dict[str, object]:
    return {
        "number": row.number,
        "name": row.name,
        "unit": row.unit_id,
        "year": row.year,
        "on": row.on.isoformat() if row.on else None,
        "kind": row.kind,
        "value": row.value,
        "source": row.source,
        "faults": [[words.vi, words.en] for words in (*row.faults, *more)],
    }


def _source(title: str) -> Source:
    found, _ = Source.objects.get_or_create(title=title[:300], kind=SOURCE_KIND)
    return found


def _subject(table: PopulationTable) -> str:
    return f"population:{table.id}"


def _locked(table_id: UUID, *, by: Viewer, state: str) -> PopulationTable:
    by.require("uptake.import")
    rows = PopulationTable.objects.select_for_update()
    found = queries.theirs(rows.filter(id=table_id).first(), by)
    if found.state != state:
        raise wrong_state()
    return found


def _standing(figure_id: int, unit_id: str, *, by: Viewer) -> PopulationFigure:
    """A population that stands, of this unit, which must be the viewer's own."""
    by.require(PUBLISH)
    rows = PopulationFigure.objects.select_for_update(of=("self",))
    found = rows.select_related("source", "used_in", "unit").filter(
        id=figure_id, unit_id=unit_id, table__state="recorded"
    )
    return authorised(
        found.first(), viewer=by, needs=PUBLISH, unit=lambda one: one.unit, acting=True
    )


def _has_errors(n_errors: int) -> UptakeError:
    return UptakeError(
        "uptake.population_has_errors",
        Words(
            f"Chưa ghi được: {n_errors} dòng còn lỗi hoặc bảng trống. Sửa trong tệp rồi nộp lại.",
            f"Not recorded: {n_errors} rows have errors, or there are none. Mend the file.",
        ),
    )


def _in_use() -> UptakeError:
    return UptakeError(
        "uptake.population_in_use",
        Words(
            "Bảng có số đang làm mẫu số. Rút bảng số liệu tương ứng trước, rồi rút bảng này.",
            "A population of this list is a base of rates. Withdraw that table of figures first.",
        ),
    )


def _no_base(label: Words) -> UptakeError:
    return UptakeError(
        "uptake.population_no_base",
        Words(
            f"“{label.vi}” không dùng làm mẫu số của tỷ lệ: có tính cả người đăng ký ở nơi khác. "
            "Chọn số tổng điều tra hoặc dân số trung bình.",
            f"“{label.en}” is no base of rates: it counts people registered elsewhere too. "
            "Choose the census or the average of the year.",
        ),
    )
