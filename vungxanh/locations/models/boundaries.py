"""Boundaries brought in, as the sheet that is drawn from them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import pseudonymous, public

STATES = ("draft", "accepted", "dropped", "undone")


class BoundaryImport(models.Model):
    """One file of boundaries of the units right below `unit`.

    `sheet` is the drawing made of it (values.MapSheet on the wire); `remarks` are what the preview
    says: small loops cut off, islands that the file leaves out. The newest accepted one is drawn;
    undoing it brings the one before back. `original` names the kept file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    original_id = models.UUIDField()
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=100)
    as_of = models.DateField()
    sheet = models.JSONField()
    remarks = models.JSONField(default=list)
    state = models.CharField(max_length=8, default="draft")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=64, blank=True)

    privacy = public(
        "id", "unit", "file_name", "original_id", "source", "licence", "as_of", "sheet", "remarks"
    ) | (
        public("state", "created_at", "closed_at", "undone_at")
        | pseudonymous("created_by", "closed_by", "undone_by")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="boundaries_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft", closed_at__isnull=True, closed_by="")
                | (~Q(state="draft") & Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="boundaries_closed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) & ~Q(undone_by="")
                | ~Q(state="undone") & Q(undone_at__isnull=True, undone_by=""),
                name="boundaries_undone_by_and_at",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "state", "-closed_at"], name="boundaries_of_a_unit"),
        ]
