"""Files of exported persons as a store outside the database, for whoever erases a person."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from vungxanh.accounts.models import PersonExport
from vungxanh.accounts.values.exports import ExportState
from vungxanh.core import files
from vungxanh.core.subjects import Subject

_MAKING = 0x76785F65787066


class ExportedFiles:
    """The files of a day in which persons were exported; one with the subject in it goes whole.

    Its officer asks for the export again if it is still needed. What was downloaded is elsewhere.
    """

    name = "accounts_exported_files"

    def contains(self, subject: Subject) -> int:
        """How many files have the subject in them, or do not say whom they have."""
        return _with(subject).count()

    def erase(self, subject: Subject, at: datetime) -> int:
        """Close them, then destroy their bytes; how many there were.

        Waits for files that are being made from rows read before the erasure.
        """
        with transaction.atomic():
            _wait_for_files()
            found = list(_with(subject).values_list("pk", "file_id"))
            PersonExport.objects.filter(pk__in=[pk for pk, _ in found]).update(
                state=ExportState.GONE
            )
        for pk, file_id in found:
            files.destroy(file_id)
            PersonExport.objects.filter(pk=pk).update(subjects=None)
        return len(found)


def while_files_are_made() -> None:
    """Until the caller's transaction ends a file is being made: whoever erases waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_MAKING])


def _wait_for_files() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])


def _with(subject: Subject) -> "QuerySet[PersonExport]":
    if subject.id is None:
        return PersonExport.objects.none()
    has = Q(subjects__contains=[subject.ref]) | Q(subjects__isnull=True)
    return PersonExport.objects.filter(has, file__isnull=False)
