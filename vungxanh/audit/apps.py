"""The audit room."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.apps import AppConfig

from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.refusals import Words


class AuditConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.audit"
    label = "audit"

    def purge(self, at: datetime) -> int:
        """Take away the rows of days past their time; their signatures stay."""
        from vungxanh.audit.actions import purge_days

        return purge_days(at=at)

    def held(self, subject: Subject, at: datetime) -> Iterable[HeldLine]:
        """Rows of the log that name somebody by their number; they stay, and say why."""
        from vungxanh.audit.queries.looks import n_about

        what = Words(vi="Dòng nhật ký có mã số của bạn", en="Rows of the log with your number")
        why = Words(
            vi="2 năm. Nhật ký không xóa từng dòng được, để ai cũng kiểm được ai đã xem gì; không "
            "dòng nào có tên hay số điện thoại.",
            en="2 years. Single rows of the log cannot be erased, so that anybody can check who "
            "saw what; no row has a name or telephone number.",
        )
        n = n_about((subject.ref, *subject.device_refs))
        return (HeldLine("audit", what, n, None, why, goes=False, table="log"),)

    def export(self, subject: Subject) -> Rows:
        """The same rows: when, what, for what; never who, which a person reads by office."""
        from vungxanh.audit.queries.looks import told_about

        return {"log": told_about((subject.ref, *subject.device_refs))}

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; days that are not signed yet go once they are."""
        from vungxanh.audit.actions import n_past

        return n_past(at=at)
