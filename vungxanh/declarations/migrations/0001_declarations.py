"""Tables of health declarations; what was declared lies in a partition for each day of its UUIDv7.

Partitions are made and dropped by two functions that run as the owner of the table and do nothing
to any other one. Declarations name persons, forms, points and devices without foreign keys: who
writes has read these in the same transaction.
"""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.enveloped
import vungxanh.core.ids
import vungxanh.core.sealed

DECLARATIONS = """
CREATE TABLE declarations_declaration (
    id uuid NOT NULL,
    person_id bigint NOT NULL,
    questionnaire_id smallint NOT NULL,
    way varchar(9) NOT NULL,
    lang varchar(2) NOT NULL,
    unit_id varchar(24) COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    day date NOT NULL,
    device_id uuid,
    by varchar(64) NOT NULL,
    point_id bigint,
    answers bytea,
    colour smallint NOT NULL,
    is_ill boolean NOT NULL,
    rules_id integer,
    outcome bytea,
    until timestamptz NOT NULL,
    CONSTRAINT declarations_declaration_pkey PRIMARY KEY (id),
    CONSTRAINT declaration_way_is_known
        CHECK (way IN ('dependant', 'keeper', 'link', 'officer', 'paper', 'self')),
    CONSTRAINT declaration_colour_is_known CHECK (colour BETWEEN 0 AND 3)
) PARTITION BY RANGE (id);
CREATE TABLE declarations_declaration_default PARTITION OF declarations_declaration DEFAULT;
CREATE INDEX declaration_of_person ON declarations_declaration (person_id, at);
CREATE INDEX declaration_of_unit ON declarations_declaration (unit_id, day);

-- The least UUIDv7 of a UTC day: 48 bits of milliseconds, then nothing.
CREATE FUNCTION declarations_first_id(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid
$$;

CREATE FUNCTION declarations_make_days(first_day date, last_day date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
    one date;
    part text;
    is_strewn boolean;
    n_made integer := 0;
BEGIN
    IF last_day - first_day > 62 THEN
        RAISE EXCEPTION 'too many days are asked for';
    END IF;
    FOR one IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
        part := 'declarations_declaration_' || to_char(one, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        -- A day that strays lie in stays in the default partition, and is purged row by row.
        SELECT EXISTS (SELECT FROM declarations_declaration_default
            WHERE id >= declarations_first_id(one) AND id < declarations_first_id(one + 1))
            INTO is_strewn;
        CONTINUE WHEN is_strewn;
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF declarations_declaration FOR VALUES FROM (%L) TO (%L)',
            part, declarations_first_id(one), declarations_first_id(one + 1));
        n_made := n_made + 1;
    END LOOP;
    RETURN n_made;
END $$;

CREATE FUNCTION declarations_drop_days(before date) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    n_held bigint;
    n_gone bigint := 0;
    parts text[] := '{}';
BEGIN
    FOR part IN
        SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'declarations_declaration'::regclass AND c.relname ~ '_[0-9]{8}$'
            AND to_date(right(c.relname, 8), 'YYYYMMDD') < before
        ORDER BY 1
    LOOP
        EXECUTE format('SELECT count(*) FROM %I', part) INTO n_held;
        n_gone := n_gone + n_held;
        parts := parts || part;
    END LOOP;
    IF parts <> '{}' THEN
        LOCK TABLE declarations_declaration IN ACCESS EXCLUSIVE MODE;
        FOREACH part IN ARRAY parts LOOP
            EXECUTE format('DROP TABLE %I', part);
        END LOOP;
    END IF;
    RETURN n_gone;
END $$;
REVOKE ALL ON FUNCTION declarations_make_days(date, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION declarations_drop_days(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION declarations_make_days(date, date) TO vungxanh_worker;
GRANT EXECUTE ON FUNCTION declarations_drop_days(date) TO vungxanh_worker;
-- A declaration is what somebody said: no page changes it.
REVOKE UPDATE ON declarations_declaration FROM vungxanh_web, vungxanh_worker;

SELECT declarations_make_days(today - 2, today + 7)
FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS today) AS day;
"""
NO_DECLARATIONS = """
DROP TABLE declarations_declaration;
DROP FUNCTION declarations_drop_days(date);
DROP FUNCTION declarations_make_days(date, date);
DROP FUNCTION declarations_first_id(date);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("locations", "0005_boundaries"),
        ("people", "0011_intake_keeps_longer"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclarationCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "unit",
                        "form",
                        "way",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("unit", models.CharField(db_collation="C", max_length=24)),
                ("form", models.CharField(db_collation="C", max_length=24)),
                ("way", models.CharField(max_length=9)),
                ("n", models.IntegerField()),
                ("n_ill", models.IntegerField()),
                ("n_first", models.IntegerField()),
            ],
            options={
                "ordering": ["day", "unit", "form", "way"],
            },
        ),
        migrations.CreateModel(
            name="Contest",
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
                ("declaration_id", models.UUIDField()),
                ("person_id", models.BigIntegerField()),
                ("words", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        default="open",
                        max_length=9,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("colour", models.CharField(blank=True, max_length=8)),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "indexes": [
                    models.Index(fields=["person_id"], name="contest_of_person"),
                    models.Index(fields=["state", "asked_at"], name="contest_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("declaration_id",),
                        name="contest_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by", ""), ("state", "open")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ["corrected", "kept"]),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contest_decided_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("colour__in", ["", "green", "orange", "red", "yellow"])
                        ),
                        name="contest_colour_is_known",
                    ),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DECLARATIONS, NO_DECLARATIONS)],
            state_operations=[
                migrations.CreateModel(
                    name="Declaration",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("person_id", models.BigIntegerField()),
                        ("questionnaire_id", models.SmallIntegerField()),
                        ("way", models.CharField(max_length=9)),
                        ("lang", models.CharField(max_length=2)),
                        ("unit_id", models.CharField(blank=True, db_collation="C", max_length=24)),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("day", models.DateField()),
                        ("device_id", models.UUIDField(null=True)),
                        ("by", models.CharField(blank=True, max_length=64)),
                        ("point_id", models.BigIntegerField(null=True)),
                        ("answers", vungxanh.core.enveloped.EnvelopedField(null=True)),
                        ("colour", models.SmallIntegerField()),
                        ("is_ill", models.BooleanField()),
                        ("rules_id", models.IntegerField(null=True)),
                        ("outcome", vungxanh.core.enveloped.EnvelopedField(null=True)),
                        ("until", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["person_id", "at"], name="declaration_of_person"),
                            models.Index(fields=["unit_id", "day"], name="declaration_of_unit"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "way__in",
                                        ["dependant", "keeper", "link", "officer", "paper", "self"],
                                    )
                                ),
                                name="declaration_way_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("colour__range", (0, 3))),
                                name="declaration_colour_is_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeclarationLink",
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
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("person_id", models.BigIntegerField()),
                ("form", models.CharField(db_collation="C", max_length=24)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                ("until", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["person_id"], name="link_of_person"),
                    models.Index(fields=["until"], name="link_to_purge"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("device_id", models.UUIDField()),
                ("person_id", models.BigIntegerField(null=True)),
                ("questionnaire_id", models.SmallIntegerField()),
                ("answers", vungxanh.core.sealed.SealedField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["at"], name="declaration_draft_to_purge")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("device_id", "person_id", "questionnaire_id"),
                        name="declaration_draft_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                ("declaration_id", models.UUIDField(primary_key=True, serialize=False)),
                ("person_id", models.BigIntegerField()),
                ("received_at", models.DateTimeField()),
                ("work", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["declaration_id"],
                "indexes": [models.Index(fields=["person_id"], name="pending_of_person")],
            },
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(db_collation="C", max_length=24)),
                ("version", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("content", models.JSONField()),
                ("languages", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(default="draft", max_length=9),
                ),
                ("valid_from", models.DateField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["code", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="questionnaire_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "retired"])),
                        name="questionnaire_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", False), ("state", "retired")),
                            models.Q(
                                models.Q(("state", "retired"), _negated=True),
                                ("retired_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="questionnaire_retired_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Care",
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
                ("declaration_id", models.UUIDField(unique=True)),
                ("person_id", models.BigIntegerField()),
                ("duty", models.CharField(blank=True, max_length=80)),
                ("opened_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(default="open", max_length=8),
                ),
                ("called_at", models.DateTimeField(null=True)),
                ("result", models.CharField(blank=True, max_length=11)),
                ("note", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("handled_by", models.CharField(blank=True, max_length=64)),
                ("handled_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "escalated_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
            options={
                "ordering": ["opened_at", "id"],
                "indexes": [
                    models.Index(fields=["unit", "state", "opened_at"], name="care_of_unit"),
                    models.Index(fields=["person_id"], name="care_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["calling", "closed", "handled", "open"])),
                        name="care_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "result__in",
                                [
                                    "",
                                    "home_watch",
                                    "hospital",
                                    "moved",
                                    "not_ill",
                                    "not_reached",
                                    "test",
                                ],
                            )
                        ),
                        name="care_result_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handled_at__isnull", True), ("handled_by", "")),
                            models.Q(
                                ("handled_at__isnull", False),
                                models.Q(("handled_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="care_handled_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("escalated_at__isnull", True), ("escalated_to__isnull", True)
                            ),
                            models.Q(
                                ("escalated_at__isnull", False), ("escalated_to__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="care_escalated_to_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
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
                ("words", models.CharField(max_length=200)),
                ("point_kinds", models.JSONField(default=list)),
                ("form", models.CharField(db_collation="C", max_length=24)),
                ("every", models.CharField(max_length=6)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("every__in", ["daily", "once", "weekly"])),
                        name="obligation_every_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="obligation_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                ("dry_run", models.JSONField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "province",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
            options={
                "ordering": ["-version", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("province", "version"), name="rules_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "ended", "in_force"])),
                        name="rules_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True),
                                ("approved_by", ""),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("state__in", ["in_force", "ended"]),
                                models.Q(("approved_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rules_approved_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", ""),
                            models.Q(("approved_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="rules_approved_by_another",
                    ),
                ],
            },
        ),
    ]
