"""Whatever is done with points, the signed list refuses what a slow twin says, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.checkins.points.walking import Place, Twin
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT
from vungxanh.checkins.actions.changing import change_point
from vungxanh.checkins.actions.codes import BOTH_HANG, revoke_code, rotate_codes
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.actions.merging import merge_points, part_points
from vungxanh.checkins.actions.points import decide_point, undo_decision
from vungxanh.checkins.models import Point, PointCode
from vungxanh.checkins.queries.entries import entry_of
from vungxanh.checkins.queries.revocations import newest_read
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.points import NewEntrance
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.protocol.places.revocations import Verdict
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
OFFICERS = [
    Viewer(
        id=f"staff:7d0d3e8c-0000-4000-8000-00000000000{n}",
        name="",
        units=frozenset({QUY_NHON}),
        capabilities=frozenset({"points.manage", "points.view"}),
    )
    for n in (1, 2)
]
N_POINTS = 3


class Step(NamedTuple):
    """What an officer does with a point, perhaps with another, so many minutes after the last."""

    verb: str
    point: int = 0
    other: int = 1
    by: int = 0
    minutes: int = 1


class World:
    """Points of the register and their twin, walked together."""

    def __init__(self) -> None:
        states = (State.REGISTERED, State.APPROVED, State.APPROVED)
        self.points = [a_point(f"Chợ {n}", state=state) for n, state in enumerate(states)]
        self.twin = Twin([Place(str(state)) for state in states])
        for number in range(N_POINTS):
            self.twin.issue(number, [0])
        self.at = AT

    def walk(self, step: Step) -> None:
        """Do it; what is refused changes nothing on either side."""
        self.at += timedelta(minutes=step.minutes)
        do, say = getattr(self, f"do_{step.verb}"), getattr(self, f"say_{step.verb}")
        self.refusal = ""
        try:
            with transaction.atomic():
                do(step, OFFICERS[step.by])
        except RefusalError as refusal:
            self.refusal = refusal.code
        else:
            say(step)
        self.agree()

    def agree(self) -> None:
        """The list refuses what the twin refuses; both issued for the same entrances."""
        list_revoked(by=SYSTEM, at=self.at)
        held = newest_read()
        assert held is not None
        rows = list(PointCode.objects.order_by("id"))
        place = {row.pk: number for number, row in enumerate(self.points)}
        issued = [(place[row.point_id], row.entrance) for row in rows]
        assert issued == [(one.point, one.entrance) for one in self.twin.codes]
        said = [held.holds(row.pk) for row in rows]
        refused = [n for n, verdict in enumerate(said) if verdict is Verdict.REVOKED]
        assert refused == self.twin.refused(self.at)

    def row(self, number: int) -> Point:
        return Point.objects.get(pk=self.points[number].pk)

    def decide(self, step: Step, by: Viewer, state: State) -> None:
        decide_point(point=self.row(step.point), state=state, reason="Thử", by=by, at=self.at)

    def do_open(self, step: Step, by: Viewer) -> None:
        self.decide(step, by, State.APPROVED)

    def say_open(self, step: Step) -> None:
        self.twin.decide(step.point, "approved", self.at)

    def do_suspend(self, step: Step, by: Viewer) -> None:
        self.decide(step, by, State.SUSPENDED)

    def say_suspend(self, step: Step) -> None:
        self.twin.decide(step.point, "suspended", self.at)

    def do_close(self, step: Step, by: Viewer) -> None:
        self.decide(step, by, State.CLOSED)

    def say_close(self, step: Step) -> None:
        self.twin.decide(step.point, "closed", self.at)

    def do_undo(self, step: Step, by: Viewer) -> None:
        undo_decision(point=self.row(step.point), by=by, at=self.at)

    def say_undo(self, step: Step) -> None:
        self.twin.undo(step.point, self.at)

    def do_rotate(self, step: Step, by: Viewer) -> None:
        rotate_codes(point=self.row(step.point), by=by, at=self.at)

    def say_rotate(self, step: Step) -> None:
        last = self.at.astimezone(TZ).date() + BOTH_HANG + timedelta(days=1)
        ends_at = datetime(last.year, last.month, last.day, tzinfo=TZ)
        self.twin.rotate(step.point, ends_at, self.at)

    def do_replace(self, step: Step, by: Viewer) -> None:
        today = self.at.astimezone(TZ).date()
        rotate_codes(point=self.row(step.point), until=today, by=by, at=self.at)

    def say_replace(self, step: Step) -> None:
        self.twin.rotate(step.point, None, self.at)

    def do_replace_door(self, step: Step, by: Viewer) -> None:
        today, door = self.at.astimezone(TZ).date(), self.twin.places[step.point].doors[-1]
        row = self.row(step.point)
        # A door is named by its number, the point as a whole too.
        rotate_codes(point=row, until=today, entrances=[door], by=by, at=self.at)

    def say_replace_door(self, step: Step) -> None:
        door = self.twin.places[step.point].doors[-1]
        self.twin.rotate_door(step.point, door, self.at)

    def code_number(self, step: Step) -> int:
        """Some code, merged and former ones too."""
        return (step.point * 5 + step.other) % len(self.twin.codes)

    def do_revoke(self, step: Step, by: Viewer) -> None:
        code = PointCode.objects.order_by("id")[self.code_number(step)]
        revoke_code(code=code, reason="Thử", by=by, at=self.at)

    def say_revoke(self, step: Step) -> None:
        self.twin.codes[self.code_number(step)].is_dead |= self.twin.codes[
            self.code_number(step)
        ].is_good(self.at)

    def doors_become(
        self, step: Step, by: Viewer, change: Callable[[list[NewEntrance]], object]
    ) -> None:
        row = self.row(step.point)
        doors = list(entry_of(row).entrances)
        change(doors)
        change_point(
            point=row, entry=replace(entry_of(row), entrances=tuple(doors)), by=by, at=self.at
        )

    def do_open_door(self, step: Step, by: Viewer) -> None:
        name = f"Cổng {self.at:%d %H %M}"
        self.doors_become(step, by, lambda doors: doors.append(NewEntrance(name)))

    def say_open_door(self, step: Step) -> None:
        self.twin.open_door(step.point)

    def do_close_door(self, step: Step, by: Viewer) -> None:
        self.doors_become(step, by, lambda doors: doors[-1:] and doors.pop())

    def say_close_door(self, step: Step) -> None:
        if len(self.twin.places[step.point].doors) > 1:
            self.twin.close_door(step.point, self.at)

    def do_merge(self, step: Step, by: Viewer) -> None:
        kept, gone = self.row(step.point), self.row(step.other)
        merge_points(kept=kept, merged=gone, reason="Một nơi", by=by, at=self.at)

    def say_merge(self, step: Step) -> None:
        self.twin.merge(step.point, step.other)

    def do_part(self, step: Step, by: Viewer) -> None:
        part_points(merged=self.row(step.point), by=by, at=self.at)

    def say_part(self, step: Step) -> None:
        self.twin.part(step.point)


VERBS = sorted(name.removeprefix("do_") for name in vars(World) if name.startswith("do_"))
STEPS = some.builds(
    Step,
    verb=some.sampled_from(VERBS),
    point=some.integers(0, N_POINTS - 1),
    other=some.integers(0, N_POINTS - 1),
    by=some.sampled_from([0, 0, 0, 1]),
    minutes=some.sampled_from([1, 1, 3, 11, 9 * 24 * 60]),
)
S = Step
WALKS: dict[str, Sequence[Step]] = {
    "suspended and taken back": [S("suspend"), S("undo")],
    "suspended, taken back too late": [S("suspend"), S("undo", minutes=11)],
    "taken back by somebody else": [S("suspend"), S("undo", by=1)],
    "suspended, opened, taken back": [S("suspend"), S("open"), S("undo")],
    "closed while former codes hang on": [S("rotate"), S("close"), S("undo")],
    "former codes end by themselves": [S("rotate"), S("undo", minutes=21_000)],
    "rotated twice": [S("rotate"), S("rotate", minutes=9 * 24 * 60), S("replace")],
    "one revoked, then all": [S("revoke"), S("suspend", 1), S("undo", 1)],
    "a door opens, is replaced, closes": [S("open_door"), S("replace_door"), S("close_door")],
    "merged, kept one suspended, parted": [S("merge"), S("suspend"), S("part", 1), S("undo")],
    "merged, rotated at once": [S("open_door", 1), S("merge"), S("replace"), S("part", 1)],
    "a door of the kept one closes": [
        S("open_door"), S("open_door", 1), S("merge"), S("close_door"), S("part", 1)
    ],
    "merged twice, parted inside out": [
        S("merge", 1, 0), S("merge", 2, 1), S("part", 0), S("part", 1)
    ],
    "merged twice, the last suspended": [
        S("merge", 1, 0), S("merge", 2, 1), S("suspend", 2), S("part", 0), S("part", 1)
    ],
}  # fmt: skip


@pytest.mark.parametrize("steps", WALKS.values(), ids=WALKS.keys())
def test_after_each_of_these_steps_the_list_refuses_what_it_should(steps: Sequence[Step]) -> None:
    world = World()
    world.agree()
    for step in steps:
        world.walk(step)


@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(some.lists(STEPS, min_size=1, max_size=20))
def test_on_every_way_the_list_refuses_what_it_should(steps: Sequence[Step]) -> None:
    with transaction.atomic():
        world = World()
        for step in steps:
            world.walk(step)
        transaction.set_rollback(True)
