"""Own boundaries: accepted whole or refused whole, drawn instead of the sketch, taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import boundaries as made
from vungxanh.audit.models import AuditEvent
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.locations import queries
from vungxanh.locations.actions import boundaries as actions
from vungxanh.locations.actions.units import rows_of
from vungxanh.locations.imports.boundaries import Asked, bring_boundaries
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.models.boundaries import BoundaryImport
from vungxanh.locations.values import Level, MapQuality, UnitId, geojson, units_2025
from vungxanh.locations.values.geojson import BoundaryError, read_features

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ADMIN = Viewer("staff:1", "Quản trị", capabilities=frozenset({"locations.manage"}))
GIA_LAI, BINH_DINH = UnitId("vn-2025:52"), UnitId("vn-2021:52")
Spoil = Callable[[made.Json], object]


@pytest.fixture
def provinces_today(db: None, places_of_both_eras: None) -> None:
    """All provinces of today."""
    known = set(AdminUnit.objects.values_list("id", flat=True))
    units = [unit for unit in units_2025() if unit.level is Level.PROVINCE]
    AdminUnit.objects.bulk_create(rows_of(unit for unit in units if unit.id not in known))


def asked(whole: made.Json, unit_id: str = BINH_DINH) -> Asked:
    return Asked(
        scope=queries.unit(unit_id),
        content=made.content(whole),
        file_name="ranh-gioi.geojson",
        source="Sở Tài nguyên và Môi trường",
        licence="CC BY 4.0",
        as_of=date(2021, 5, 1),
    )


def brought(whole: made.Json, unit_id: str = BINH_DINH) -> BoundaryImport:
    return bring_boundaries(asked=asked(whole, unit_id), by=ADMIN, at=NOW)


def test_accepted_boundaries_are_drawn_with_their_source_and_undone() -> None:
    before = queries.sheet(BINH_DINH)
    kept = brought(made.file_of(BINH_DINH))
    assert queries.sheet(BINH_DINH) == before
    actions.accept_boundaries(import_id=kept.id, by=ADMIN, at=NOW)
    now = queries.sheet(BINH_DINH)
    assert now is not None
    assert now.quality is MapQuality.OWN
    assert "Sở Tài nguyên và Môi trường" in now.note.vi
    assert "CC BY 4.0" in now.note.en
    assert len(now.shapes) == 11
    actions.undo_boundaries(import_id=kept.id, by=ADMIN, at=NOW)
    assert queries.sheet(BINH_DINH) == before
    assert list(AuditEvent.objects.order_by("sequence").values_list("event", flat=True))[-3:] == [
        "locations.boundaries_read",
        "locations.boundaries_accepted",
        "locations.boundaries_undone",
    ]


def test_undoing_the_newer_brings_the_older_back() -> None:
    first, second = brought(made.file_of(BINH_DINH)), brought(made.file_of(BINH_DINH))
    actions.accept_boundaries(import_id=first.id, by=ADMIN, at=NOW)
    actions.accept_boundaries(import_id=second.id, by=ADMIN, at=NOW.replace(hour=4))
    actions.undo_boundaries(import_id=second.id, by=ADMIN, at=NOW.replace(hour=5))
    found = queries.sheet(BINH_DINH)
    assert found is not None
    assert found.quality is MapQuality.OWN


@pytest.mark.slow
def test_communes_of_a_province_are_numbered_and_islands_left_out_stay() -> None:
    whole = made.file_of(GIA_LAI)
    whole["features"] = [
        one for one in whole["features"] if one["properties"]["name"] != "Nhơn Châu"
    ]
    kept = brought(whole, GIA_LAI)
    assert [remark["vi"] for remark in kept.remarks] == [
        "Xã Nhơn Châu không có trong tệp: vẫn vẽ trong khung riêng."
    ]
    named = {shape["code"] for shape in kept.sheet["shapes"] if shape["anchor"]}
    zoomed = {
        one["code"] for zoom in kept.sheet["zooms"] for one in zoom["shapes"] if one["anchor"]
    }
    assert len(named | zoomed) == 134
    assert not named & zoomed
    assert [(inset["title"], inset["number"]) for inset in kept.sheet["insets"]] == [
        ("Nhơn Châu", 100)
    ]


@pytest.mark.usefixtures("provinces_today")
def test_the_country_keeps_hoang_sa_and_truong_sa() -> None:
    kept = brought(made.file_of("vn-2025:vn"), "vn-2025:vn")
    assert [inset["title"] for inset in kept.sheet["insets"]] == ["Hoàng Sa", "Trường Sa"]
    assert len(kept.sheet["shapes"]) == 34


def renamed(name: str, code: str = "") -> Spoil:
    def spoil(whole: made.Json) -> None:
        whole["features"][0]["properties"] = {"name": name} | ({"code": code} if code else {})

    return spoil


def reshaped(**geometry: Any) -> Spoil:
    return lambda whole: whole["features"][0].update(geometry=geometry)


def bow_tie() -> list[list[list[float]]]:
    return [[[108, 14], [109, 15], [109, 14], [108, 15], [108, 14]]]


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (renamed("Thành phố Vô Danh"), "boundaries_unit", "Hình thứ 1"),
        (renamed("Phù"), "boundaries_unit", "Hình thứ 1"),
        (renamed("Quy Nhơn", "542"), "boundaries_unit", "mã là của Huyện An Lão"),
        (renamed("An Lão"), "boundaries_twice", "đều là Huyện An Lão"),
        (lambda whole: whole["features"].pop(), "boundaries_missing", "thiếu 1 đơn vị"),
        (reshaped(type="Point", coordinates=[108, 14]), "boundaries_geometry", "Hình thứ 1"),
        (reshaped(type="Polygon", coordinates=[[[1, 2]]]), "boundaries_outside", "ngoài Việt Nam"),
        (reshaped(type="Polygon", coordinates=[[["a", "b"]]]), "boundaries_geometry", "đa giác"),
        (
            reshaped(type="Polygon", coordinates=[[[14, 108], [15, 108], [15, 109]]]),
            "boundaries_outside",
            "vĩ độ đứng trước",
        ),
        (
            reshaped(type="Polygon", coordinates=[[[600000, 1500000]]]),
            "boundaries_outside",
            "VN-2000",
        ),
        (reshaped(type="Polygon", coordinates=bow_tie()), "boundaries_crossing", "108.50000"),
        (lambda whole: whole.update(features=[]), "boundaries_not_collection", "FeatureCollection"),
    ],
)
def test_a_bad_file_is_refused_whole_and_names_the_feature(
    spoil: Spoil, code: str, words: str
) -> None:
    whole = made.file_of(BINH_DINH)
    whole["features"].sort(key=lambda one: one["properties"]["name"] != "Quy Nhơn")
    spoil(whole)
    with pytest.raises(BoundaryError) as refusal:
        brought(whole)
    assert refusal.value.code == f"locations.{code}"
    assert words in refusal.value.words.vi
    assert not BoundaryImport.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"[1, 2]", b"[" * 100_000, b"null"])
def test_what_is_not_geojson_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BoundaryError):
        read_features(content)


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "LARGEST", 100)
    with pytest.raises(BoundaryError) as refusal:
        read_features(made.content(made.file_of(BINH_DINH)))
    assert refusal.value.code == "locations.boundaries_too_large"


@pytest.mark.usefixtures("provinces_today")
def test_codes_without_leading_zeros_are_understood() -> None:
    whole = made.file_of("vn-2025:vn")
    for feature in whole["features"]:
        feature["properties"] = {"ma_tinh": int(feature["properties"]["code"])}
    assert len(brought(whole, "vn-2025:vn").sheet["shapes"]) == 34


def test_others_may_not_bring_boundaries() -> None:
    officer = Viewer("staff:2", "Cán bộ", capabilities=frozenset({"locations.view"}))
    with pytest.raises(ForbiddenError):
        bring_boundaries(asked=asked(made.file_of(BINH_DINH)), by=officer, at=NOW)


def test_what_was_accepted_is_not_accepted_again() -> None:
    kept = brought(made.file_of(BINH_DINH))
    actions.drop_boundaries(import_id=kept.id, by=ADMIN, at=NOW)
    with pytest.raises(BoundaryError) as refusal:
        actions.accept_boundaries(import_id=kept.id, by=ADMIN, at=NOW)
    assert refusal.value.code == "locations.boundaries_state"


def test_the_pages_are_closed_to_strangers(client: Client) -> None:
    assert client.get("/ranh-gioi/").status_code == 302
