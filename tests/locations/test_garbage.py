"""Whatever is brought in, an import answers with a refusal or with a whole draft, never half."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import boundaries as made
from tests.factories.workbooks import workbook
from tests.locations.organisations import AT, BY
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries
from vungxanh.locations.imports import boundaries, organisations
from vungxanh.locations.models.boundaries import BoundaryImport
from vungxanh.locations.models.organisations import (
    Organisation,
    OrganisationChange,
    OrganisationImport,
)
from vungxanh.locations.values.entries import TEXT_FIELDS
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("places_of_both_eras")]
fuzzed = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
MAPPER = Viewer("staff:1", "Quản trị", capabilities=frozenset({"locations.manage"}))
HEAD = ("Tên cơ sở", "Loại", "Mã địa bàn", "Huyện", "Xã", "Điện thoại", "Vĩ độ", "Kinh độ",
        "Giờ làm việc", "Từ ngày", "Đúng đến ngày", "Mã số thuế", "Email",
        "Đơn vị cấp trên")  # fmt: skip
PLACED = {"point", "unit_id", "province", "district", "commune", "area", "parent", "successor"}
HOSTILE = ("", "nan", "-1e999", "NaN", "=1+1", "31/02/2021", "24:61", "vn-2021:", "vn-2099:52",
           "99999999999999999999", "T2-T6: 7:30-", "Quy Nhơn", "An Lão", "\u202e\u0000", "<b>",
           "13,7758", "109.2", "TTYT A", "0256 3822000", "ngày mai", "a@b", "1/8/2021")  # fmt: skip
cells = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
lines = st.lists(st.lists(cells, max_size=16), max_size=6)


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins with an empty register."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stored() -> tuple[int, ...]:
    kept = (Organisation, OrganisationChange, OrganisationImport, BoundaryImport)
    return tuple(model.objects.count() for model in kept)


def refused(act: Callable[[], object]) -> bool:
    """Whether an act is refused, by a code and a sentence in both languages, and stores nothing."""
    before = stored()
    try:
        act()
    except RefusalError as refusal:
        told = (refusal.code, refusal.words.vi.strip(), refusal.words.en.strip())
    else:
        return False
    assert all(told)
    assert stored() == before
    return True


def bring_list(content: bytes, name: str) -> None:
    """Bring a list in and take it in, all or nothing; a fault names its row and field."""
    brought = organisations.Brought("vn-2021:52", content, name, False, "Sở Y tế", "1/8/2021")
    if refused(lambda: organisations.bring_in(brought=brought, by=BY, at=AT)):
        return
    kept = OrganisationImport.objects.latest("id")
    seen = organisations.preview(kept, {}, by=BY, at=AT)
    assert all(row.number > 0 for row in seen.rows)
    faults = {fault.field for row in seen.rows for fault in row.faults}
    assert faults <= {*TEXT_FIELDS, *PLACED}
    take = partial(organisations.accept, import_id=kept.id, choices={}, by=BY, at=AT)
    n_expected = 0 if refused(take) else seen.count("added")
    assert Organisation.objects.count() == n_expected


@fuzzed
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.tsv", "a", "a.pdf"]))
def test_bytes_are_no_list(content: bytes, name: str) -> None:
    with undone():
        bring_list(content, name)


@fuzzed
@given(lines, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-16", "cp1258"]))
def test_a_list_of_odd_cells_is_told_by_row_and_column(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    text = "\n".join(separator.join(row) for row in (list(HEAD), *rows))
    with undone():
        bring_list(text.encode(encoding, "replace"), "danh-sach.csv")


@fuzzed
@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=12))
def test_a_broken_workbook_is_refused_or_read_whole(wounds: list[tuple[int, int]]) -> None:
    content = bytearray(workbook([list(HEAD), ["TTYT A", "Trung tâm y tế", "vn-2021:540"]]))
    for place, byte in wounds:
        content[place % len(content)] = byte
    with undone():
        bring_list(bytes(content), "danh-sach.xlsx")


def bring_map(content: bytes) -> None:
    """Bring boundaries in: a refusal, or one draft."""
    asked = boundaries.Asked(
        queries.unit("vn-2021:52"), content, "a.geojson", "Sở", "CC BY 4.0", date(2021, 5, 1)
    )
    if not refused(lambda: boundaries.bring_boundaries(asked=asked, by=MAPPER, at=AT)):
        assert BoundaryImport.objects.get().state == "draft"


numbers = st.one_of(st.floats(), st.integers(-(10**400), 10**400), st.floats(102, 118))
json_values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)
geometries = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Polygon", "MultiPolygon", "Point", None]),
        "coordinates": json_values,
    }
)
rings = st.lists(st.lists(numbers, min_size=1, max_size=3), max_size=7)
polygons = st.fixed_dictionaries(
    {"type": st.just("Polygon"), "coordinates": st.lists(rings, max_size=2)}
)


@fuzzed
@given(st.binary(max_size=200) | json_values.map(lambda one: json.dumps(one).encode()))
def test_bytes_are_no_boundaries(content: bytes) -> None:
    with undone():
        bring_map(content)


@pytest.mark.parametrize("corner", [[10**400, 13], [float("nan"), 13], [-(10**400), 10**400]])
def test_a_corner_without_measure_is_told(corner: list[float]) -> None:
    whole: dict[str, Any] = made.file_of("vn-2021:52")
    whole["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [[corner] * 4]}
    with undone():
        bring_map(json.dumps(whole).encode())


@fuzzed
@given(geometries | polygons | json_values, json_values, st.integers(0, 10))
def test_an_odd_feature_among_good_ones_is_told(
    geometry: object, properties: object, place: int
) -> None:
    whole: dict[str, Any] = made.file_of("vn-2021:52")
    feature = whole["features"][place % len(whole["features"])]
    feature["geometry"] = geometry
    feature["properties"] = properties
    with undone():
        bring_map(json.dumps(whole).encode())
