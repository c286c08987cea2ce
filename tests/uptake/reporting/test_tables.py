"""The day's table: sums, who is missing, approval level by level, publication, corrections."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.messaging.models import Message
from vungxanh.reports import queries as reports
from vungxanh.uptake import queries
from vungxanh.uptake.actions import UptakeError, publish_submission, reporting
from vungxanh.uptake.actions.reporting.tables import subject_of
from vungxanh.uptake.models import DayTable, Reporter, ReportForm, Submission
from vungxanh.uptake.queries.reporting.due import due_tables
from vungxanh.uptake.queries.reporting.gathering import Gathered
from vungxanh.uptake.queries.reporting.tables import arrivals
from vungxanh.uptake.rules import FigureState

BOTH = (QUY_NHON, AN_NHON)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def form(places: None) -> ReportForm:
    """Form 1."""
    return made.form_1()


@pytest.fixture
def two(form: ReportForm) -> tuple[Reporter, Reporter]:
    """Two operators that report on two districts."""
    first, second = (made.operator(f"Nhà mạng {name}") for name in "AB")
    return made.reporter(form, first, covers=BOTH), made.reporter(form, second, covers=BOTH)


def published(table: DayTable) -> DayTable:
    """The table, approved and open to anyone."""
    reporting.approve_table(table_id=table.id, by=SYSTEM, at=made.EVENING)
    return reporting.publish_table(table_id=table.id, by=SYSTEM, at=made.EVENING)


def shown(unit: str) -> tuple[int | None, FigureState, tuple[str, ...]]:
    """What the pages show of a unit: value, state, who is missing."""
    moment = queries.moment_of(None, None)
    (fact,) = queries.latest_facts([unit], moment, unpublished=False, elements=["installs"])
    return fact.value, FigureState.PARTIAL if fact.lacking else FigureState.COMPLETE, fact.lacking


def test_a_table_sums_what_came_and_names_who_is_missing(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5, AN_NHON: 7})
    table = published(made.tabled(form))
    assert (table.n_came, table.n_expected) == (1, 2)
    assert shown(PROVINCE) == (12, FigureState.PARTIAL, ("Nhà mạng B",))


def test_a_zero_is_told_and_a_blank_is_missing(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5, AN_NHON: 7})
    made.accepted(two[1], {QUY_NHON: 0})
    published(made.tabled(form))
    assert shown(QUY_NHON) == (5, FigureState.COMPLETE, ())
    assert shown(AN_NHON) == (7, FigureState.PARTIAL, ("Nhà mạng B",))


def test_nobody_reporting_makes_no_figure(form: ReportForm, two: tuple[Reporter, Reporter]) -> None:
    table = made.tabled(form)
    assert (table.submission_id, table.n_came) == (None, 0)


def test_a_correction_waits_for_its_publication_and_both_remain(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5, AN_NHON: 7})
    first = published(made.tabled(form))
    made.accepted(two[1], {QUY_NHON: 1, AN_NHON: 1}, at=made.EVENING)
    second = reporting.correct_table(
        table_id=first.id, reason="B nộp trễ", drawn=made.plainly, by=SYSTEM, at=made.EVENING
    )
    assert shown(PROVINCE)[0] == 12
    published(second)
    assert shown(PROVINCE) == (14, FigureState.COMPLETE, ())
    assert DayTable.objects.count() == 2
    assert set(Submission.objects.values_list("state", flat=True)) == {"recorded", "withdrawn"}


def test_a_correction_that_changes_nothing_is_refused(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    table = made.tabled(form)
    with pytest.raises(UptakeError) as refused:
        reporting.correct_table(
            table_id=table.id, reason="thử", drawn=made.plainly, by=SYSTEM, at=made.EVENING
        )
    assert refused.value.code == "uptake.nothing_to_correct"


def test_what_nobody_approved_is_not_published(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    table = made.tabled(form)
    with pytest.raises(UptakeError) as refused:
        reporting.publish_table(table_id=table.id, by=SYSTEM, at=made.EVENING)
    assert refused.value.code == "uptake.table_not_approved"


def test_the_province_uses_what_districts_approved(form: ReportForm) -> None:
    """Districts report on themselves to themselves; their approved tables make the province's."""
    for district, count in ((QUY_NHON, 5), (AN_NHON, 7)):
        one = made.reporter(form, district, area=PROVINCE)
        made.accepted(one, {district: count})
    published(made.tabled(form))
    assert shown(PROVINCE) == (12, FigureState.COMPLETE, ())


def test_due_tables_are_made_once_after_their_hour(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    times = (made.NOON, made.EVENING, made.EVENING)
    counts = [reporting.make_due_tables(drawn=made.plainly, at=at) for at in times]
    assert counts == [0, 1, 0]


def test_a_table_needs_a_day_that_is_owed_and_past(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    day = made.DAY
    codes = [
        refused(made.tabled, form, day=day - DAY),
        refused(made.tabled, form, day=day + DAY),
        refused(made.tabled, form, area=AN_NHON),
        refused(made.tabled, form, at=made.NOON),
    ]
    made.tabled(form)
    assert [*codes, refused(made.tabled, form)] == [
        "uptake.report_not_owed",
        "uptake.report_for_tomorrow",
        "uptake.report_not_owed",
        "uptake.table_too_early",
        "uptake.table_stands",
    ]


def test_before_the_hour_a_table_is_made_once_all_have_reported(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    for one in two:
        made.accepted(one, {QUY_NHON: 1})
    assert made.tabled(form, at=made.NOON).n_came == 2


def test_a_corrected_draft_counts_no_longer_and_is_not_acted_on(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5, AN_NHON: 7})
    first = made.tabled(form)
    made.accepted(two[1], {QUY_NHON: 1, AN_NHON: 1}, at=made.EVENING)
    second = corrected(first)
    acts = (reporting.approve_table, reporting.publish_table, reporting.take_back_approval)
    codes = {refused(act, table_id=first.id, by=SYSTEM, at=made.EVENING) for act in acts}
    assert codes == {"uptake.report_changed"}
    assert refused(corrected, first) == "uptake.report_changed"
    states = Submission.objects.values_list("day_table", "state")
    assert dict(states) == {first.id: "withdrawn", second.id: "recorded"}


def test_when_every_report_is_sent_back_the_correction_has_no_figure(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    report = made.accepted(two[0], {QUY_NHON: 5})
    first = published(made.tabled(form))
    reporting.send_back(report_id=report.id, reason="Số cũ", by=SYSTEM, at=made.EVENING)
    second = published(corrected(first))
    moment = queries.moment_of(None, None)
    assert second.submission_id is None
    assert not queries.latest_facts([PROVINCE], moment, unpublished=True, elements=["installs"])


def test_each_published_version_is_an_edition_among_the_reports(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5})
    first = published(made.tabled(form))
    made.accepted(two[1], {QUY_NHON: 1}, at=made.EVENING)
    published(corrected(first))
    edition = reports.latest(subject_of(first), viewer=SYSTEM)
    assert edition is not None
    assert (edition.edition, edition.line.corrects_edition) == (2, 1)
    assert edition.correction_reason == "B nộp trễ"


@pytest.fixture
def communes(places: None) -> ReportForm:
    """A form on which operators report on communes to each district."""
    return made.form_1(level="commune")


@pytest.fixture
def below(communes: ReportForm) -> DayTable:
    """The table of Quy Nhơn, approved; one operator reports to it, another to An Nhơn."""
    for area, name in ((QUY_NHON, "C"), (AN_NHON, "D")):
        commune = next(one for one in locations.descendants(UnitId(area)))
        one = made.reporter(communes, made.operator(f"Nhà mạng {name}", area), area=area)
        made.accepted(one, {commune.id: 5})
    table = made.tabled(communes, area=QUY_NHON)
    return reporting.approve_table(table_id=table.id, by=SYSTEM, at=made.EVENING)


def test_the_level_above_uses_what_is_approved_and_sees_what_is_approved_later(
    communes: ReportForm, below: DayTable
) -> None:
    later = made.tabled(communes, area=AN_NHON)
    table = made.tabled(communes)
    assert (table.n_came, table.n_expected, arrivals(table)) == (1, 2, ())
    reporting.approve_table(table_id=later.id, by=SYSTEM, at=made.EVENING)
    assert [one.name for one in arrivals(table)] == ["Thị xã An Nhơn"]
    assert corrected(table).n_came == 2


def test_who_is_missing_below_is_missing_above(communes: ReportForm, below: DayTable) -> None:
    made.reporter(communes, made.operator("Nhà mạng E", AN_NHON), area=AN_NHON)
    other = made.tabled(communes, area=AN_NHON)
    reporting.approve_table(table_id=other.id, by=SYSTEM, at=made.EVENING)
    table = published(made.tabled(communes))
    lacks = {line["name"]: line.get("lacks") for line in table.reporters}
    assert "Nhà mạng E" in lacks["Thị xã An Nhơn"]
    assert "Nhà mạng E" in shown(PROVINCE)[2]


def test_a_table_below_taken_back_keeps_the_level_above_from_approving(
    communes: ReportForm, below: DayTable
) -> None:
    table = made.tabled(communes)
    reporting.take_back_approval(table_id=below.id, by=SYSTEM, at=made.EVENING)
    code = refused(reporting.approve_table, table_id=table.id, by=SYSTEM, at=made.EVENING)
    assert code == "uptake.table_below_taken_back"


def test_approval_stays_once_the_level_above_approved(
    communes: ReportForm, below: DayTable
) -> None:
    table = made.tabled(communes)
    reporting.approve_table(table_id=table.id, by=SYSTEM, at=made.EVENING)
    code = refused(reporting.take_back_approval, table_id=below.id, by=SYSTEM, at=made.EVENING)
    assert code == "uptake.table_frozen"


def test_a_province_of_districts_is_due_once_all_approved_or_an_hour_later(
    communes: ReportForm, below: DayTable
) -> None:
    def due(at: datetime) -> list[str]:
        return [one.area_id for one in due_tables(at)]

    assert due(made.EVENING) == [AN_NHON]
    assert due(made.EVENING + HOUR) == [AN_NHON, PROVINCE]
    other = made.tabled(communes, area=AN_NHON)
    reporting.approve_table(table_id=other.id, by=SYSTEM, at=made.EVENING)
    assert due(made.EVENING) == [PROVINCE]


def test_one_table_that_fails_keeps_no_other_from_being_made(below: DayTable) -> None:
    def torn(table: DayTable, gathered: Gathered) -> tuple[str, bytes]:
        if table.area_id == AN_NHON:
            raise OSError
        return made.plainly(table, gathered)

    with pytest.raises(ExceptionGroup):
        reporting.make_due_tables(drawn=torn, at=made.EVENING + HOUR)
    assert set(DayTable.objects.values_list("area_id", flat=True)) == {QUY_NHON, PROVINCE}


def test_yesterdays_table_is_made_up_for(form: ReportForm, two: tuple[Reporter, Reporter]) -> None:
    at = made.NOON + DAY
    assert reporting.make_due_tables(drawn=made.plainly, at=at) == 1
    assert DayTable.objects.get().day == made.DAY


def test_officers_are_told_once_who_is_missing(
    form: ReportForm, two: tuple[Reporter, Reporter], province_officer: Colleague
) -> None:
    for _ in range(2):
        reporting.make_due_tables(drawn=made.plainly, at=made.EVENING)
    (message,) = Message.objects.filter(kind="uptake.table_made")
    assert "thiếu: Nhà mạng A, Nhà mạng B" in message.text


def test_tables_are_acted_on_by_staff_of_their_area_alone(
    form: ReportForm, two: tuple[Reporter, Reporter], officer: Colleague
) -> None:
    contact = employed("contact", Role("operator"), PROVINCE, organisation=two[0].organisation_id)
    elsewhere = employed("elsewhere", Role("province_officer"), "vn-2021:54")
    table = published(made.tabled(form))
    made.accepted(two[0], {QUY_NHON: 5}, at=made.EVENING)
    for one in (contact, officer, elsewhere):
        with pytest.raises(MissingError):
            corrected(table, by=one.viewer)
    with pytest.raises(MissingError):
        made.tabled(form, day=made.DAY + DAY, at=made.EVENING + DAY, by=contact.viewer)


def corrected(table: DayTable, by: Viewer = SYSTEM) -> DayTable:
    """The next version."""
    return reporting.correct_table(
        table_id=table.id, reason="B nộp trễ", drawn=made.plainly, by=by, at=made.EVENING
    )


def refused(act: Callable[..., object], *arguments: object, **named: object) -> str:
    """The code with which an act is refused."""
    with pytest.raises(UptakeError) as refusal:
        act(*arguments, **named)
    return refusal.value.code


def test_figures_of_a_day_table_are_not_published_past_its_approval(
    form: ReportForm, two: tuple[Reporter, Reporter]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5, AN_NHON: 7})
    table = made.tabled(form)
    assert table.submission_id is not None
    with pytest.raises(UptakeError) as refused:
        publish_submission(submission_id=table.submission_id, by=SYSTEM, at=made.EVENING)
    assert refused.value.code == "uptake.of_day_table"
