"""Premises that must have a point, and the lists that name them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.values.kinds import KINDS
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public


class PremisesList(models.Model):
    """A list of premises as an agency, a school board or an enterprise sent it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    as_of = models.DateField()
    original_id = models.UUIDField(null=True)
    plan = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="draft")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "title", "source", "basis", "as_of", "at")
        | internal("original_id", "plan", "state", "closed_at")
        | pseudonymous("by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="premises_list_state_is_known",
                condition=Q(state__in=["accepted", "draft", "dropped", "undone"]),
            ),
        ]


class Premises(models.Model):
    """One place that must have a control point; `parent` is what it is affiliated to.

    It is registered once a living point names it (`Point.premises`). `not_points` are ids of points
    of which a person said that they are not of these premises.
    """

    id = models.BigAutoField(primary_key=True)
    not_points = models.JSONField(default=list)
    list = models.ForeignKey(PremisesList, on_delete=models.CASCADE, related_name="premises")
    name = models.CharField(max_length=200)
    same_key = models.CharField(max_length=400, db_collation="C")
    kind = models.CharField(max_length=16)
    address = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(
        "locations.AdminUnit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    tax_code = models.CharField(max_length=14, blank=True)
    organisation = models.ForeignKey(
        "locations.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    n_staff = models.PositiveIntegerField(null=True)
    exempt_reason = models.CharField(max_length=300, blank=True)
    exempt_at = models.DateTimeField(null=True)
    exempt_by = models.CharField(max_length=64, blank=True)

    privacy = (
        public("id", "list", "name", "same_key", "kind", "address", "unit", "tax_code", "parent")
        | public("organisation", "n_staff", "exempt_at")
        | internal("exempt_reason", "not_points")
        | pseudonymous("exempt_by")
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "same_key"], name="premises_by_unit"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="premises_kind_is_known",
                condition=Q(kind__in=sorted(str(one) for one in KINDS)),
            ),
            models.CheckConstraint(
                name="premises_exempt_by_and_at",
                condition=Q(exempt_at__isnull=True, exempt_by="", exempt_reason="")
                | Q(exempt_at__isnull=False) & ~Q(exempt_by="") & ~Q(exempt_reason=""),
            ),
        ]
