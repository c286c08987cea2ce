"""Scans, in a partition for each UTC day of their UUIDv7, and what makes days be written again.

`tx` is the transaction that wrote a row: an exported day keeps the snapshot that it was read in, so
that `pg_visible_in_snapshot` tells which rows it lacks. Partitions are made and dropped by two
functions that run as the owner of the table and do nothing to any other one. Scans name persons,
points and devices without foreign keys: a check of three tables would cost each more than itself.
"""

from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed

SCANS = """
CREATE TABLE checkins_scan (
    id uuid NOT NULL,
    person_id bigint NOT NULL,
    point_id bigint NOT NULL,
    entrance smallint NOT NULL,
    direction smallint NOT NULL,
    means smallint NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    device_id uuid NOT NULL,
    flags smallint NOT NULL,
    tx bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    CONSTRAINT checkins_scan_pkey PRIMARY KEY (id),
    CONSTRAINT scan_entrance_fits_its_code CHECK (entrance BETWEEN 0 AND 255),
    CONSTRAINT scan_direction_is_known CHECK (direction IN (0, 1)),
    CONSTRAINT scan_means_is_known CHECK (means BETWEEN 0 AND 2)
) PARTITION BY RANGE (id);
CREATE TABLE checkins_scan_default PARTITION OF checkins_scan DEFAULT;
CREATE INDEX scan_of_person ON checkins_scan (person_id, at);
CREATE INDEX scan_at_point ON checkins_scan (point_id, at);
CREATE INDEX scan_by_transaction ON checkins_scan USING brin (tx);

-- The least UUIDv7 of a UTC day: 48 bits of milliseconds, then nothing.
CREATE FUNCTION checkins_first_id(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid
$$;

CREATE FUNCTION checkins_make_days(first_day date, last_day date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
    day date;
    part text;
    is_strewn boolean;
    n_made integer := 0;
BEGIN
    IF last_day - first_day > 62 THEN
        RAISE EXCEPTION 'too many days are asked for';
    END IF;
    FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
        part := 'checkins_scan_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        -- A day that strays lie in stays in the default partition, and is purged row by row.
        SELECT EXISTS (SELECT FROM checkins_scan_default
            WHERE id >= checkins_first_id(day) AND id < checkins_first_id(day + 1)) INTO is_strewn;
        CONTINUE WHEN is_strewn;
        EXECUTE format('CREATE TABLE %I PARTITION OF checkins_scan FOR VALUES FROM (%L) TO (%L)',
            part, checkins_first_id(day), checkins_first_id(day + 1));
        n_made := n_made + 1;
    END LOOP;
    RETURN n_made;
END $$;

CREATE FUNCTION checkins_drop_days(before date) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    n_held bigint;
    n_gone bigint := 0;
    parts text[] := '{}';
BEGIN
    FOR part IN
        SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'checkins_scan'::regclass AND c.relname ~ '_[0-9]{8}$'
            AND to_date(right(c.relname, 8), 'YYYYMMDD') < before
        ORDER BY 1
    LOOP
        EXECUTE format('SELECT count(*) FROM %I', part) INTO n_held;
        n_gone := n_gone + n_held;
        parts := parts || part;
    END LOOP;
    IF parts <> '{}' THEN
        LOCK TABLE checkins_scan IN ACCESS EXCLUSIVE MODE;
        FOREACH part IN ARRAY parts LOOP
            EXECUTE format('DROP TABLE %I', part);
        END LOOP;
    END IF;
    RETURN n_gone;
END $$;
REVOKE ALL ON FUNCTION checkins_make_days(date, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION checkins_drop_days(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION checkins_make_days(date, date) TO vungxanh_worker;
GRANT EXECUTE ON FUNCTION checkins_drop_days(date) TO vungxanh_worker;
-- A scan is what a phone said: no page changes it.
REVOKE UPDATE ON checkins_scan FROM vungxanh_web, vungxanh_worker;

SELECT checkins_make_days(today - 2, today + 7)
FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS today) AS day;
"""
NO_SCANS = """
DROP TABLE checkins_scan;
DROP FUNCTION checkins_drop_days(date);
DROP FUNCTION checkins_make_days(date, date);
DROP FUNCTION checkins_first_id(date);
"""
CHANGES = """
ALTER TABLE checkins_staleday
    ADD COLUMN tx bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint;

-- One person turned out to be another: the only change of scans that there is.
CREATE FUNCTION checkins_absorb(absorbed bigint, kept bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    n_moved bigint;
BEGIN
    UPDATE checkins_scan SET person_id = kept WHERE person_id = absorbed;
    GET DIAGNOSTICS n_moved = ROW_COUNT;
    RETURN n_moved;
END $$;
REVOKE ALL ON FUNCTION checkins_absorb(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION checkins_absorb(bigint, bigint) TO vungxanh_web, vungxanh_worker;
"""
NO_CHANGES = "DROP FUNCTION checkins_absorb(bigint, bigint)"


class Migration(migrations.Migration):
    dependencies = [("checkins", "0014_quick_point_tokens")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SCANS, NO_SCANS)],
            state_operations=[
                migrations.CreateModel(
                    name="Scan",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("person_id", models.BigIntegerField()),
                        ("point_id", models.BigIntegerField()),
                        ("entrance", models.SmallIntegerField()),
                        ("direction", models.SmallIntegerField()),
                        ("means", models.SmallIntegerField()),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("device_id", models.UUIDField()),
                        ("flags", models.SmallIntegerField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["person_id", "at"], name="scan_of_person"),
                            models.Index(fields=["point_id", "at"], name="scan_at_point"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("entrance__range", (0, 255))),
                                name="scan_entrance_fits_its_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", (0, 1))),
                                name="scan_direction_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("means__range", (0, 2))),
                                name="scan_means_is_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaleDay",
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
                ("day", models.DateField()),
                ("reason", models.CharField(max_length=9)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["corrected", "erased", "merged"])),
                        name="stale_day_reason_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitCorrection",
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
                ("visit_id", models.UUIDField()),
                ("person_id", models.BigIntegerField()),
                ("t_in", models.DateTimeField()),
                ("t_out", models.DateTimeField()),
                ("reason", vungxanh.core.sealed.SealedField()),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["visit_id", "at", "id"],
                "indexes": [
                    models.Index(fields=["person_id"], name="correction_of_person"),
                    models.Index(fields=["visit_id", "-at"], name="correction_of_visit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("t_out__gte", models.F("t_in"))),
                        name="correction_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitNumber",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "period",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("number", models.BigIntegerField(unique=True)),
                ("period", models.DateField()),
            ],
            options={
                "ordering": ["person_id", "period"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="visit_number_is_positive"
                    )
                ],
            },
        ),
        migrations.RunSQL(CHANGES, NO_CHANGES),
    ]
