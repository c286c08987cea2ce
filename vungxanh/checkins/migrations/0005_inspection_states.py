"""What a round of reminders, a proposal and a report may be: which states, which once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0004_point_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="duty",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="reminder",
            name="lapsed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="suspensionproposal",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="suspensionproposal",
            name="ended_by",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="tamperreport",
            name="duty",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "result__in",
                        [
                            "closed",
                            "fine",
                            "no_point",
                            "no_poster",
                            "not_scanning",
                            "other",
                            "wrong_poster",
                        ],
                    )
                ),
                name="inspection_result_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(
                        ("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="inspection_answered_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "closed",
                            "fine",
                            "no_point",
                            "no_poster",
                            "not_scanning",
                            "other",
                            "wrong_poster",
                        ],
                    )
                ),
                name="reminder_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("met_at__isnull", True), ("lapsed_at__isnull", True), _connector="OR"
                ),
                name="reminder_met_or_lapsed",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("lapsed_at__isnull", True), ("met_at__isnull", True), ("point__isnull", False)
                ),
                fields=("point", "number"),
                name="reminder_of_a_point_counts_upward",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("lapsed_at__isnull", True),
                    ("met_at__isnull", True),
                    ("premises__isnull", False),
                ),
                fields=("premises", "number"),
                name="reminder_of_premises_counts_upward",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspensionproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(("decided_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_rejected_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspensionproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state", "accepted"),
                        models.Q(("ended_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proposal_ended_after_it_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspensionproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("point__isnull", False),
                    models.Q(("state", "rejected"), _negated=True),
                ),
                fields=("point",),
                name="proposal_in_force_once_of_a_point",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspensionproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("premises__isnull", False),
                    models.Q(("state", "rejected"), _negated=True),
                ),
                fields=("premises",),
                name="proposal_in_force_once_of_premises",
            ),
        ),
        migrations.AddConstraint(
            model_name="tamperreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["damaged", "other", "other_place", "pasted_over"])
                ),
                name="tamper_report_says_what",
            ),
        ),
    ]
