"""Each sentence of the definition by a story of one person; hours from 24 on are the next day's."""

from collections.abc import Callable, Sequence

import pytest

from tests.engines.stays.worlds import (
    MIDNIGHT,
    MINUTE,
    SPOTS,
    corrections_of,
    points_of,
    scans_of,
)
from vungxanh.engines.stays import (
    Corrections,
    Doubt,
    EndedBy,
    Points,
    Scans,
    StartedBy,
    Visits,
    reference,
    visits_of,
)

HANOI, NEAR, PROVINCE, SAIGON, UNKNOWN = SPOTS
PLACES = {  # usual stay in minutes, and where it is
    "cafe": (60, HANOI),
    "market": (30, NEAR),
    "school": (240, HANOI),
    "factory": (480, HANOI),
    "hotel": (720, HANOI),
    "isolation": (1440, HANOI),
    "bus": (60, UNKNOWN),
    "village": (60, PROVINCE),
    "saigon": (60, SAIGON),
}
NAMES = list(PLACES)
POINTS = points_of(
    [minutes * MINUTE for minutes, _ in PLACES.values()], [spot for _, spot in PLACES.values()]
)

Engine = Callable[..., Visits]
Story = tuple[str, Sequence[str], Sequence[str]]

both = pytest.mark.parametrize("engine", [visits_of, reference.visits_of], ids=["fast", "plain"])


def moment(clock: str) -> int:
    """Seconds of a local time, with seconds where they matter."""
    parts = [int(part) for part in clock.split(":")]
    return MIDNIGHT + parts[0] * 3600 + parts[1] * 60 + sum(parts[2:])


def clock(at: int) -> str:
    """The local time of a moment."""
    hours, rest = divmod(at - MIDNIGHT, 3600)
    seconds = f":{rest % 60:02}" if rest % 60 else ""
    return f"{hours:02}:{rest // 60:02}{seconds}"


def scans(lines: Sequence[str]) -> Scans:
    """Scans of one person from lines as `in cafe 08:00`."""
    words = [line.split() for line in lines]
    return scans_of(
        [(1, NAMES.index(place), moment(at), int(way == "out"), 0) for way, place, at in words]
    )


def told(visits: Visits) -> list[str]:
    """Visits as lines: place, start and from what, end and from what, doubts."""
    found = []
    for row in range(len(visits)):
        start, end = clock(int(visits.t_in[row])), clock(int(visits.t_out[row]))
        by = StartedBy(visits.start_by[row]).name, EndedBy(visits.ended_by[row]).name
        doubts = sorted(str(one.name) for one in Doubt(int(visits.doubts[row])))
        place = NAMES[visits.point[row]]
        words = [place, start, by[0], end, by[1], *doubts]
        found.append(" ".join(words).lower())
    return found


STORIES: list[Story] = [
    (
        "who scans in and out was there in between",
        ["in cafe 08:00", "out cafe 09:30"],
        ["cafe 08:00 scanned 09:30 scanned"],
    ),
    (
        "without a scan out they left after the usual stay",
        ["in cafe 08:00"],
        ["cafe 08:00 scanned 09:00 usual"],
    ),
    (
        "in elsewhere ends the visit",
        ["in cafe 08:00", "in market 08:40", "out market 09:00"],
        ["cafe 08:00 scanned 08:40 next", "market 08:40 scanned 09:00 scanned"],
    ),
    (
        "in elsewhere at the very end of the usual stay is what ends it",
        ["in cafe 08:00", "in bus 09:00"],
        ["cafe 08:00 scanned 09:00 next", "bus 09:00 scanned 10:00 usual"],
    ),
    (
        "in elsewhere after the usual stay ends nothing",
        ["in cafe 08:00", "in bus 12:00"],
        ["cafe 08:00 scanned 09:00 usual", "bus 12:00 scanned 13:00 usual"],
    ),
    (
        "a second scan in extends, and the usual stay counts from it",
        ["in cafe 08:00", "in cafe 08:50", "in cafe 09:40"],
        ["cafe 08:00 scanned 10:40 usual"],
    ),
    (
        "a scan in after the usual stay is another visit",
        ["in cafe 08:00", "in cafe 09:00:01"],
        ["cafe 08:00 scanned 09:00 usual", "cafe 09:00:01 scanned 10:00:01 usual"],
    ),
    (
        "who went out and scans in again is there again",
        ["in factory 08:00", "out factory 12:00", "in factory 13:00", "out factory 17:00"],
        ["factory 08:00 scanned 12:00 scanned", "factory 13:00 scanned 17:00 scanned"],
    ),
    (
        "two scans out within a minute are one",
        ["in cafe 08:00", "out cafe 08:30", "out cafe 08:31"],
        ["cafe 08:00 scanned 08:31 scanned"],
    ),
    (
        "two scans out further apart are a visit whose start nobody scanned",
        ["in cafe 08:00", "out cafe 08:30", "out cafe 08:50"],
        [
            "cafe 08:00 scanned 08:30 scanned",
            "cafe 08:30 assumed 08:50 scanned out_without_in",
        ],
    ),
    (
        "out without in began the usual stay before",
        ["out cafe 10:00"],
        ["cafe 09:00 assumed 10:00 scanned out_without_in"],
    ),
    (
        "out without in began after the visit before it",
        ["in market 09:30", "out market 09:40", "out cafe 10:00"],
        [
            "market 09:30 scanned 09:40 scanned",
            "cafe 09:40 assumed 10:00 scanned out_without_in",
        ],
    ),
    (
        "out without in began after midnight",
        ["out cafe 24:20"],
        ["cafe 24:00 assumed 24:20 scanned out_without_in"],
    ),
    (
        "out elsewhere leaves the visit before its usual stay where both fit",
        ["in cafe 08:00", "out market 11:00"],
        ["cafe 08:00 scanned 09:00 usual", "market 10:30 assumed 11:00 scanned out_without_in"],
    ),
    (
        "what both visits would claim is halved: canteen in, factory out",
        ["in factory 08:00", "in cafe 12:00", "out factory 17:00"],
        [
            "factory 08:00 scanned 12:00 next",
            "cafe 12:00 scanned 12:30 next",
            "factory 12:30 assumed 17:00 scanned out_without_in",
        ],
    ),
    (
        "nobody forgotten in a market stays over midnight",
        ["in cafe 23:30"],
        ["cafe 23:30 scanned 24:00 midnight"],
    ),
    (
        "midnight is seven hours before that of Greenwich, and a scan at it begins the day",
        ["in cafe 24:00"],
        ["cafe 24:00 scanned 25:00 usual"],
    ),
    (
        "a scan out after midnight is believed",
        ["in cafe 23:30", "out cafe 25:00"],
        ["cafe 23:30 scanned 25:00 scanned"],
    ),
    (
        "a night shift ends in the morning",
        ["in factory 22:00", "out factory 30:05"],
        ["factory 22:00 scanned 30:05 scanned"],
    ),
    (
        "a night shift that forgot to scan out ends after the usual stay",
        ["in factory 22:00"],
        ["factory 22:00 scanned 30:00 usual"],
    ),
    (
        "a night shift that forgot to scan in began in the evening",
        ["out factory 30:00"],
        ["factory 22:00 assumed 30:00 scanned out_without_in"],
    ),
    (
        "a night in a hotel is one visit",
        ["in hotel 14:00", "out hotel 36:00"],
        ["hotel 14:00 scanned 36:00 scanned"],
    ),
    (
        "a guest who comes and goes is there until the last scan",
        ["in hotel 14:00", "in hotel 22:00", "in hotel 32:00", "out hotel 36:00"],
        ["hotel 14:00 scanned 36:00 scanned"],
    ),
    (
        "a stay of more than a day is told and doubted",
        ["in hotel 14:00", "in hotel 22:00", "in hotel 32:00", "out hotel 38:01"],
        ["hotel 14:00 scanned 38:01 scanned long_stay"],
    ),
    (
        "out eighteen hours after the last scan is believed",
        ["in cafe 06:00", "out cafe 24:00"],
        ["cafe 06:00 scanned 24:00 scanned"],
    ),
    (
        "out later than that is of another visit",
        ["in cafe 06:00", "out cafe 24:00:01"],
        ["cafe 06:00 scanned 07:00 usual", "cafe 24:00 assumed 24:00:01 scanned out_without_in"],
    ),
    (
        "out of isolation is believed within twice its usual day",
        ["in isolation 08:00", "out isolation 30:00"],
        ["isolation 08:00 scanned 30:00 scanned"],
    ),
    (
        "in on the bus, off the bus",
        ["in bus 07:00", "out bus 07:25", "in factory 07:30"],
        ["bus 07:00 scanned 07:25 scanned", "factory 07:30 scanned 15:30 usual"],
    ),
    (
        "who changes buses without scanning off left the first",
        ["in bus 07:00", "in village 07:20", "in bus 07:30"],
        [
            "bus 07:00 scanned 07:20 next",
            "village 07:20 scanned 07:30 next",
            "bus 07:30 scanned 08:30 usual",
        ],
    ),
    (
        "a clock put back says out before in; both are kept",
        ["in cafe 10:00", "out cafe 09:30"],
        [
            "cafe 08:30 assumed 09:30 scanned out_without_in",
            "cafe 10:00 scanned 11:00 usual",
        ],
    ),
    (
        "two places far apart in too short a time",
        ["in cafe 08:00", "out cafe 08:30", "in saigon 10:00"],
        [
            "cafe 08:00 scanned 08:30 scanned too_far_too_fast",
            "saigon 10:00 scanned 11:00 usual too_far_too_fast",
        ],
    ),
    (
        "a bus between them does not hide it",
        ["in cafe 08:00", "in bus 08:30", "in saigon 09:00"],
        [
            "cafe 08:00 scanned 08:30 next too_far_too_fast",
            "bus 08:30 scanned 09:00 next",
            "saigon 09:00 scanned 10:00 usual too_far_too_fast",
        ],
    ),
    (
        "a day is time enough",
        ["in cafe 08:00", "in saigon 32:00"],
        ["cafe 08:00 scanned 09:00 usual", "saigon 32:00 scanned 33:00 usual"],
    ),
    (
        "26 kilometres in ten minutes are too fast, 13 are not",
        ["in cafe 08:00", "in village 08:10", "in market 20:00", "in cafe 20:01"],
        [
            "cafe 08:00 scanned 08:10 next too_far_too_fast",
            "village 08:10 scanned 09:10 usual too_far_too_fast",
            "market 20:00 scanned 20:01 next",
            "cafe 20:01 scanned 21:01 usual",
        ],
    ),
    (
        "in at two places in one second",
        ["in cafe 08:00", "in bus 08:00"],
        [
            "cafe 08:00 scanned 08:00 next same_time_elsewhere",
            "bus 08:00 scanned 09:00 usual same_time_elsewhere",
        ],
    ),
    (
        "out here and in there in one second is a way, not a doubt",
        ["in market 08:00", "out market 08:20", "in cafe 08:20"],
        ["market 08:00 scanned 08:20 scanned", "cafe 08:20 scanned 09:20 usual"],
    ),
    (
        "in and out in one second is a visit without length",
        ["in cafe 08:00", "out cafe 08:00"],
        ["cafe 08:00 scanned 08:00 scanned"],
    ),
]


@both
@pytest.mark.parametrize(
    ("lines", "expected"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES]
)
def test_story(engine: Engine, lines: Sequence[str], expected: Sequence[str]) -> None:
    assert told(engine(scans(lines), POINTS)) == list(expected)


def corrected(engine: Engine, lines: Sequence[str], *said: tuple[int, str, str]) -> list[str]:
    """What is told when visits of scans (by line) were said to have been from, until."""
    rows = [(row, moment(start), moment(end)) for row, start, end in said]
    return told(engine(scans(lines), POINTS, corrections=corrections_of(rows)))


@both
def test_corrected_times_win(engine: Engine) -> None:
    lines = ["in cafe 08:00", "out cafe 20:00"]
    assert corrected(engine, lines, (0, "08:00", "09:10")) == [
        "cafe 08:00 corrected 09:10 corrected"
    ]


@both
def test_the_last_correction_of_a_visit_holds_whichever_of_its_scans_it_names(
    engine: Engine,
) -> None:
    lines = ["in cafe 08:00", "in cafe 08:30"]
    said = [(1, "08:10", "08:40"), (0, "08:20", "08:50")]
    assert corrected(engine, lines, *said) == ["cafe 08:20 corrected 08:50 corrected"]


@both
def test_assumed_times_give_way_to_corrected_ones(engine: Engine) -> None:
    lines = ["in school 08:00", "in cafe 11:00", "out market 11:40"]
    assert corrected(engine, lines, (1, "10:00", "11:20")) == [
        "school 08:00 scanned 10:00 next",
        "cafe 10:00 corrected 11:20 corrected",
        "market 11:20 assumed 11:40 scanned out_without_in",
    ]


@both
def test_scanned_times_do_not_give_way_and_both_are_doubted(engine: Engine) -> None:
    lines = ["in cafe 08:00", "in market 09:00", "out market 09:10"]
    assert corrected(engine, lines, (0, "08:00", "09:05")) == [
        "cafe 08:00 corrected 09:05 corrected same_time_elsewhere",
        "market 09:00 scanned 09:10 scanned same_time_elsewhere",
    ]


@both
def test_scans_at_the_place_in_corrected_time_are_of_that_visit(engine: Engine) -> None:
    lines = ["in cafe 08:00", "in cafe 11:00"]
    visits = engine(
        scans(lines),
        POINTS,
        corrections=corrections_of([(0, moment("08:00"), moment("12:00"))]),
    )
    assert told(visits) == ["cafe 08:00 corrected 12:00 corrected"]
    assert visits.visit_of.tolist() == [0, 0]


@both
def test_no_end_is_assumed_after_now_and_no_later_scan_exists(engine: Engine) -> None:
    visits = engine(scans(["in cafe 08:00", "in bus 08:30"]), POINTS, as_of=moment("08:20"))
    assert told(visits) == ["cafe 08:00 scanned 08:20 usual"]
    assert visits.visit_of.tolist() == [0, -1]


@both
def test_entrances_are_those_of_the_first_scan_in_and_the_last_scan_out(engine: Engine) -> None:
    at = moment("08:00")
    rows = [(1, 0, at, 0, 3), (1, 0, at + 600, 0, 4), (1, 0, at + 900, 1, 5), (2, 0, at, 1, 6)]
    visits = engine(scans_of(rows), POINTS)
    assert visits.entrance_in.tolist() == [3, -1]
    assert visits.entrance_out.tolist() == [5, 6]


@both
def test_people_are_apart(engine: Engine) -> None:
    at = moment("08:00")
    visits = engine(scans_of([(2, 1, at + 60, 0, 0), (1, 0, at, 0, 0)]), POINTS)
    assert visits.person_id.tolist() == [1, 2]
    assert told(visits) == ["cafe 08:00 scanned 09:00 usual", "market 08:01 scanned 08:31 usual"]


@both
def test_without_positions_nothing_is_far(engine: Engine) -> None:
    lines = ["in cafe 08:00", "in saigon 08:30"]
    visits = engine(scans(lines), Points(POINTS.usual_s))
    assert visits.doubts.tolist() == [0, 0]


@both
def test_no_scans_are_no_visits(engine: Engine) -> None:
    none = scans_of([])
    nothing: Corrections = corrections_of([])
    assert len(engine(none, POINTS, corrections=nothing)) == 0
