"""A campaign's basis names its campaign and what it covers, and holds once another approved it."""

from django.db import migrations, models
from django.db.models import F, Q

DECIDED = Q(decision__in=["approved", "refused", "withdrawn"])


class Migration(migrations.Migration):
    dependencies = [("people", "0005_partitions")]

    operations = [
        migrations.AddField(
            "processingbasis", "campaign", models.CharField(max_length=200, default="")
        ),
        migrations.AddField(
            "processingbasis", "covers", models.CharField(max_length=32, blank=True, default="")
        ),
        migrations.AddField(
            "processingbasis", "decision", models.CharField(max_length=16, default="waiting")
        ),
        migrations.AddField(
            "processingbasis", "decided_by", models.CharField(max_length=64, blank=True, default="")
        ),
        migrations.AddField("processingbasis", "decided_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "processingbasis",
            models.CheckConstraint(
                name="basis_is_decided_by_somebody",
                condition=Q(decision="waiting", decided_by="", decided_at__isnull=True)
                | (DECIDED & ~Q(decided_by="") & Q(decided_at__isnull=False)),
            ),
        ),
        migrations.AddConstraint(
            "processingbasis",
            models.CheckConstraint(
                name="basis_is_approved_by_another",
                condition=~Q(decision="approved") | ~Q(decided_by=F("written_by")),
            ),
        ),
    ]
