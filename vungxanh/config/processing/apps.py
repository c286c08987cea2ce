"""The app of the papers on processing, for its tables and templates."""

from datetime import datetime

from django.apps import AppConfig


class ProcessingConfig(AppConfig):
    """Registers the package with Django."""

    name = "vungxanh.config.processing"
    label = "processing"

    def purge(self, at: datetime) -> int:
        """Forget statements that were replaced and papers that are past their time."""
        from vungxanh.config.processing.actions import forget

        return forget(at=at)
