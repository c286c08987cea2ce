"""Freezing, correcting, numbering and handing out: who may, what stays, what is refused."""

import hashlib
from datetime import date, timedelta
from functools import partial

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.people import Person
from tests.reports.documents import AS_OF, AT, DAY, SUBJECT, annex, issued, letter
from vungxanh import __version__
from vungxanh.audit.models import AuditEvent
from vungxanh.core import files
from vungxanh.core.errors import MissingError
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import PUBLIC, SYSTEM, ForbiddenError
from vungxanh.documents import content, pdf
from vungxanh.documents.formats import Format
from vungxanh.reports import actions, queries
from vungxanh.reports.actions import ReportError
from vungxanh.reports.models import Report, ReportFile
from vungxanh.reports.values import ReportKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
LATER = AT + timedelta(hours=2)


def events() -> list[str]:
    found = AuditEvent.objects.filter(event__startswith="reports.").order_by("sequence")
    return list(found.values_list("event", flat=True))


def test_officer_freezes_a_document_of_the_own_area(officer: Person) -> None:
    report = issued(by=officer.viewer)
    kept = Report.objects.get()
    assert (kept.id, kept.edition, kept.frozen_by) == (report.id, 1, officer.viewer.id)
    assert (kept.as_of, kept.frozen_at, kept.unit_id) == (AS_OF, AT, "vn-2021:540")
    assert kept.software == f"vungxanh {__version__}"
    assert events() == ["reports.issued"]


def test_officer_of_another_district_may_not_freeze(other_officer: Person) -> None:
    with pytest.raises(ReportError) as refused:
        issued(by=other_officer.viewer)
    assert refused.value.code == "reports.outside_area"
    assert (Report.objects.count(), StoredFile.objects.count(), events()) == (0, 0, [])


def test_nobody_without_the_right_may_freeze(auditor: Person) -> None:
    for viewer in (auditor.viewer, PUBLIC):
        with pytest.raises(ForbiddenError):
            issued(by=viewer)
    assert Report.objects.count() == 0


def test_digest_covers_the_content_and_the_check_code_is_printed() -> None:
    report = issued()
    frozen = content.thaw(Report.objects.get().content.encode())
    assert report.digest == content.digest(annex()) == content.digest(frozen)
    assert frozen.stamp is not None
    assert frozen.stamp.check_code == report.check_code == content.check_code(annex())
    assert (frozen.stamp.version, frozen.stamp.corrects) == (1, 0)
    assert frozen.stamp.made_at.isoformat() == "2021-05-27T09:30:00+07:00"


def test_digest_does_not_depend_on_when_and_by_whom(officer: Person) -> None:
    first = issued(by=officer.viewer)
    second = issued(subject="test:other", at=LATER)
    assert first.digest == second.digest


def test_every_form_is_kept_and_the_pdf_is_that_of_the_frozen_content() -> None:
    report = issued()
    kept = {row.format: files.open_file(row.stored_id) for row in ReportFile.objects.all()}
    assert set(kept) == {"pdf", "docx", "xlsx", "csv"}
    assert kept["pdf"] == pdf.write(report.document)
    assert kept["csv"].decode("utf-8-sig").startswith("Bảng thử")


def test_letter_without_table_has_no_sheets() -> None:
    issued(letter(), subject="test:letter")
    assert set(ReportFile.objects.values_list("format", flat=True)) == {"pdf", "docx"}
    assert Report.objects.get().kind == ReportKind.LETTER


def test_second_click_gives_the_same_report() -> None:
    first = issued()
    assert issued(at=LATER).id == first.id
    assert (Report.objects.count(), events()) == (1, ["reports.issued"])


def test_other_content_of_the_same_subject_must_be_a_correction() -> None:
    issued()
    with pytest.raises(ReportError) as refused:
        issued(annex(count=1))
    assert refused.value.code == "reports.needs_correction"
    assert Report.objects.count() == 1


def test_correction_is_the_next_edition_and_both_name_each_other() -> None:
    first = issued()
    second = issued(annex(count=75879), corrects=first, reason="Quy Nhơn báo lại", at=LATER)
    assert (second.edition, second.line.corrects_edition) == (2, 1)
    assert second.correction_reason == "Quy Nhơn báo lại"
    old = queries.get(first.id, viewer=SYSTEM)
    assert old.line.corrected_by_edition == 2
    assert [line.edition for line in old.chain] == [2, 1]
    assert content.thaw(Report.objects.get(edition=1).content.encode()) == first.document
    assert events() == ["reports.issued", "reports.corrected"]


def test_second_click_on_a_correction_gives_the_same_correction() -> None:
    first = issued()
    second = issued(annex(count=2), corrects=first, reason="sai số")
    assert issued(annex(count=2), corrects=first, reason="sai số", at=LATER).id == second.id
    assert Report.objects.count() == 2


def test_one_edition_is_corrected_only_once() -> None:
    first = issued()
    issued(annex(count=2), corrects=first, reason="sai số")
    with pytest.raises(ReportError) as refused:
        issued(annex(count=3), corrects=first, reason="sai nữa")
    assert refused.value.code == "reports.already_corrected"
    assert Report.objects.count() == 2


@pytest.mark.slow
def test_correction_may_return_to_what_was_said_first() -> None:
    first = issued()
    second = issued(annex(count=2), corrects=first, reason="sai số")
    third = issued(corrects=second, reason="bản đầu đúng")
    assert (third.edition, third.digest) == (3, first.digest)
    assert {one.edition for one in queries.verified(first.check_code)} == {1, 3}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_correction_needs_a_short_reason(reason: str) -> None:
    first = issued()
    with pytest.raises(ReportError) as refused:
        issued(annex(count=2), corrects=first, reason=reason)
    assert (refused.value.code, refused.value.field) == ("reports.reason_missing", "reason")


def test_correction_must_say_something_else() -> None:
    first = issued()
    with pytest.raises(ReportError) as refused:
        issued(corrects=first, reason="không khác")
    assert refused.value.code == "reports.correction_says_the_same"


def test_first_edition_cannot_correct_a_report_of_another_subject() -> None:
    first = issued()
    with pytest.raises(MissingError):
        issued(annex(count=2), subject="test:other", corrects=first, reason="nhầm")


def test_draft_and_stamped_documents_are_not_frozen() -> None:
    stamped = issued().document
    for document in (msgspec.structs.replace(annex(), draft="Bản nháp"), stamped):
        with pytest.raises(ReportError) as refused:
            issued(document, subject="test:other")
        assert refused.value.code == "reports.not_final"


def test_number_is_noted_once_and_changes_nothing_that_was_frozen(officer: Person) -> None:
    report = issued(by=officer.viewer)
    before = dict(Report.objects.values().get())
    named = actions.record_number(
        report_id=report.id, number=" 15/PVHTT ", dated=DAY, by=officer.viewer, at=LATER
    )
    after = dict(Report.objects.values().get())
    assert (named.line.number, named.line.numbered_on) == ("15/PVHTT", DAY)
    assert {name for name, value in after.items() if value != before.get(name)} == {
        "number",
        "numbered_on",
    }
    assert events() == ["reports.issued", "reports.numbered"]


def test_number_is_not_noted_twice() -> None:
    report = issued()
    note = partial(actions.record_number, report_id=report.id, dated=DAY, by=SYSTEM, at=LATER)
    note(number="15/PVHTT")
    note(number="15/PVHTT")
    with pytest.raises(ReportError) as refused:
        note(number="16/PVHTT")
    assert refused.value.code == "reports.already_numbered"
    assert events() == ["reports.issued", "reports.numbered"]


@pytest.mark.parametrize(
    ("number", "dated", "code"),
    [
        (" ", DAY, "reports.number_missing"),
        ("9" * 61, DAY, "reports.number_missing"),
        ("15/PVHTT", date(2021, 5, 28), "reports.number_in_future"),
    ],
)
def test_bad_number_is_refused(number: str, dated: date, code: str) -> None:
    report = issued()
    with pytest.raises(ReportError) as refused:
        actions.record_number(report_id=report.id, number=number, dated=dated, by=SYSTEM, at=LATER)
    assert refused.value.code == code


def test_officer_of_another_district_may_not_number(other_officer: Person) -> None:
    report = issued()
    with pytest.raises(MissingError):
        actions.record_number(
            report_id=report.id, number="1/A", dated=DAY, by=other_officer.viewer, at=LATER
        )


def test_each_download_gives_the_same_bytes_and_is_recorded(officer: Person) -> None:
    report = issued()
    for ending in Format:
        made = [
            actions.hand_out(report_id=report.id, ending=ending, by=officer.viewer, at=LATER)
            for _ in range(2)
        ]
        assert len({hashlib.sha256(one.content).hexdigest() for one in made}) == 1
        assert made[0].name == f"Phụ lục Bảng thử 2021-05-26 bản 1.{ending.value}"
    assert events().count("reports.downloaded") == 8


def test_officer_of_another_district_gets_no_file(other_officer: Person) -> None:
    report = issued()
    with pytest.raises(MissingError):
        actions.hand_out(report_id=report.id, ending=Format.PDF, by=other_officer.viewer, at=LATER)
    assert "reports.downloaded" not in events()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_report SET content = '{}'",
        "UPDATE reports_report SET as_of = now()",
        "DELETE FROM reports_report",
        "UPDATE reports_reportfile SET format = 'csv' WHERE format = 'pdf'",
        "DELETE FROM reports_reportfile",
    ],
)
def test_database_itself_refuses_to_change_what_was_frozen(statement: str) -> None:
    issued()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute(statement)


def test_database_itself_refuses_a_second_number() -> None:
    report = issued()
    actions.record_number(report_id=report.id, number="1/A", dated=DAY, by=SYSTEM, at=LATER)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute("UPDATE reports_report SET number = '2/A'")


def test_failure_after_the_files_leaves_no_half_report() -> None:
    connection.cursor().execute(
        "CREATE FUNCTION pg_temp.break_off() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.format = 'csv' THEN RAISE EXCEPTION 'power cut'; END IF; "
        "RETURN NEW; END $$; "
        "CREATE TRIGGER break_off BEFORE INSERT ON reports_reportfile "
        "FOR EACH ROW EXECUTE FUNCTION pg_temp.break_off()"
    )
    with pytest.raises(DatabaseError, match="power cut"), transaction.atomic():
        issued()
    assert (Report.objects.count(), StoredFile.objects.count(), events()) == (0, 0, [])
    connection.cursor().execute("DROP TRIGGER break_off ON reports_reportfile")
    assert issued().edition == 1


def test_subject_is_found_by_its_newest_edition() -> None:
    first = issued()
    second = issued(annex(count=2), corrects=first, reason="sai số")
    found = queries.latest(SUBJECT, viewer=SYSTEM)
    assert found is not None
    assert found.id == second.id
    assert queries.latest("test:nothing", viewer=SYSTEM) is None
