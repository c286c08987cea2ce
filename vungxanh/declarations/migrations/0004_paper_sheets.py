import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0003_intake_judges"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetCount",
            fields=[
                (
                    "questionnaire",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="declarations.questionnaire",
                    ),
                ),
                ("n", models.IntegerField(default=0)),
            ],
            options={
                "ordering": ["questionnaire"],
            },
        ),
        migrations.CreateModel(
            name="Pile",
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
                ("purpose", models.CharField(max_length=32)),
                ("lies_at", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="declarations.questionnaire",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="EnteredSheet",
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
                ("number", models.CharField(db_collation="C", max_length=12)),
                ("declaration_id", models.UUIDField(unique=True)),
                ("person_id", models.BigIntegerField()),
                ("signed_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "pile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="declarations.pile",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="pile",
            index=models.Index(fields=["by", "-at"], name="pile_of_officer"),
        ),
        migrations.AddIndex(
            model_name="enteredsheet",
            index=models.Index(fields=["person_id"], name="sheet_of_person"),
        ),
        migrations.AddIndex(
            model_name="enteredsheet",
            index=models.Index(fields=["by", "at"], name="sheet_of_officer"),
        ),
        migrations.AddConstraint(
            model_name="enteredsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("number",),
                name="sheet_entered_once",
            ),
        ),
    ]
