"""Control points, their entrances and rooms, and every change of them."""

from typing import ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from vungxanh.checkins.values.kinds import KINDS, EntranceKind, State, Via
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import FOREVER, Keep, internal, personal, pseudonymous, public
from vungxanh.core.sealed import IndexKey, SealedField

KEPT = Keep(365, after="the point was closed")
IMPORT_STATES = [
    *("accepted", "draft", "dropped", "reading", "refused", "undoing", "undone", "writing"),
]
CONTACT_PHONES = IndexKey("checkins_point.contact_phone")


class Point(models.Model):
    """One control point as it now stands; `id` is the `place_id` of visits.

    `code` is what people type: eight random characters and one that checks them. `unit` is a
    commune of today's map. `words` is what a search finds: words of name and address without
    accents, and the units above (`values.words`); its index is made by migration 0003. A point of
    an erased owner stays, without owner and contact. One that was `merged_into` another is closed,
    but its codes go on as codes of that other one.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=9, unique=True, db_collation="C")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(
        "locations.AdminUnit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    lat = models.DecimalField(max_digits=7, decimal_places=5, null=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    same_key = models.CharField(max_length=200, db_collation="C")
    words = SearchVectorField()
    hours = models.JSONField(null=True)
    usual_stay_minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveIntegerField(null=True)
    contact_name = SealedField(blank=True)
    contact_phone = SealedField(blank=True)
    contact_phone_index = models.BinaryField(max_length=32, null=True)
    owner = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        "locations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    premises = models.ForeignKey(
        "checkins.Premises", null=True, on_delete=models.SET_NULL, related_name="points"
    )
    via = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=State.REGISTERED.value)
    state_reason = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    is_invented = models.BooleanField(default=False)
    request_id = models.UUIDField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )

    privacy = (
        public("id", "code", "kind", "name", "address", "unit", "lat", "lon", "same_key", "words")
        | public("hours", "usual_stay_minutes", "capacity", "organisation", "premises", "via")
        | public("state", "registered_at", "decided_at", "is_invented", "merged_into")
        | internal("state_reason", "request_id")
        | personal("contact_name", "contact_phone", keep=KEPT)
        | pseudonymous("contact_phone_index", "owner", "registered_by", "decided_by", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "kind", "id"], name="point_by_unit"),
            models.Index(fields=["unit", "same_key"], name="point_that_may_be_the_same"),
            models.Index(fields=["contact_phone_index"], name="point_by_contact"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="point_registered_once_for_a_request", fields=["owner", "request_id"]
            ),
            models.CheckConstraint(
                name="point_kind_is_known", condition=Q(kind__in=sorted(str(one) for one in KINDS))
            ),
            models.CheckConstraint(
                name="point_state_is_known",
                condition=Q(state__in=sorted(str(one) for one in State)),
            ),
            models.CheckConstraint(
                name="point_merged_is_closed",
                condition=Q(merged_into__isnull=True) | Q(state=State.CLOSED.value),
            ),
            models.CheckConstraint(
                name="point_via_is_known", condition=Q(via__in=sorted(str(one) for one in Via))
            ),
            models.CheckConstraint(
                name="point_lies_in_the_country",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(6, 24), lon__range=(102, 118)),
            ),
            models.CheckConstraint(
                name="point_stay_is_within_two_days",
                condition=Q(usual_stay_minutes__range=(1, 2880)),
            ),
            models.CheckConstraint(
                name="point_decided_by_and_at",
                condition=Q(state=State.REGISTERED.value, decided_at__isnull=True, decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decided_by=""),
            ),
        ]


class Entrance(models.Model):
    """A door or a room of a point with codes of its own; number 0 is the point as a whole."""

    id = models.BigAutoField(primary_key=True)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="entrances")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, default=EntranceKind.DOOR.value)
    label = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)

    privacy = public("id", "point", "number", "kind", "label", "closed_at")

    class Meta:
        ordering: ClassVar = ["point", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="entrance_once_at_a_point", fields=["point", "number"]),
            models.CheckConstraint(
                name="entrance_number_fits_its_code", condition=Q(number__range=(0, 255))
            ),
            models.CheckConstraint(
                name="entrance_kind_is_known",
                condition=Q(kind__in=sorted(str(one) for one in EntranceKind)),
            ),
        ]


class PointChange(models.Model):
    """What was changed of a point, by whom and why; `before` holds no contact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="changes")
    action = models.CharField(max_length=12)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = internal(
        "id", "point", "action", "before", "after", "reason", "at", keep=FOREVER
    ) | pseudonymous("by", keep=KEPT)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["point", "-at"], name="change_of_a_point")]


class PointImport(models.Model):
    """A spreadsheet of points that an organisation or an officer brought, until it is accepted.

    `plan` is what the preview shows; once taken in, which points came of it. `n_done` of `n_rows`
    are read or written, or of `n_new` undone, by a job, whose last sign of life is `step_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=200)
    original_id = models.UUIDField(null=True)
    plan = SealedField()
    n_rows = models.PositiveIntegerField(default=0)
    n_new = models.PositiveIntegerField(default=0)
    n_suspected = models.PositiveIntegerField(default=0)
    n_faulty = models.PositiveIntegerField(default=0)
    n_done = models.PositiveIntegerField(default=0)
    step_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, default="draft")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "file_name", "original_id", "n_rows", "n_new", "n_suspected", "n_faulty")
        | internal("n_done", "step_at", "refusal", "state", "at", "closed_at")
        | personal("plan", keep=Keep(7, after="the file was brought"))
        | pseudonymous("by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="point_import_state_is_known",
                condition=Q(state__in=IMPORT_STATES),
            ),
            models.CheckConstraint(
                name="point_import_counts_add_up",
                condition=Q(n_rows__gte=F("n_new")) & Q(n_rows__gte=F("n_faulty")),
            ),
        ]
