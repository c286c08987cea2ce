"""Purposes of looking at persons, and proposals to change them."""

from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_drop_role_unit")]
    operations = [
        migrations.CreateModel(
            name="Purpose",
            fields=[
                ("code", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("vi", models.CharField(max_length=200)),
                ("en", models.CharField(max_length=200)),
                ("law", models.CharField(max_length=200)),
                ("article", models.CharField(max_length=100)),
                ("law_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["starts_on", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z][a-z_]{2,31}$")),
                        name="purpose_code_is_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="purpose_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurposeProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vungxanh.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("change", models.CharField(max_length=8)),
                ("code", models.CharField(max_length=32)),
                ("vi", models.CharField(max_length=200)),
                ("en", models.CharField(max_length=200)),
                ("law", models.CharField(max_length=200)),
                ("article", models.CharField(max_length=100)),
                ("law_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("proposed_by", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                ("decision", models.CharField(default="waiting", max_length=16)),
                ("decided_by", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-proposed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("change__in", ["add", "end"])),
                        name="purpose_proposal_change_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by", ""),
                                ("decision", "waiting"),
                            ),
                            models.Q(
                                ("decision__in", ["approved", "refused", "withdrawn"]),
                                models.Q(("decided_by", ""), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="purpose_proposal_is_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "approved"), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="purpose_proposal_is_approved_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "waiting")),
                        fields=("code",),
                        name="purpose_proposal_waits_alone",
                    ),
                ],
            },
        ),
    ]
