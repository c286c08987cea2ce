"""When a sighting of a published key counts, what it says of distance, and how long it was."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest

from tests.engines.encounters.worlds import BEGIN, START, STRANGER, TEKS, Row, heard, keys, log
from tests.protocol.vectors import vectors
from vungxanh.engines.encounters import (
    UNKNOWN,
    Encounters,
    EncountersError,
    Exposure,
    LeftOut,
    heard_of,
    log_of,
    of_gaen,
    previous_scans,
)
from vungxanh.engines.keymatch import match

GIVEN = vectors("gaen")


def found(rows: Iterable[Row], *teks: bytes, report_types: Iterable[int] = ()) -> Encounters:
    published = keys(*(teks or TEKS[:1]), report_types=report_types)
    heard_by = log(rows)
    return of_gaen(published, match(published, heard_by.ids), heard_by)


def only(encounters: Encounters) -> Exposure:
    assert len(encounters.exposures) == 1
    return encounters.exposures[0]


def test_the_published_vector_is_an_exposure_of_its_day() -> None:
    tek = bytes.fromhex(GIVEN["tek"])
    first, second = (bytes.fromhex(one["rpi"]) for one in GIVEN["intervals"][:2])
    rows = [Row(BEGIN + 30, first, -72, 8, tek), Row(BEGIN + 630, second, -69, 8, tek)]
    assert GIVEN["rolling_start_interval_number"] == START
    assert only(found(rows, tek)) == Exposure(
        key=tek,
        day=date(2020, 4, 2),
        first_at=BEGIN + 30,
        last_at=BEGIN + 630,
        sightings=2,
        minutes=7,
        min_attenuation=77,
        typical_attenuation=79,
    )


@pytest.mark.parametrize(
    ("at", "is_near"),
    [
        (600 * (20 - 12) - 1, False),
        (600 * (20 - 12), True),
        (600 * (20 + 13) - 1, True),
        (600 * (20 + 13), False),
    ],
)
def test_clocks_may_differ_by_two_hours(at: int, is_near: bool) -> None:
    told = found([heard(at, interval=20)])
    assert (len(told.exposures), told.left_out) == (is_near, LeftOut(too_far=not is_near))


@pytest.mark.parametrize(("later", "n"), [(1200, 2), (1201, 1)])
def test_an_identifier_heard_over_twenty_minutes_later_is_a_replay(later: int, n: int) -> None:
    told = found([heard(0, interval=3), heard(later, interval=3)])
    assert only(told).sightings == n
    assert told.left_out == LeftOut(replayed=2 - n)


def test_what_is_too_far_begins_no_twenty_minutes() -> None:
    told = found([heard(-7201), heard(-7000), heard(-6000)])
    assert only(told).sightings == 2
    assert told.left_out == LeftOut(too_far=1)


def test_a_first_sighting_begins_the_twenty_minutes_whatever_its_power() -> None:
    impossible = Row(BEGIN, heard(0).id, tx=21)
    told = found([impossible, heard(600), heard(1300)])
    assert only(told).sightings == 1
    assert told.left_out == LeftOut(replayed=1, tx_power=1)


def test_another_identifier_of_the_key_has_its_own_twenty_minutes() -> None:
    told = found([heard(0), heard(1300, interval=1), heard(2000, interval=2)])
    assert only(told).sightings == 3


@pytest.mark.parametrize(
    ("tx", "rssi", "attenuation"),
    [
        (-50, -60, 10),
        (20, -60, 80),
        (8, -128, 135),
        (8, -127, 135),
        (-20, -10, 0),
        (20, 127, 0),
        (None, -60, None),
    ],
)
def test_attenuation_is_what_the_metadata_and_the_signal_say(
    tx: int | None, rssi: int, attenuation: int | None
) -> None:
    told = found([Row(BEGIN, heard(0).id, rssi=rssi, tx=tx)])
    exposure = only(told)
    assert (exposure.min_attenuation, exposure.typical_attenuation) == (attenuation, attenuation)
    assert told.unmeasured == (attenuation is None)


@pytest.mark.parametrize("tx", [-51, 21, 127, -128])
def test_a_power_that_no_phone_has_is_rejected(tx: int) -> None:
    told = found([Row(BEGIN, heard(0).id, tx=tx)])
    assert (told.exposures, told.left_out) == ((), LeftOut(tx_power=1))


def test_metadata_of_another_key_do_not_open() -> None:
    borrowed = Row(BEGIN, heard(0).id, tx=-8, tek=TEKS[1])
    told = found([borrowed])
    assert only(found([heard(0)])).typical_attenuation == 52
    assert [one.typical_attenuation for one in told.exposures] != [52]


def test_the_typical_attenuation_is_the_mean_rounded_half_up() -> None:
    rows = [heard(0, rssi=-60), heard(3, rssi=-61), heard(6, rssi=-61), heard(9, rssi=-60)]
    assert only(found(rows)).typical_attenuation == 53
    assert only(found(rows)).min_attenuation == 52


def test_sightings_without_metadata_do_not_lower_the_mean() -> None:
    rows = [heard(0, rssi=-80), Row(BEGIN + 5, heard(0).id, rssi=-1, tx=None)]
    told = found(rows)
    assert (only(told).sightings, only(told).typical_attenuation) == (2, 72)
    assert told.unmeasured == 1


def test_no_sighting_without_metadata_is_rejected_for_its_power() -> None:
    rows = [Row(BEGIN + 600 * k, heard(0, interval=k).id, tx=None) for k in range(144)]
    told = found(rows)
    assert (only(told).sightings, told.unmeasured, told.left_out) == (144, 144, LeftOut())


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        ([0], 2),
        ([0, 3, 25], 2),
        ([0, 26], 2),
        ([40, 65], 2),
        ([40, 66], 3),
        ([0, 300], 7),
        ([0, 299], 6),
        ([59, 301], 7),
        ([0, 600], 7),
        ([0, 240, 480, 720], 14),
        ([0, 240, 480, 720, 722], 14),
        ([50, 110, 170], 4),
    ],
)
def test_minutes_are_told_by_scans(seconds: list[int], minutes: int) -> None:
    assert only(found([heard(at) for at in seconds])).minutes == minutes


def test_another_phone_shows_that_the_phone_was_listening() -> None:
    others = [Row(BEGIN - 240, STRANGER), Row(BEGIN - 3, STRANGER), Row(BEGIN + 480, STRANGER)]
    assert only(found([heard(0), *others])).minutes == 4
    assert only(found([heard(0), heard(600), *others])).minutes == 6


def test_a_phone_that_listens_without_pause_loses_no_time() -> None:
    rows = [heard(at, interval=at // 600) for at in range(0, 1801, 5)]
    assert only(found(rows)).minutes == 2 + 30


def test_a_key_published_twice_is_told_once() -> None:
    assert only(found([heard(0)], TEKS[0], TEKS[1], TEKS[0])).sightings == 1


@pytest.mark.parametrize("report_type", [4, 5])
def test_a_key_that_was_withdrawn_anywhere_is_not_told(report_type: int) -> None:
    told = found([heard(0)], TEKS[0], TEKS[0], report_types=[1, report_type])
    assert (told.exposures, told.left_out) == ((), LeftOut(withdrawn=1))


def test_exposures_stand_by_time_then_key() -> None:
    rows = [heard(9, tek=TEKS[0]), heard(3, tek=TEKS[2]), heard(9, tek=TEKS[1])]
    told = found(rows, *TEKS)
    assert [one.key for one in told.exposures] == [TEKS[2], TEKS[1], TEKS[0]]


@pytest.mark.parametrize("jump", [-BEGIN - 4, -86_400, 86_400, 10**9, 2**31])
def test_a_clock_that_jumped_changes_nothing_else(jump: int) -> None:
    rows = [heard(0), heard(5), heard(5)]
    jumped = Row(BEGIN + jump, heard(0).id)
    told = found([rows[1], jumped, rows[2], rows[0]])
    assert (only(told).sightings, only(told).first_at) == (3, BEGIN)
    assert told.left_out == LeftOut(too_far=1)


def test_nobody_heard_and_nothing_published_is_no_exposure() -> None:
    assert found([]) == Encounters((), LeftOut())
    assert found([Row(BEGIN, STRANGER)]) == Encounters((), LeftOut())
    nothing = keys()
    heard_by = log([heard(0)])
    assert of_gaen(nothing, match(nothing, heard_by.ids), heard_by) == Encounters((), LeftOut())


def test_what_was_heard_is_there_row_by_row_for_scores() -> None:
    published = keys(TEKS[0])
    heard_by = log([heard(300), heard(0, rssi=-70), Row(BEGIN + 5, heard(0).id, tx=None)])
    rows, _ = heard_of(published, match(published, heard_by.ids), heard_by)
    assert rows.at.tolist() == [BEGIN, BEGIN + 5, BEGIN + 300]
    assert rows.attenuation.tolist() == [62, UNKNOWN, 52]
    assert previous_scans(rows.at, heard_by.at).tolist() == [UNKNOWN, UNKNOWN, BEGIN + 5]


@pytest.mark.parametrize(
    ("at", "n_ids", "field", "row"),
    [([0, 2**35 + 1], 2, "at", "2"), ([0, -(2**35) - 1], 2, "at", "2"), ([0, 1], 1, "id", "2")],
)
def test_a_log_that_cannot_be_is_refused(at: list[int], n_ids: int, field: str, row: str) -> None:
    with pytest.raises(EncountersError) as caught:
        log_of(np.array(at), np.zeros((n_ids, 16), np.uint8), np.zeros(len(at), np.int64))
    refused = caught.value
    assert (refused.code, refused.field, refused.where) == ("encounters.bad_log", field, row)
