"""The table of administrative units and what became of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from vungxanh.core.privacy import public
from vungxanh.locations.values import Level, Source


class AdminUnit(models.Model):
    """One unit of one tree; the key is its public id, `vn-2021:52`.

    `path` holds the codes from the top down to this unit ("vn/52/540"), so that all descendants
    are one range of an index. `folded` is the bare name as typed without accents, for search.
    Keys compare as bytes: PostgreSQL here knows no Vietnamese order.
    """

    id = models.CharField(primary_key=True, max_length=24, db_collation="C")
    tree = models.CharField(max_length=16)
    code = models.CharField(max_length=5)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    name = models.CharField(max_length=80)
    type_word = models.CharField(max_length=12, blank=True)
    short_name = models.CharField(max_length=80)
    bare_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=120, db_collation="C")
    folded = models.CharField(max_length=80, db_collation="C")
    path = models.CharField(max_length=24, db_collation="C")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    privacy = public(
        "id",
        "tree",
        "code",
        "parent",
        "level",
        "name",
        "type_word",
        "short_name",
        "bare_name",
        "sort_key",
        "folded",
        "path",
        "valid_from",
        "valid_to",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["sort_key", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["tree", "code"], name="unit_code_once_in_a_tree"),
            models.UniqueConstraint(fields=["tree", "path"], name="unit_path_once_in_a_tree"),
            models.CheckConstraint(
                condition=Q(id=Concat("tree", Value(":"), "code")), name="unit_id_is_tree_and_code"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="unit_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, level="country")
                | Q(parent__isnull=False) & ~Q(level="country"),
                name="unit_has_a_parent_below_the_country",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="unit_is_valid_for_a_while",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["parent", "sort_key", "id"], name="unit_children_in_order"),
            models.Index(fields=["folded"], name="unit_folded_name"),
        ]


class UnitSuccession(models.Model):
    """One new unit that an old one, or a part of it, passed into; see `values.Succession`."""

    old = models.ForeignKey(
        AdminUnit, on_delete=models.CASCADE, related_name="later", db_index=False
    )
    new = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="earlier")
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    is_default = models.BooleanField()
    certainty = models.CharField(max_length=9)
    source = models.CharField(max_length=12)

    privacy = public("id", "old", "new", "share", "is_default", "certainty", "source")

    class Meta:
        ordering: ClassVar[list[str]] = ["old_id", "-is_default", "new_id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_told_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(is_default=True), name="succession_has_one_default"
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="succession_leads_to_another_unit"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=["sure", "uncertain"]),
                name="succession_certainty_is_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=[source.value for source in Source]),
                name="succession_source_is_known",
            ),
        ]
