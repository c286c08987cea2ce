"""Laws of the rules over tables of any counts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.checks import codes
from vungxanh.documents.grids import grid_of_text
from vungxanh.engines.checks import (
    RULES,
    Column,
    Finding,
    PrintedShare,
    Row,
    Table,
    check_table,
    recognise,
)
from vungxanh.engines.checks.arithmetic import half_up, share

pytestmark = pytest.mark.slow

ELEMENTS = ("bluezone_with_phone", "population", "smartphones")
COLUMNS = (
    Column(1, "unit", "unit"),
    *(Column(n, e, "count", element=e) for n, e in enumerate(ELEMENTS, start=2)),
    Column(5, "printed_share_of_population", "share", base="population"),
)


@st.composite
def clean_rows(draw: st.DrawFn) -> list[Row]:
    """Units whose counts fit each other and whose printed shares are rounded half-up."""
    rows = []
    for number in range(2, 2 + draw(st.integers(1, 9))):
        people = draw(st.integers(1_000, 300_000))
        phones = people * draw(st.integers(55, 65)) // 100
        users = draw(st.integers(0, phones))
        percent = half_up(share(users, people))
        shares = (PrintedShare(percent, 2, ELEMENTS[0], "population", number, 5, f"{percent}"),)
        counts = dict(zip(ELEMENTS, (users, people, phones), strict=True))
        rows.append(
            Row(number, f"Xã {number}", f"vn-2021:{number:05}", counts=counts, shares=shares)
        )
    return rows


@st.composite
def any_rows(draw: st.DrawFn) -> list[Row]:
    """Units with any counts, some missing, some impossible."""
    counts = st.dictionaries(st.sampled_from(ELEMENTS), st.integers(-5, 2_000))
    n_rows = draw(st.integers(2, 8))
    units = draw(st.lists(st.integers(0, 6), min_size=n_rows, max_size=n_rows))
    return [
        Row(number, f"Xã {unit}", f"vn-2021:{unit:05}", counts=draw(counts))
        for number, unit in enumerate(units, start=2)
    ]


def without_place(findings: tuple[Finding, ...]) -> list[str]:
    """What was found, apart from where and in which order."""
    free = [f for f in findings if not f.code.startswith("rank.") and f.code != "unit.duplicate"]
    return sorted(repr((f.code, f.severity, f.found, f.unit, f.element)) for f in free)


@settings(deadline=None)
@given(clean_rows())
def test_a_clean_table_raises_no_error(rows: list[Row]) -> None:
    findings = check_table(Table(COLUMNS, tuple(rows)))
    assert codes(findings, "error") == []
    assert set(codes(findings, "warning")) <= {"base.outlier"}


@settings(deadline=None)
@given(clean_rows(), st.integers(1, 50))
def test_a_number_typed_wrong_in_a_share_is_always_found(rows: list[Row], off: int) -> None:
    printed = rows[0].shares[0]
    wrong = replace(printed, percent=printed.percent + off)
    table = Table(COLUMNS, (replace(rows[0], shares=(wrong,)), *rows[1:]))
    kinds = {"share.differs_from_counts", "share.base_mislabelled"}
    assert kinds & set(codes(check_table(table), "error"))


SHUFFLED = any_rows().flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows)))


@settings(deadline=None)
@given(SHUFFLED)
def test_the_order_of_lines_changes_nothing_but_places(orders: tuple[list[Row], list[Row]]) -> None:
    rows, shuffled = orders
    moved = [replace(row, number=number) for number, row in enumerate(shuffled, start=2)]
    before = check_table(Table(COLUMNS, tuple(rows)))
    after = check_table(Table(COLUMNS, tuple(moved)))
    assert without_place(before) == without_place(after)


@settings(deadline=None)
@given(clean_rows())
def test_a_total_line_that_adds_up_silences_the_missing_total(rows: list[Row]) -> None:
    sums = {e: sum(row.counts[e] for row in rows) for e in ELEMENTS}
    total = Row(99, "Toàn tỉnh", counts=sums)
    findings = check_table(Table(COLUMNS, tuple(rows), totals=(total,)))
    assert not any(code.startswith("total.") for code in codes(findings))


@settings(deadline=None)
@given(any_rows())
def test_every_finding_names_its_rule_and_speaks_both_languages(rows: list[Row]) -> None:
    rules = {rule.__name__ for rule in RULES}
    for finding in check_table(Table(COLUMNS, tuple(rows))):
        assert finding.rule in rules
        assert finding.message.vi
        assert finding.message.en
        assert "{" not in finding.message.vi + finding.message.en


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_a_table_written_as_text_is_recognised_to_the_same_counts(counts: list[int]) -> None:
    lines = [f"Xã {n}\t{count}" for n, count in enumerate(counts)]
    table = recognise(grid_of_text("Địa phương\tDân số\n" + "\n".join(lines)))
    assert [row.counts["population"] for row in table.rows] == counts


def test_the_same_input_gives_the_same_findings() -> None:
    rows = tuple(Row(n, f"Xã {n}", counts={"population": n}) for n in range(2, 6))
    table = Table(COLUMNS, rows)
    assert check_table(table) == check_table(table)
