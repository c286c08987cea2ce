"""The app of the papers on processing, for its tables and templates."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from vungxanh.reports.values import Verified


class ProcessingConfig(AppConfig):
    """Registers the package with Django."""

    name = "vungxanh.config.processing"
    label = "processing"

    def verified(self, code: str) -> "Iterable[Verified]":
        """The frozen papers whose check code this is, for whoever holds one."""
        from vungxanh.config.processing.queries import verified

        return verified(code)

    def purge(self, at: datetime) -> int:
        """Forget statements that were replaced and papers that are past their time."""
        from vungxanh.config.processing.actions import forget

        return forget(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table; nothing is deleted."""
        from vungxanh.config.processing.queries import past

        return {rows.model._meta.db_table: rows.count() for rows in past(at)}
