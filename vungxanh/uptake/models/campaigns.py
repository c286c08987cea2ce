"""Campaigns: targets that several units were given at once, from one day to another."""

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import pseudonymous, public


class Campaign(models.Model):
    """What an area set out to reach with the units below it; each has its own target in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    due_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    privacy = public(
        "id", "scope", "name", "starts_on", "due_on", "set_at", "ended_at"
    ) | pseudonymous("set_by")

    class Meta:
        indexes = (models.Index(fields=["scope", "-set_at"], name="campaign_of_scope"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"
            ),
        )
