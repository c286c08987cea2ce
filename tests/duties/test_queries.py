"""Work of today, the wall, proposals, and who sees what."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.duties.conftest import DAILY, MORNING, ONCE, only
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, Person, employed
from tests.locations.organisations import added
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import viewer_for
from vungxanh.accounts.rules import Role
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.duties import actions, queries
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HolderKind, Schedule, SourceKind, State
from vungxanh.duties.values import Board, Holder, NewDuty, WorkLine
from vungxanh.locations.models import AdminUnit

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]
DAY = date(2020, 8, 28)
FIVE = datetime(2020, 8, 28, 10, tzinfo=UTC)  # 17h00
LATE = FIVE + timedelta(minutes=30)


def on(day: int, hour: int = 17) -> Schedule:
    """Once, on a day of August 2020."""
    return Schedule(date(2020, 8, day), time(hour))


def met(duty_id: UUID, by: Viewer, at: datetime) -> Occurrence:
    """The one time of a duty, with evidence."""
    actions.meet(occurrence_id=only(duty_id).id, evidence="note:1", by=by, at=at)
    return only(duty_id)


def commune_of(district: str) -> str:
    """The first commune of a district."""
    return str(AdminUnit.objects.filter(parent_id=district).order_by("id").values_list("id")[0][0])


def test_work_is_overdue_then_today_then_soon_in_the_order_of_due_times(
    owed: Owed, district: Colleague
) -> None:
    days = {name: owed(on(*when)) for name, when in WHEN.items()}
    shown = queries.work(district.viewer, at=FIVE)
    names = {duty_id: name for name, duty_id in days.items()}
    parts = (shown.overdue, shown.today, shown.soon)
    assert [[names[one.duty_id] for one in part] for part in parts] == [
        ["yesterday", "at noon"],
        ["now", "tonight"],
        ["tomorrow"],
    ]
    assert (shown.n_open, shown.n_more, shown.done) == (4, 0, ())


WHEN = {
    "tonight": (28, 20),
    "far": (31, 17),
    "tomorrow": (29, 8),
    "at noon": (28, 12),
    "now": (28, 17),
    "yesterday": (27, 17),
}


def test_done_is_what_was_met_today_and_what_was_due_today(owed: Owed, district: Colleague) -> None:
    yesterday, today, earlier = owed(on(27)), owed(on(28)), owed(on(27, 18))
    met(earlier, district.viewer, FIVE - timedelta(days=1))
    met(yesterday, district.viewer, MORNING)
    met(today, district.viewer, MORNING + timedelta(minutes=1))
    done = queries.work(district.viewer, at=FIVE).done
    assert [one.duty_id for one in done] == [today, yesterday]


def test_work_is_of_the_own_units_alone(owed: Owed, province: Colleague) -> None:
    commune = employed("commune", Role("commune_officer"), "vn-2021:21550")
    duty_id = owed(unit=QUY_NHON)
    below = owed(unit=commune_of(QUY_NHON))
    above = employed("above", Role("district_officer"), QUY_NHON)
    other = employed("other", Role("district_officer"), AN_NHON)
    assert [one.duty_id for one in queries.work(above.viewer, at=FIVE).today] == [duty_id]
    assert below != duty_id
    for viewer in (other.viewer, province.viewer):
        assert queries.work(viewer, at=FIVE).today == ()
    assert [one.duty_id for one in queries.work(commune.viewer, at=FIVE).today] == [below]


@pytest.mark.usefixtures("places_of_both_eras")
def test_work_of_a_former_province_is_that_of_today_s_and_not_that_of_its_communes(
    owed: Owed, province: Colleague
) -> None:
    today = employed("today", Role("province_officer"), "vn-2025:52")
    own, commune = owed(unit=PROVINCE), owed(unit=_commune_of_today(PROVINCE))
    for viewer in (today.viewer, province.viewer):
        shown = [one.duty_id for one in queries.work(viewer, at=FIVE).today]
        assert shown == [own]
    assert queries.duty(commune, viewer=today.viewer).id == commune


def test_role_limits_work(owed: Owed, district: Colleague) -> None:
    duty_id = owed(role="tracer")
    tracer = employed("tracer", Role("tracer"), QUY_NHON)
    assert queries.work(district.viewer, at=FIVE).today == ()
    assert [one.duty_id for one in queries.work(tracer.viewer, at=FIVE).today] == [duty_id]


def test_work_of_an_organisation_is_its_staff_s_whatever_other_scopes_say(
    province: Colleague,
) -> None:
    organisation = added()
    duty_id = _owed_by(organisation, by=province)
    theirs = _acting_for("theirs", f"organisation:{organisation}", "organisation:5", "list:7")
    other = _acting_for("other", f"organisation:{uuid4()}", "organisation:nhà")
    assert [one.duty_id for one in queries.work(theirs, at=FIVE).today] == [duty_id]
    assert queries.work(other, at=FIVE).today == ()


def test_more_overdue_than_listed_are_counted(owed: Owed, district: Colleague) -> None:
    row = Duty.objects.get(id=owed(DAILY))
    day = timedelta(days=1)
    Occurrence.objects.bulk_create(
        Occurrence(duty=row, day=DAY - n * day, due_at=FIVE - n * day) for n in range(1, 206)
    )
    shown = queries.work(district.viewer, at=FIVE - timedelta(hours=2))
    assert (len(shown.overdue), shown.n_more, shown.n_open) == (200, 5, 206)


def test_work_is_three_queries_and_one_more_where_not_all_is_listed(
    owed: Owed, district: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in (26, 27, 28, 29):
        owed(on(day))
    with django_assert_num_queries(3):
        queries.work(district.viewer, at=FIVE)


def test_parts_of_the_wall_add_up_to_all_that_is_owed(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    row = {name: only(owed(on(28, hour))) for name, hour in HOURS.items()}
    _settle(row["cancelled"], State.CANCELLED, by=province)
    _settle(row["waived"], State.WAIVED, by=province)
    _settle(row["waived and come"], State.WAIVED, by=province)
    for name in ("come", "waived and come"):
        met(row[name].duty_id, district.viewer, MORNING)
    met(row["late"].duty_id, district.viewer, FIVE)
    _revise(row["revised late"], by=district)
    shown = queries.board(DAY, viewer=province.viewer, at=LATE)
    names = {one.id: name for name, one in row.items()}
    assert {part: [names[one.id] for one in rows] for part, rows in _parts(shown).items()} == {
        "missing": ["missing"],
        "awaited": ["awaited"],
        "late": ["late", "revised late"],
        "come": ["come", "waived and come"],
        "waived": ["waived"],
    }
    assert shown.n_expected == len(row) - 2


HOURS = {
    "missing": 16,
    "awaited": 18,
    "come": 12,
    "late": 13,
    "revised late": 14,
    "waived": 15,
    "waived and come": 17,
    "cancelled": 19,
}


def test_wall_is_of_one_kind_one_day_and_the_own_area(owed: Owed, province: Colleague) -> None:
    report = owed(kind="uptake.report")
    owed(), owed(on(29), kind="uptake.report")
    shown = queries.board(DAY, viewer=province.viewer, at=MORNING, kind="uptake.report")
    assert [one.duty_id for one in shown.awaited] == [report]
    assert queries.kinds_of_day(DAY, viewer=province.viewer) == ("duties.task", "uptake.report")
    other = employed("gia-lai", Role("province_officer"), "vn-2021:64")
    assert queries.board(DAY, viewer=other.viewer, at=MORNING).n_expected == 0
    assert queries.kinds_of_day(DAY, viewer=other.viewer) == ()


@pytest.mark.parametrize(
    "ask",
    [
        lambda viewer: queries.board(DAY, viewer=viewer, at=LATE),
        lambda viewer: queries.kinds_of_day(DAY, viewer=viewer),
        lambda viewer: queries.proposals(viewer, at=LATE),
        lambda viewer: queries.calendar_of(viewer, at=LATE),
        lambda viewer: queries.occurrence(
            Occurrence.objects.order_by("id")[0].id, viewer=viewer, at=LATE
        ),
    ],
    ids=["board", "kinds_of_day", "proposals", "calendar_of", "occurrence"],
)
def test_questions_take_as_many_queries_for_many_as_for_one(
    owed: Owed,
    province: Colleague,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    ask: Callable[[Viewer], object],
) -> None:
    for hour in (9, 10, 11):
        owed(on(28, hour))
    actions.remind(at=LATE)
    with django_assert_max_num_queries(2):
        ask(province.viewer)


def test_holder_overseer_and_whoever_it_is_owed_to_see_it_and_nobody_else(
    owed: Owed, province: Colleague, outsider: Person
) -> None:
    unit = commune_of(QUY_NHON)
    duty_id = owed(unit=unit)
    holder = employed("holder", Role("commune_officer"), unit)
    overseer = employed("overseer", Role("district_officer"), QUY_NHON)
    for seen_by in (holder, overseer, province):
        assert _sees(duty_id, seen_by.viewer) == (1, 1, 1)
    beside = employed("beside", Role("commune_officer"), commune_of(AN_NHON))
    elsewhere = employed("elsewhere", Role("province_officer"), "vn-2021:64")
    for unseen_by in (beside, elsewhere):
        assert _sees(duty_id, unseen_by.viewer) == (0, 0, 0)
    with pytest.raises(ForbiddenError):
        queries.duties(outsider.viewer)


def test_commune_does_not_see_what_its_district_owes(owed: Owed) -> None:
    commune = employed("commune", Role("commune_officer"), commune_of(QUY_NHON))
    assert _sees(owed(unit=QUY_NHON), commune.viewer) == (0, 0, 0)


def test_duty_of_a_role_is_seen_by_the_unit_all_the_same(owed: Owed, district: Colleague) -> None:
    assert _sees(owed(role="tracer"), district.viewer) == (1, 1, 1)


def test_proposals_are_for_who_may_answer_them(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    duty_id = owed()
    actions.remind(at=FIVE + timedelta(hours=1))
    assert [one.duty_id for one in queries.proposals(province.viewer, at=LATE)] == [duty_id]
    reader = employed("reader", Role("tracer"), PROVINCE)
    other = employed("other", Role("province_officer"), "vn-2021:64")
    for viewer in (reader.viewer, district.viewer, other.viewer):
        assert queries.proposals(viewer, at=LATE) == ()


def _sees(duty_id: UUID, viewer: Viewer) -> tuple[int, int, int]:
    """How often a viewer sees a duty: on the list, by itself, by its one time."""
    listed = sum(one.id == duty_id for one in queries.duties(viewer))
    times = len(tuple(queries.for_duty(duty_id, viewer=viewer, at=FIVE)))
    return listed, times, _found(duty_id, viewer)


def _found(duty_id: UUID, viewer: Viewer) -> int:
    try:
        line = queries.occurrence(only(duty_id).id, viewer=viewer, at=FIVE)
    except MissingError:
        with pytest.raises(MissingError):
            queries.duty(duty_id, viewer=viewer)
        return 0
    return int(queries.duty(line.duty_id, viewer=viewer).id == duty_id)


def _parts(board: Board) -> dict[str, tuple[WorkLine, ...]]:
    return {
        "missing": board.missing,
        "awaited": board.awaited,
        "late": board.late,
        "come": board.come,
        "waived": board.waived,
    }


def _settle(row: Occurrence, state: State, *, by: Colleague) -> None:
    actions.settle(occurrence_id=row.id, state=state, reason="Nghỉ lễ", by=by.viewer, at=MORNING)


def _revise(row: Occurrence, *, by: Colleague) -> None:
    met(row.duty_id, by.viewer, FIVE)
    actions.meet(occurrence_id=row.id, evidence="note:2", by=by.viewer, at=LATE)


def _commune_of_today(province: str) -> str:
    """A commune of today that was made of communes of a former province."""
    made = AdminUnit.objects.filter(tree="vn-2025", parent_id="vn-2025:52")
    return str(made.filter(name__contains="Quy Nhơn").order_by("id").values_list("id")[0][0])


def _acting_for(name: str, *scopes: str) -> Viewer:
    colleague = employed(name, Role("operator"), AN_NHON)
    Staff.objects.filter(pk=colleague.staff.pk).update(scopes=list(scopes))
    return viewer_for(Staff.objects.get(pk=colleague.staff.pk))


def _owed_by(organisation: UUID, *, by: Colleague) -> UUID:
    duty = NewDuty(
        title="Báo cáo số máy",
        holder=Holder(HolderKind.ORGANISATION, str(organisation)),
        owed_to=PROVINCE,
        schedule=ONCE,
        source_kind=SourceKind.RULE,
        source="Quy định mẫu",
    )
    return actions.owe(duty=duty, by=by.viewer, at=MORNING)
