"""What is written and checked the fast way is what the plain way writes and checks."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.audit.tampering import tamper, write
from vungxanh.audit.models import AuditEvent
from vungxanh.audit.queries import lines
from vungxanh.audit.queries.keyring import row_tagger

UNKNOWN_KEY = (
    "UPDATE LOG SET tag = '\\x0011223344556677889900112233445566778899' WHERE subject = 'c'"
)


def test_fast_check_of_rows_agrees_with_the_plain_one(db: None) -> None:
    write("a", "b", "c", "d", "e", "f")
    tamper(
        "UPDATE LOG SET subject = 'x' WHERE subject = 'b'",
        UNKNOWN_KEY,
        "UPDATE LOG SET tag = substr(tag, 1, 11) WHERE subject = 'd'",
        "UPDATE LOG SET tag = '' WHERE subject = 'e'",
    )
    lines.fix_formats()
    tagger = row_tagger()
    plain = list(lines.between(0, 2**62))
    tags, wrong = lines.checked(0, 2**62, tagger)
    assert {row: lines.unprinted([tag]) for row, tag in tags.items()} == {
        row: tag for row, tag, _ in plain
    }
    assert wrong == {row for row, tag, content in plain if not tagger.holds(content, tag)}
    assert (len(tags), len(wrong)) == (6, 4)


def test_watched_statement_writes_the_same_row(db: None) -> None:
    write("a")
    with CaptureQueriesContext(connection) as watched:
        write("a")
    columns = ("event", "by", "at", "subject", "purpose", "detail")
    fast, plain = AuditEvent.objects.values_list(*columns)
    assert fast == plain
    assert sum("INSERT INTO audit_auditevent" in one["sql"] for one in watched) == 1


def test_refusal_of_the_database_reaches_the_caller_as_any_other(db: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        _write_as_auditor()
    write("b")
    assert AuditEvent.objects.get().subject == "b"


def _write_as_auditor() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE vungxanh_auditor")
        write("a")
