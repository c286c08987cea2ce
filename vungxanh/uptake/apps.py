"""The uptake room."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.apps import AppConfig

if TYPE_CHECKING:
    from vungxanh.documents.mails import Mail
    from vungxanh.messaging.values import Taken
    from vungxanh.refusals import Words


class UptakeConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.uptake"
    label = "uptake"
    duty_pages: ClassVar = {"uptake.report": "uptake-report_of_duty"}

    def detail_words(self) -> Mapping[str, Mapping[str, "Words"]]:
        """The ways in which reports come, as the log names them."""
        from vungxanh.uptake.values.reporting import CHANNEL_WORDS

        return {"channel": {str(channel): words for channel, words in CHANNEL_WORDS.items()}}

    def take_mail(self, *, mail: "Mail", original: UUID, at: datetime) -> "Taken | None":
        """Take the report that is attached to a mail; None where its sender reports on nothing."""
        from vungxanh.uptake.imports.sent_reports import take_report

        return take_report(mail=mail, original=original, at=at)

    def residents(self, unit_ids: list[str]) -> list[tuple[str, int, date, str]]:
        """The newest published population of units that have one: unit, people, day, source."""
        from vungxanh.uptake.queries.facts import latest_facts, moment_of

        moment = moment_of(None, None)
        found = latest_facts(unit_ids, moment, unpublished=False, elements=["population"])
        return [(one.unit_id, one.value, one.as_of.date(), one.source) for one in found]

    def purge(self, at: datetime) -> int:
        """Forget originals of reports whose table is long published, and who called a year ago."""
        from vungxanh.uptake.actions.reporting.forgetting import forget_callers, forget_originals

        return forget_originals(at=at) + forget_callers(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; nothing is deleted."""
        from vungxanh.uptake.actions.reporting.forgetting import n_past

        return n_past(at)
