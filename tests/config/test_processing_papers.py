"""Statements, frozen papers and breach notices: versions, duties, the clock, and who may."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pypdfium2
import pytest
from msgspec.structs import replace

from tests.factories.people import PROVINCE, Colleague, Person
from vungxanh.audit.models import AuditEvent
from vungxanh.config.processing import actions, papers, queries, tables
from vungxanh.config.processing import views as pages
from vungxanh.config.processing.models import Paper, Statement
from vungxanh.config.processing.refusals import ProcessingError
from vungxanh.config.processing.values import Kind, SaidOfBreach, Stated
from vungxanh.core import clock
from vungxanh.core.viewer import ForbiddenError
from vungxanh.documents.formats import Format
from vungxanh.duties.models import Duty, Occurrence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
BEGAN = Stated(controller="Sở Y tế mẫu", began_on=date(2026, 8, 1))
SAID = SaidOfBreach(
    found_at=AT - timedelta(hours=2),
    happened="Mất một máy tính mẫu",
    tables=("accounts.Staff",),
    kinds="Họ tên cán bộ",
    n_persons=1,
    n_rows=1,
    consequences="Có thể bị gọi điện",
    measures="Đã khóa tài khoản",
    contact="Người mẫu 1",
)


def noticed(administrator: Colleague, said: SaidOfBreach = SAID) -> UUID:
    """A frozen notice."""
    return actions.notice(said=said, by=administrator.viewer, at=AT)


def due_of(kind: str) -> list[datetime]:
    """When the open duties of a sort fall due."""
    rows = Occurrence.objects.filter(duty__kind=kind, state="open")
    return sorted(rows.values_list("due_at", flat=True))


def test_versions_count_up_and_tell_of_the_configuration(administrator: Colleague) -> None:
    by = administrator.viewer
    first = actions.freeze(kind=Kind.REGISTER, by=by, at=AT)
    second = actions.freeze(kind=Kind.REGISTER, by=by, at=AT + timedelta(days=1))
    found = queries.papers(PROVINCE, Kind.REGISTER)
    assert [(one.id, one.version) for one in found] == [(second, 2), (first, 1)]
    assert len({one.configured for one in found}) == 1


def test_first_day_of_processing_makes_the_dossier_due_in_sixty_days(
    administrator: Colleague,
) -> None:
    actions.state(stated=BEGAN, by=administrator.viewer, at=AT)
    assert queries.dossier_due_on(PROVINCE) == date(2026, 9, 30)
    assert due_of("config.dossier") == [datetime(2026, 9, 30, 10, tzinfo=UTC)]


def test_another_first_day_moves_the_duty(administrator: Colleague) -> None:
    actions.state(stated=BEGAN, by=administrator.viewer, at=AT)
    later = Stated(began_on=date(2026, 8, 11))
    actions.state(stated=later, by=administrator.viewer, at=AT + timedelta(hours=1))
    assert due_of("config.dossier") == [datetime(2026, 10, 10, 10, tzinfo=UTC)]
    assert Statement.objects.count() == 2


def test_dossier_is_owed_again_in_six_months(administrator: Colleague) -> None:
    actions.state(stated=BEGAN, by=administrator.viewer, at=AT)
    actions.freeze(kind=Kind.DOSSIER, by=administrator.viewer, at=AT)
    assert queries.dossier_due_on(PROVINCE) == date(2027, 3, 1)
    assert due_of("config.dossier") == [datetime(2027, 3, 1, 10, tzinfo=UTC)]


def test_dossier_that_is_past_its_day_falls_due_tomorrow(administrator: Colleague) -> None:
    early = Stated(began_on=date(2026, 1, 2))
    actions.state(stated=early, by=administrator.viewer, at=AT)
    assert due_of("config.dossier") == [datetime(2026, 9, 2, 10, tzinfo=UTC)]


def test_notice_is_due_72_hours_after_finding_and_met_by_sending(
    administrator: Colleague,
) -> None:
    paper_id = noticed(administrator)
    (row,) = Occurrence.objects.filter(duty__kind="config.breach")
    assert row.due_at == SAID.found_at + timedelta(hours=72)
    actions.mark_sent(paper_id=paper_id, by=administrator.viewer, at=AT + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.state, row.evidence) == ("done", f"paper:{paper_id}")


def test_correction_keeps_the_version_before_and_gives_its_reason(
    administrator: Colleague,
) -> None:
    first = noticed(administrator)
    at = AT + timedelta(hours=3)
    second = actions.notice(
        said=SAID, by=administrator.viewer, at=at, corrects=first, reason="Đếm lại số người"
    )
    chain = queries.chain(Paper.objects.get(pk=second).series)
    assert [(one.version, one.reason) for one in chain] == [(2, "Đếm lại số người"), (1, "")]
    body = queries.document(second, viewer=administrator.viewer).body
    assert any("Lý do: Đếm lại số người." in part.text for part in body)
    assert Duty.objects.filter(kind="config.breach", ended_at=None).count() == 1


def test_correction_without_reason_or_of_an_older_version_is_refused(
    administrator: Colleague,
) -> None:
    first, by = noticed(administrator), administrator.viewer
    with pytest.raises(ProcessingError) as no_reason:
        actions.notice(said=SAID, by=by, at=AT, corrects=first, reason="  ")
    actions.notice(said=SAID, by=by, at=AT, corrects=first, reason="Sửa lần một")
    with pytest.raises(ProcessingError) as replaced:
        actions.notice(said=SAID, by=by, at=AT, corrects=first, reason="Sửa lần nữa")
    codes = (no_reason.value.code, replaced.value.code)
    assert codes == ("config.breach_reason", "config.paper_replaced")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"found_at": AT + timedelta(minutes=1)}, "config.breach_in_future"),
        ({"tables": ()}, "config.breach_tables"),
        ({"tables": ("locations.AdminUnit",)}, "config.breach_tables"),
    ],
    ids=["in the future", "no table", "no table of persons"],
)
def test_unsound_notice_stores_nothing(
    administrator: Colleague, said: dict[str, object], code: str
) -> None:
    with pytest.raises(ProcessingError) as refused:
        noticed(administrator, replace(SAID, **said))
    assert refused.value.code == code
    assert not Paper.objects.exists()


def test_rows_and_persons_are_counted_in_the_chosen_tables(administrator: Colleague) -> None:
    (found,) = tables.counted(("accounts.Staff",))
    assert (found.n_rows, found.n_persons) == (1, 1)


def test_nobody_without_the_capability_writes(officer: Colleague) -> None:
    with pytest.raises(ForbiddenError):
        actions.freeze(kind=Kind.REGISTER, by=officer.viewer, at=AT)
    assert not Paper.objects.exists()


def test_frozen_paper_leaves_as_the_same_bytes_and_the_log_says_so(
    administrator: Colleague,
) -> None:
    by = administrator.viewer
    paper_id = actions.freeze(kind=Kind.REGISTER, by=by, at=AT)
    twice = [actions.hand_out(paper_id=paper_id, ending=Format.PDF, by=by, at=AT) for _ in range(2)]
    assert twice[0] == twice[1]
    text = pypdfium2.PdfDocument(twice[0])[0].get_textpage().get_text_bounded()
    assert "SỔ ĐĂNG KÝ" in text
    assert AuditEvent.objects.filter(event="config.paper_downloaded").count() == 2


def test_words_to_persons_name_no_one_and_promise_nothing() -> None:
    cover = papers.Cover(BEGAN, "Tỉnh mẫu", AT.date(), 1)
    draft = papers.message_draft(cover, SAID)
    assert "Sở Y tế mẫu xin báo" in draft.vi
    assert "give no code and send no money" in draft.en


def test_what_is_replaced_goes_after_ten_years_and_the_newest_stays(
    administrator: Colleague,
) -> None:
    actions.state(stated=Stated(), by=administrator.viewer, at=AT)
    actions.state(stated=Stated(), by=administrator.viewer, at=AT + timedelta(days=1))
    actions.freeze(kind=Kind.REGISTER, by=administrator.viewer, at=AT)
    assert actions.forget(at=AT + timedelta(days=3000)) == 0
    late = AT + timedelta(days=4000)
    assert [rows.count() for rows in queries.past(late)] == [1, 1]
    assert actions.forget(at=late) == 2
    assert [rows.count() for rows in queries.past(late)] == [0, 0]
    assert (Statement.objects.count(), Paper.objects.count()) == (1, 0)


def test_pages_of_an_empty_installation_say_what_to_do(administrator: Colleague) -> None:
    page = administrator.client.get("/ho-so-du-lieu/").content.decode()
    assert "Chưa khai ngày bắt đầu xử lý dữ liệu" in page
    assert "Chưa có vi phạm nào được báo" in page
    preview = administrator.client.get("/ho-so-du-lieu/xem-truoc/so-dang-ky/").content.decode()
    assert "(chưa khai)" in preview
    assert administrator.client.get("/ho-so-du-lieu/xem-truoc/gi-do/").status_code == 404


def test_statement_by_form_is_kept_with_its_history(administrator: Colleague) -> None:
    typed = {"controller": "Sở Y tế mẫu", "began_on": "01/08/2026"}
    reply = administrator.client.post("/ho-so-du-lieu/khai-bao/", typed)
    assert reply.status_code == 302
    page = administrator.client.get("/ho-so-du-lieu/khai-bao/").content.decode()
    assert "Sở Y tế mẫu" in page
    assert "administrator (mẫu)" in page
    assert AuditEvent.objects.filter(event="config.processing_stated").count() == 1


@pytest.mark.parametrize(("typed", "status"), [("hôm qua", 422), ("01/01/2999", 409)])
def test_bad_day_of_the_statement_is_told_at_its_box(
    administrator: Colleague, typed: str, status: int
) -> None:
    reply = administrator.client.post("/ho-so-du-lieu/khai-bao/", {"began_on": typed})
    assert reply.status_code == status
    assert not Statement.objects.exists()


def test_register_is_frozen_and_taken_by_the_browser(administrator: Colleague) -> None:
    reply = administrator.client.post("/ho-so-du-lieu/xem-truoc/so-dang-ky/")
    page = administrator.client.get(reply["Location"]).content.decode()
    assert "Bản số 1" in page
    (line,) = queries.papers(PROVINCE, Kind.REGISTER)
    address = f"/ho-so-du-lieu/ban/{line.id}"
    assert administrator.client.get(f"{address}.pdf").content.startswith(b"%PDF")
    assert administrator.client.get(f"{address}.docx").content.startswith(b"PK")
    draft = administrator.client.get("/ho-so-du-lieu/xem-truoc/danh-gia-tac-dong.pdf")
    assert draft.content.startswith(b"%PDF")


def test_breach_is_told_counted_frozen_and_sent_by_the_browser(administrator: Colleague) -> None:
    found_at = (clock.now() - timedelta(hours=1)).astimezone(clock.TZ)
    typed = {
        "found_at": found_at.strftime("%H:%M %d/%m/%Y"),
        "happened": "Mất một máy tính mẫu",
        "tables": ["accounts.Staff"],
        "consequences": "Có thể bị gọi điện",
        "measures": "Đã khóa tài khoản",
    }
    address = "/ho-so-du-lieu/vi-pham/"
    counted = administrator.client.post(address, {**typed, "do": "count"}).content.decode()
    assert "Họ tên, địa chỉ thư, mật khẩu đã băm" in counted
    reply = administrator.client.post(address, {**typed, "do": "freeze"})
    page = administrator.client.get(reply["Location"]).content.decode()
    assert "còn 70 giờ" in page
    (line,) = queries.papers(PROVINCE, Kind.BREACH)
    administrator.client.post(f"/ho-so-du-lieu/ban/{line.id}/da-gui/")
    page = administrator.client.get(f"{address}{line.id}/").content.decode()
    assert "đã gửi đúng hạn" in page


def test_clock_says_when_the_hours_are_over(administrator: Colleague) -> None:
    long_ago = replace(SAID, found_at=AT - timedelta(hours=100))
    line = queries.paper(noticed(administrator, long_ago), viewer=administrator.viewer)
    assert pages.clock_of(line)["is_over"]
    assert not Duty.objects.filter(kind="config.breach").exists()


def test_anyone_checks_the_code_that_a_paper_prints(
    administrator: Colleague, outsider: Person
) -> None:
    actions.freeze(kind=Kind.REGISTER, by=administrator.viewer, at=AT)
    (line,) = queries.papers(PROVINCE, Kind.REGISTER)
    assert line.code in printed_words(line.id, administrator)
    page = outsider.client.get("/doi-chieu/", {"ma": line.code.lower()}).content.decode()
    assert "Sổ đăng ký hoạt động xử lý" in page
    assert [secret for secret in (line.digest, str(line.id), PROVINCE) if secret in page] == []


def test_a_renewed_paper_and_a_corrected_notice_say_so(
    administrator: Colleague, outsider: Person
) -> None:
    by, later = administrator.viewer, AT + timedelta(hours=1)
    actions.state(stated=BEGAN, by=by, at=AT)
    actions.freeze(kind=Kind.DOSSIER, by=by, at=AT)
    actions.freeze(kind=Kind.DOSSIER, by=by, at=later)
    old = queries.papers(PROVINCE, Kind.DOSSIER)[1]
    page = outsider.client.get("/doi-chieu/", {"ma": old.code}).content.decode()
    assert "Đã có bản số 2 thay" in page
    first = noticed(administrator)
    code = queries.paper(first, viewer=by).code
    said = replace(SAID, n_persons=7)
    actions.notice(said=said, corrects=first, reason="lý do nội bộ", by=by, at=later)
    page = outsider.client.get("/doi-chieu/", {"ma": code}).content.decode()
    assert "Đã được đính chính bởi bản số 2" in page
    assert "lý do nội bộ" not in page


def printed_words(paper_id: UUID, administrator: Colleague) -> str:
    """The words of a paper's PDF."""
    content = actions.hand_out(paper_id=paper_id, ending=Format.PDF, by=administrator.viewer, at=AT)
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
