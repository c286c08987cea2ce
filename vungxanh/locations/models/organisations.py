"""Organisations and health facilities, every change of them, and the lists they were read from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public
from vungxanh.locations.values.kinds import KINDS

ACTIONS = ("added", "changed", "closed", "merged", "undone", "imported", "import_undone")
IMPORT_STATES = ("draft", "accepted", "dropped", "undone")


class Organisation(models.Model):
    """One organisation as it now stands.

    `folded` is the name as typed without accents, for search; `name_key` is the same for names that
    may be one organisation, `exact_name` only for names that are. A row with `removed_at` was taken
    back by an undo: it stays for its history and is shown nowhere else. `hours` are stretches of
    minutes from Monday to Sunday. The point is in degrees, WGS 84.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=400, db_collation="C")
    name_key = models.CharField(max_length=600, db_collation="C")
    exact_name = models.CharField(max_length=400, db_collation="C")
    sort_key = models.CharField(max_length=600, db_collation="C")
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    successor = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    tax_code = models.CharField(max_length=14, blank=True, db_index=True)
    lat = models.DecimalField(max_digits=7, decimal_places=5, null=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    hours = models.JSONField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    is_invented = models.BooleanField(default=False)
    n_changes = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "kind", "name", "folded", "name_key", "exact_name", "sort_key", "unit")
        | public("parent", "successor", "address", "telephone", "email", "website", "tax_code")
        | public("lat", "lon", "hours", "valid_from", "valid_to", "source", "as_of")
        | public("is_invented", "n_changes", "changed_at", "removed_at")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["sort_key", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=list(KINDS)), name="organisation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(6, 24), lon__range=(102, 118)),
                name="organisation_point_in_the_country",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="organisation_is_valid_for_a_while",
            ),
            models.CheckConstraint(
                condition=(Q(successor__isnull=True) | ~Q(successor=F("id")))
                & (Q(parent__isnull=True) | ~Q(parent=F("id"))),
                name="organisation_is_not_its_own_relative",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="organisation_with_successor_is_closed",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "exact_name"],
                condition=Q(removed_at__isnull=True, valid_to__isnull=True),
                name="organisation_once_in_a_unit",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_key", "id"], name="organisation_in_order"),
            models.Index(fields=["unit", "name_key"], name="organisation_unit_and_name"),
        ]


class OrganisationImport(models.Model):
    """A list of organisations that was read: a draft, then taken in whole, dropped or undone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="draft")
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    privacy = (
        internal(
            "id", "scope", "file_name", "digest", "state", "content", "created_at", "closed_at"
        )
        | internal("undone_at")
        | pseudonymous("created_by")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=IMPORT_STATES), name="organisation_import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", closed_at__isnull=True)
                | ~Q(state="draft") & Q(closed_at__isnull=False),
                name="organisation_import_closed_with_state",
            ),
        ]


class OrganisationChange(models.Model):
    """One write of one organisation, numbered: what was said before and after, never changed."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=16)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.ForeignKey(
        OrganisationImport, null=True, on_delete=models.PROTECT, related_name="changes"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    privacy = (
        public("id", "organisation", "number", "action", "before", "after", "at")
        | internal("batch")
        | pseudonymous("by")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation", "-number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="organisation_change_once"
            ),
            models.CheckConstraint(
                condition=Q(action__in=ACTIONS), name="organisation_change_action_known"
            ),
        ]
