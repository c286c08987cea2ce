"""Exports of persons: asked for, approved where they are long, made, opened for a day, gone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from vungxanh.accounts.values.exports import ExportForm, ExportState
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous

KEPT = Keep(730, after="it was asked for")
FILE_KEPT = Keep(1, after="the file was made")


class PersonExport(models.Model):
    """One export; `number` stands on every page, `area` are the units of its persons.

    The file itself lies sealed in the file store until `opens_until`. `subjects` are the persons in
    it, as rooms refer to them ("person:<id>"), as long as there is a file; null where its list does
    not say.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=new_id, editable=False)
    resource = models.CharField(max_length=64)
    list_id = models.CharField(max_length=64)
    purpose = models.CharField(max_length=32)
    form = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    by = models.CharField(max_length=64)
    area = models.TextField()
    n_rows = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    file = models.ForeignKey("core.StoredFile", null=True, on_delete=models.SET_NULL)
    subjects = ArrayField(models.CharField(max_length=64), null=True)
    made_at = models.DateTimeField(null=True)
    opens_until = models.DateTimeField(null=True)
    n_downloads = models.PositiveIntegerField(default=0)

    privacy = (
        internal("number", "id", "resource", "purpose", "form", "language", "area", keep=KEPT)
        | internal("n_rows", "asked_at", "state", "decided_at", "made_at", keep=KEPT)
        | internal("opens_until", "n_downloads", keep=KEPT)
        | pseudonymous("by", "decided_by", "list_id", "file", keep=KEPT)
        | pseudonymous("subjects", keep=FILE_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-number"]
        indexes: ClassVar = [
            models.Index(fields=["by", "asked_at"], name="person_exports_of_officer"),
            models.Index(
                fields=["opens_until"],
                name="person_exports_open",
                condition=Q(file__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_export_state_is_known",
                condition=Q(state__in=[str(one) for one in ExportState]),
            ),
            models.CheckConstraint(
                name="person_export_form_is_known",
                condition=Q(form__in=[str(one) for one in ExportForm]),
            ),
            models.CheckConstraint(
                name="person_export_decided_by_another",
                condition=Q(decided_by="", decided_at__isnull=True)
                | (Q(decided_at__isnull=False) & ~Q(decided_by=F("by")) & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="person_export_ready_has_its_time",
                condition=~Q(state=ExportState.READY)
                | Q(made_at__isnull=False, opens_until__isnull=False),
            ),
        ]
