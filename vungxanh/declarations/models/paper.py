"""Sheets of paper: how many were numbered, the piles that officers enter, and what was entered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous
from vungxanh.declarations.models.declarations import DECLARED_KEPT


class SheetCount(models.Model):
    """How many sheets of a version were given a number."""

    questionnaire = models.OneToOneField(
        "declarations.Questionnaire", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    n = models.IntegerField(default=0)

    privacy = internal("questionnaire", "n")

    class Meta:
        ordering: ClassVar = ["questionnaire"]


class Pile(models.Model):
    """Sheets that one officer enters in one go: what for, and where the paper lies afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    questionnaire = models.ForeignKey(
        "declarations.Questionnaire", on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=32)
    lies_at = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = internal(
        "id", "questionnaire", "purpose", "lies_at", "at", keep=DECLARED_KEPT
    ) | pseudonymous("by", keep=DECLARED_KEPT)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [models.Index(fields=["by", "-at"], name="pile_of_officer")]


class EnteredSheet(models.Model):
    """One sheet that was entered, signed by whom it is about; once, unless it was undone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pile = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="sheets")
    number = models.CharField(max_length=12, db_collation="C")
    declaration_id = models.UUIDField(unique=True)
    person_id = models.BigIntegerField()
    signed_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    undone_at = models.DateTimeField(null=True)

    privacy = internal(
        "id", "pile", "number", "signed_on", "at", "undone_at", keep=DECLARED_KEPT
    ) | pseudonymous("declaration_id", "person_id", "by", keep=DECLARED_KEPT)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="sheet_of_person"),
            models.Index(fields=["by", "at"], name="sheet_of_officer"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="sheet_entered_once", fields=["number"], condition=Q(undone_at__isnull=True)
            )
        ]
