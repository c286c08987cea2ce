"""A proof of erasure says, sealed, who was erased until everything was read again."""

from django.db import migrations, models

import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("people", "0003_look_up_times")]

    operations = [
        migrations.AddField(
            model_name="erasureproof",
            name="subject",
            field=vungxanh.core.sealed.SealedField(null=True),
        ),
        migrations.AddConstraint(
            model_name="erasureproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_at__isnull", True), ("subject__isnull", True), _connector="OR"
                ),
                name="erasure_proof_once_checked_names_nobody",
            ),
        ),
    ]
