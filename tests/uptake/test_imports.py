"""Bringing tables in: read, found, checked, kept as a draft; a refusal leaves nothing behind."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.figures import ANNEX, AT, BINH_DINH, recorded
from tests.factories.people import Person
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.refusals import RefusalError
from vungxanh.uptake import actions, imports
from vungxanh.uptake.models import Fact, Submission
from vungxanh.uptake.overview.submission import preview_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

HEAD = "STT\tĐịa phương\tSố Bluezoner có số điện thoại\tDân số\tTổng số smart phone\n"
ROWS = (
    "1\tThành phố Quy Nhơn\t75.878\t290.229\t284.098\n"
    "2\tThị xã Hoài Nhơn\t25.809\t208.121\t130.804\n"
)


def asked(content: bytes | str, **changes: object) -> imports.Asked:
    said = {
        "unit": BINH_DINH,
        "content": content.encode() if isinstance(content, str) else content,
        "name": "",
        "is_pasted": isinstance(content, str),
        "source_title": "Bảng thử",
        "source_kind": "entry",
        "as_of": date(2021, 5, 26),
        **changes,
    }
    return imports.Asked(**said)  # type: ignore[arg-type]


def bring(content: bytes | str, **changes: object) -> Submission:
    return imports.bring_in(asked=asked(content, **changes), by=SYSTEM, at=AT)


def codes(submission: Submission) -> set[str]:
    return set(submission.findings.values_list("code", flat=True))


def test_pasted_cells_become_a_draft_that_does_not_count_yet() -> None:
    submission = bring(HEAD + ROWS)
    assert submission.state == "draft"
    assert Fact.objects.count() == 0
    assert len(submission.content["facts"]) == 6


def test_names_are_found_inside_the_province() -> None:
    submission = bring(HEAD + "1\tTP. Quy Nhơn\t1\t2\t2\n2\thuyen an lao\t1\t2\t2\n")
    assert [row["unit"] for row in submission.content["rows"]] == ["vn-2021:540", "vn-2021:542"]


def test_published_annex_is_recorded_whole() -> None:
    submission = bring(ANNEX.read_bytes(), name=ANNEX.name, base_as_of=date(2019, 4, 1))
    actions.record_submission(submission_id=submission.id, by=SYSTEM, at=AT)
    counted = Fact.objects.filter(element="bluezone_with_phone").values_list("value", flat=True)
    assert (len(counted), sum(counted)) == (11, 202_379)
    years = Fact.objects.filter(element="population").values_list("as_of__year", flat=True)
    assert set(years) == {2019}


def test_more_users_than_smartphones_blocks_recording() -> None:
    submission = bring(HEAD + ROWS.replace("25.809", "925.809"))
    with pytest.raises(RefusalError) as refused:
        actions.record_submission(submission_id=submission.id, by=SYSTEM, at=AT)
    assert refused.value.code == "uptake.has_errors"
    assert Fact.objects.count() == 0


def test_falling_cumulative_counter_is_found() -> None:
    recorded([("vn-2021:540", "bluezone_with_phone", 80_000, date(2021, 5, 20))])
    assert any("fall" in code or "series" in code for code in codes(bring(HEAD + ROWS)))


def test_unknown_place_is_found_and_blocks() -> None:
    submission = bring(HEAD + ROWS + "3\tHuyện Không Có Thật\t5\t10\t8\n")
    assert submission.findings.filter(blocks=True).exists()


def test_place_of_another_province_is_not_taken() -> None:
    submission = bring(HEAD + ROWS + "3\tQuận Ba Đình\t5\t10\t8\n")
    assert submission.findings.filter(blocks=True).exists()


@pytest.mark.parametrize("name", ["Thị xã Hoải Nhơn", "Ngô Mây"])
def test_name_that_means_no_one_unit_blocks_instead_of_leaving_its_line_out(name: str) -> None:
    submission = bring(HEAD + ROWS.replace("Thị xã Hoài Nhơn", name))
    finding = submission.findings.get(code="unit.unclear")
    assert (finding.blocks, finding.place) == (True, "dòng 3")
    assert "Hoài Nhơn" in finding.message_vi or "Thị trấn Ngô Mây" in finding.message_vi
    page = preview_of(submission, locations.unit(BINH_DINH), viewer=SYSTEM, at=AT, lang="vi")
    assert [len(row.faults) for row in page.rows if row.unit is None] == [1]


def test_table_without_a_day_asks_for_it() -> None:
    with pytest.raises(RefusalError) as refused:
        bring(HEAD + ROWS, as_of=None)
    assert (refused.value.code, refused.value.field) == ("uptake.as_of_missing", "as_of")


def test_day_in_the_future_is_refused() -> None:
    with pytest.raises(RefusalError) as refused:
        bring(HEAD + ROWS, as_of=date(2999, 1, 1))
    assert refused.value.code == "uptake.as_of_in_future"


def test_day_of_a_line_or_of_the_bases_in_the_future_is_refused() -> None:
    dated = "Đơn vị\tNgày\tDân số\nTP. Quy Nhơn\t25/5/2021\t9\nTX. Hoài Nhơn\t1/1/2999\t9\n"
    with pytest.raises(RefusalError) as refused:
        bring(dated)
    assert (refused.value.code, refused.value.where) == ("uptake.as_of_in_future", "dòng 3")
    with pytest.raises(RefusalError) as refused:
        bring(HEAD + ROWS, base_as_of=date(2999, 4, 1))
    assert (refused.value.code, refused.value.field) == ("uptake.as_of_in_future", "base_as_of")


def xlsx(rows: list[list[object]]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def test_excel_file_with_title_and_total_is_read() -> None:
    content = xlsx(
        [
            ["Thống kê Bluezoner có số điện thoại ngày 26/5/2021"],
            ["STT", "Địa phương", "Số Bluezoner có số điện thoại", "Dân số"],
            [1, "Thành phố Quy Nhơn", 75878, 290229],
            [2, "Thị xã Hoài Nhơn", 25809, 208121],
            ["", "Tổng cộng", 101687, 498350],
        ]
    )
    submission = bring(content, name="bang.xlsx", as_of=None)
    assert submission.as_of == datetime(2021, 5, 25, 17, tzinfo=UTC)
    assert len(submission.content["facts"]) == 4
    assert not submission.findings.filter(blocks=True).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02 random",
        b"<html><body>x</body></html>",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    ],
    ids=["empty", "random", "html", "broken zip", "old excel"],
)
def test_file_that_is_no_table_is_refused_and_nothing_is_stored(content: bytes) -> None:
    with pytest.raises(RefusalError) as refused:
        bring(content, name="bang.xlsx")
    assert refused.value.words.vi
    assert (Submission.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_upload_that_is_refused_says_so_at_its_field(province_officer: Person) -> None:
    said = {
        "unit": BINH_DINH,
        "pasted": "chẳng có gì",
        "source_title": "x",
        "source_kind": "entry",
        "as_of": "26/5/2021",
    }
    answer = province_officer.client.post("/so-lieu/nop/", said)
    assert answer.status_code == 422
    assert "pasted" in answer.context["form"].errors
    assert Submission.objects.count() == 0


def test_officer_of_another_district_cannot_bring_a_table_here(other_officer: Person) -> None:
    with pytest.raises(RefusalError) as refused:
        imports.bring_in(asked=asked(HEAD + ROWS), by=other_officer.viewer, at=AT)
    assert refused.value.code == "uptake.outside_area"
    assert (Submission.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_original_of_a_published_table_is_for_its_own_area_only(
    province_officer: Person, other_officer: Person, outsider: Person
) -> None:
    submission = bring(HEAD + ROWS)
    actions.record_submission(submission_id=submission.id, by=SYSTEM, at=AT)
    actions.publish_submission(submission_id=submission.id, by=SYSTEM, at=AT)
    address = f"/so-lieu/{submission.id}/goc/"
    assert province_officer.client.get(address).content == (HEAD + ROWS).encode()
    assert other_officer.client.get(address).status_code == 404
    assert outsider.client.get(address).status_code == 302


def test_upload_with_the_longest_name_is_kept_and_comes_back_under_it(
    province_officer: Person,
) -> None:
    name = f"{'Bảng số liệu ' * 30}.csv"
    said = {
        "unit": BINH_DINH,
        "file": SimpleUploadedFile(name, (HEAD + ROWS).encode()),
        "source_title": "x",
        "source_kind": "entry",
        "as_of": "26/5/2021",
    }
    answer = province_officer.client.post("/so-lieu/nop/", said)
    assert answer.status_code == 302
    original = province_officer.client.get(f"{answer['Location']}goc/")
    assert original.content == (HEAD + ROWS).encode()
    assert original["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert original["Content-Disposition"].endswith(".csv")
