"""Populations by unit, year, kind and source: brought, looked at, recorded, used, taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.people import Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.documents.grids import grid_of_text
from vungxanh.locations import queries as locations
from vungxanh.refusals import RefusalError
from vungxanh.uptake import queries, rules
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.actions import population as actions
from vungxanh.uptake.demo import load_populations, load_published
from vungxanh.uptake.imports import population as imports
from vungxanh.uptake.models import PopulationFigure, PopulationTable
from vungxanh.uptake.queries.population import populations_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
PROVINCE = "vn-2021:52"
HEAD = "mã\tnăm\tloại\tdân số\tnguồn\n"
GOOD = f"{HEAD}vn-2021:52\t2021\taverage\t1.508.322\tNiên giám\n"


def brought(text: str, source: str = "") -> PopulationTable:
    return imports.bring_in(content=text.encode(), name="", source=source, by=SYSTEM, at=AT)


def recorded(text: str) -> PopulationTable:
    table = brought(text)
    actions.record_table(table_id=table.id, by=SYSTEM, at=AT)
    return table


def faults(text: str, source: str = "Nguồn") -> list[int]:
    rows = imports.read_rows(grid_of_text(text), source=source)
    return [row.number for row in rows if row.faults]


def test_sources_of_a_year_stand_side_by_side() -> None:
    recorded(f"{GOOD}vn-2021:52\t2021\testimate\t1.500.000\tNguồn khác\n")
    found = populations_of([PROVINCE])
    assert [(one.year, one.kind.name, one.value) for one in found] == [
        (2021, "average", 1_508_322),
        (2021, "estimate", 1_500_000),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "vn-2021:99\t2021\taverage\t10\tA",
        "Tỉnh Không Có\t2021\taverage\t10\tA",
        "vn-2021:52\thai nghìn\taverage\t10\tA",
        "vn-2021:52\t1800\taverage\t10\tA",
        "vn-2021:52\t2021\tđoán\t10\tA",
        "vn-2021:52\t2021\taverage\tnhiều\tA",
        "vn-2021:52\t2021\taverage\t0\tA",
    ],
)
def test_each_wrong_row_is_named_and_nothing_is_recorded(row: str) -> None:
    text = f"{GOOD}{row}\n"
    assert faults(text) == [3]
    table = brought(text)
    with pytest.raises(UptakeError) as refused:
        actions.record_table(table_id=table.id, by=SYSTEM, at=AT)
    assert refused.value.code == "uptake.population_has_errors"
    assert not PopulationFigure.objects.exists()


def test_row_without_a_source_is_wrong_unless_the_form_names_one() -> None:
    text = f"{HEAD}vn-2021:52\t2021\taverage\t10\t\n"
    assert faults(text, source="") == [2]
    assert faults(text, source="Niên giám") == []


def test_repeated_row_is_wrong_on_both_lines() -> None:
    row = "vn-2021:52\t2021\taverage\t10\tA\n"
    assert faults(f"{HEAD}{row}{row}") == [2, 3]


def test_province_may_be_written_by_name_and_kind_in_words() -> None:
    text = f"{HEAD}Tỉnh Bình Định\t2019\tTổng điều tra\t1,486,918\tA\n"
    (row,) = imports.read_rows(grid_of_text(text), source="")
    assert (row.unit_id, row.kind, row.value, row.on) == (
        PROVINCE,
        "census",
        1_486_918,
        date(2019, 4, 1),
    )


def test_day_outside_its_year_is_wrong() -> None:
    head = "mã\tnăm\tngày\tloại\tdân số\n"
    assert faults(f"{head}vn-2021:52\t2021\t31/12/2020\taverage\t10\n") == [2]


def test_list_without_its_columns_is_refused() -> None:
    with pytest.raises(UptakeError) as refused:
        brought("mã\tnăm\nvn-2021:52\t2021\n")
    assert refused.value.code == "uptake.population_no_column"


def used(unit_id: str) -> None:
    """The newest population of a unit becomes the base of its rates."""
    figure_id = populations_of([unit_id])[0].id
    actions.use_population(figure_id=figure_id, unit_id=unit_id, by=SYSTEM, at=AT)


def test_chosen_population_is_the_base_of_rates_with_its_source() -> None:
    recorded(GOOD)
    used(PROVINCE)
    node = queries.tree(PUBLIC, locations.unit(PROVINCE), queries.moment_of(None, None))
    base = rules.figure(node, "population")
    assert (base.value, base.sources) == (1_508_322, ("Niên giám",))
    assert [one.is_used for one in populations_of([PROVINCE])] == [True]


def test_size_of_a_merger_dossier_is_refused_as_base() -> None:
    recorded(f"{HEAD}vn-2025:52\t2025\tregistered\t3583693\tHồ sơ\n")
    with pytest.raises(UptakeError) as refused:
        used("vn-2025:52")
    assert refused.value.code == "uptake.population_no_base"


def test_list_in_use_is_not_taken_back() -> None:
    table = recorded(GOOD)
    used(PROVINCE)
    with pytest.raises(UptakeError) as refused:
        actions.withdraw_table(table_id=table.id, by=SYSTEM, at=AT)
    assert refused.value.code == "uptake.population_in_use"


def test_list_taken_back_stands_no_more() -> None:
    table = recorded(GOOD)
    figure_id = populations_of([PROVINCE])[0].id
    actions.withdraw_table(table_id=table.id, by=SYSTEM, at=AT)
    assert populations_of([PROVINCE]) == ()
    with pytest.raises(MissingError):
        actions.use_population(figure_id=figure_id, unit_id=PROVINCE, by=SYSTEM, at=AT)


def test_population_is_not_found_under_another_unit() -> None:
    recorded(GOOD)
    figure_id = populations_of([PROVINCE])[0].id
    with pytest.raises(MissingError):
        actions.use_population(figure_id=figure_id, unit_id="vn-2021:540", by=SYSTEM, at=AT)


def test_population_of_another_area_is_not_there(other_officer: Person) -> None:
    recorded(GOOD)
    figure_id = populations_of([PROVINCE])[0].id
    publishing = replace(other_officer.viewer, capabilities=frozenset({"uptake.publish"}))
    with pytest.raises(MissingError):
        actions.use_population(figure_id=figure_id, unit_id=PROVINCE, by=publishing, at=AT)


def test_list_of_another_is_unknown(officer: Person) -> None:
    table = brought(GOOD)
    with pytest.raises(MissingError):
        actions.record_table(table_id=table.id, by=officer.viewer, at=AT)


def test_who_works_elsewhere_by_now_neither_records_nor_takes_back() -> None:
    here = employed("chief", Role("province_officer"), PROVINCE).viewer
    moved = replace(here, units=frozenset({"vn-2021:64"}))
    first, second = (
        imports.bring_in(content=GOOD.encode(), name="", source="", by=here, at=AT)
        for _ in range(2)
    )
    actions.record_table(table_id=first.id, by=here, at=AT)
    for action, table in ((actions.record_table, second), (actions.withdraw_table, first)):
        with pytest.raises(UptakeError) as refused:
            action(table_id=table.id, by=moved, at=AT)
        assert refused.value.code == "uptake.outside_area"
    assert len(populations_of([PROVINCE])) == 1


def test_unit_outside_the_own_area_is_wrong_in_its_row(officer: Person) -> None:
    table = imports.bring_in(content=GOOD.encode(), name="", source="", by=officer.viewer, at=AT)
    assert table.n_errors == 1


def test_stranger_brings_nothing(outsider: Person) -> None:
    with pytest.raises(RefusalError):
        imports.bring_in(content=GOOD.encode(), name="", source="", by=outsider.viewer, at=AT)


def test_published_populations_load_once_and_show_on_both_eras(outsider: Person) -> None:
    load_published(by=SYSTEM, at=clock.now())
    load_populations(by=SYSTEM, at=clock.now())
    load_populations(by=SYSTEM, at=clock.now())
    old = outsider.client.get(f"/dia-ban/{PROVINCE}/dan-so/").content.decode()
    assert "1.508.322" in old
    assert "1.487.817" in old
    new = outsider.client.get("/dia-ban/vn-2025:52/dan-so/").content.decode()
    assert "3.583.693" in new
    assert "không dùng được" in new
    assert "chưa đủ đơn vị" in new


def test_officer_brings_looks_records_uses_and_takes_back() -> None:
    client = employed("chief", Role("province_officer"), PROVINCE).client
    upload = SimpleUploadedFile("dan-so.csv", GOOD.replace("\t", ",").encode())
    answer = client.post("/so-lieu/dan-so/nop/", {"file": upload, "source": ""})
    assert answer.status_code == 302
    address = answer["Location"]
    assert "1.508.322" in client.get(address).content.decode()
    assert client.post(f"{address}ghi/").status_code == 302
    page = f"/dia-ban/{PROVINCE}/dan-so/"
    assert "Dùng làm mẫu số" in client.get(page).content.decode()
    assert "Dùng làm mẫu số</button>" not in Client().get(page).content.decode()
    figure = populations_of([PROVINCE])[0]
    assert client.post(f"{page}{figure.id}/dung/").status_code == 302
    assert "đã chọn" in client.get(page).content.decode()
    client.post(f"{address}rut/")
    assert PopulationTable.objects.get().state == "recorded"


def test_form_without_a_list_says_what_is_missing() -> None:
    client = employed("chief", Role("province_officer"), PROVINCE).client
    answer = client.post("/so-lieu/dan-so/nop/", {"source": "A"})
    assert answer.status_code == 422
    assert "Chọn tệp" in answer.content.decode()


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ("Gia Lai\t2019\tcensus\t10\tA", "vn-2021:64"),
        ("Gia Lai\t2026\taverage\t10\tA", "vn-2025:52"),
        ("Bình Định\t2025\tcensus\t10\tA", "vn-2021:52"),
        ("Bình Định\t2026\taverage\t10\tA", None),
        ("vn-2021:52\t2026\taverage\t10\tA", "vn-2021:52"),
    ],
)
def test_name_means_the_province_of_the_day_and_an_id_what_it_says(
    row: str, unit: str | None
) -> None:
    read = imports.read_rows(grid_of_text(f"{HEAD}{row}\n"), source="")
    assert [one.unit_id for one in read] == [unit]
