"""Messages to and from one subject, found by the index of addresses and by what they are about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from vungxanh.core.clock import TZ
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.messaging.models import ADDRESS, IncomingSms, Message, OptOut
from vungxanh.messaging.queries.addresses import known_as
from vungxanh.refusals import Words

ROOM = "messaging"
_MONTH = Words(
    vi="30 ngày sau khi gửi; lời nhắn được xóa sau 2 ngày.",
    en="30 days after sending; the words are erased after 2 days.",
)
_CAME = Words(vi="30 ngày sau khi xử lý.", en="30 days after they were dealt with.")
_WISH = Words(vi="Đến khi bạn nhận tin lại.", en="Until you take messages again.")
_TABLES = {
    "messaging_message": "sent",
    "messaging_incomingsms": "came",
    "messaging_optout": "refused",
}
_LINES = {
    "messaging_message": (Words(vi="Tin đã gửi cho bạn", en="Messages to you"), _MONTH),
    "messaging_incomingsms": (Words(vi="Tin bạn nhắn đến", en="Messages from you"), _CAME),
    "messaging_optout": (Words(vi="Từ chối nhận tin", en="Refusal of messages"), _WISH),
}


def rows_of(subject: Subject) -> dict[str, "QuerySet[Any]"]:
    """The rows of this room that are somebody's, by table; no query yet."""
    digests = [one for address in subject.addresses for one in ADDRESS.digests(known_as(address))]
    about = [subject.ref, *subject.device_refs]
    return {
        "messaging_message": Message.objects.filter(Q(to_index__in=digests) | Q(about__in=about)),
        "messaging_incomingsms": IncomingSms.objects.filter(sender_index__in=digests),
        "messaging_optout": OptOut.objects.filter(address_index__in=digests),
    }


def held(subject: Subject) -> Iterator[HeldLine]:
    """What this room keeps of somebody, in words."""
    for table, rows in rows_of(subject).items():
        what, why = _LINES[table]
        yield HeldLine(ROOM, what, rows.count(), None, why, table=_TABLES[table])


def export(subject: Subject) -> Rows:
    """Messages with their words where they are still kept."""
    rows = rows_of(subject)
    sent = [
        {"at": _said(row.created_at), "kind": row.kind, "to": row.to, "text": row.text or ""}
        for row in rows["messaging_message"]
    ]
    came = [
        {"at": _said(row.came_at), "text": row.text or ""} for row in rows["messaging_incomingsms"]
    ]
    wishes = [{"since": _said(row.since), "kind": row.kind} for row in rows["messaging_optout"]]
    return {"sent": sent, "came": came, "refused": wishes}


def left(subject: Subject) -> dict[str, int]:
    """What still is found of somebody, by table."""
    return {table: rows.count() for table, rows in rows_of(subject).items()}


def _said(at: datetime) -> str:
    return at.astimezone(TZ).isoformat(timespec="seconds")
