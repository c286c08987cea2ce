"""What came in, without senders or texts."""

from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import IncomingMail, IncomingSms
from vungxanh.messaging.queries.outbox import CAPABILITY
from vungxanh.messaging.rules import Incoming
from vungxanh.messaging.values import ASIDE, INCOMING_WORDS, MailLine, SmsLine
from vungxanh.refusals import Words


def inbox(viewer: Viewer, *, page: object = 1) -> Page[MailLine]:
    """One page of the mails that came in, newest first; two queries."""
    viewer.require(CAPABILITY)
    found = IncomingMail.objects.defer("sender", "subject")
    rows: Page[IncomingMail] = numbered(found, page)
    lines = tuple(_mail_line(mail) for mail in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def _mail_line(mail: IncomingMail) -> MailLine:
    state = Incoming(mail.state)
    return MailLine(
        id=mail.id,
        came_at=mail.came_at,
        n_bytes=mail.n_bytes,
        n_attachments=mail.n_attachments,
        state=state,
        words=INCOMING_WORDS[state],
        problem=ASIDE.get(mail.problem, Words(mail.problem, mail.problem)),
        taken_as=mail.taken_as,
    )


def sms_inbox(viewer: Viewer, *, page: object = 1) -> Page[SmsLine]:
    """One page of the SMS that came in, newest first; two queries."""
    viewer.require(CAPABILITY)
    rows: Page[IncomingSms] = numbered(IncomingSms.objects.defer("sender", "text"), page)
    lines = tuple(_sms_line(sms) for sms in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def _sms_line(sms: IncomingSms) -> SmsLine:
    state = Incoming(sms.state)
    problem = ASIDE.get(sms.problem, Words(sms.problem, sms.problem))
    return SmsLine(sms.id, sms.came_at, state, INCOMING_WORDS[state], problem)
