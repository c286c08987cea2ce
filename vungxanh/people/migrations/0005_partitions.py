"""Codes asked for and codes used lie in a partition for each day, which the purge drops whole.

Codes asked for go by the instant they were asked for, codes used by their own end, which the code
says itself, signed: the same code always falls into the same partition, so that the primary key
still keeps it from being used twice. Ends of codes used before are not known; they take the latest
there can be.

Partitions are made and dropped by two functions that run as the owner of the tables and do nothing
to any other table. Both hold few days at most: a few megabytes to copy, under an exclusive lock.
"""

from django.db import migrations, models

PARTITIONS = """
CREATE FUNCTION people_partition_key(of_table text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE of_table
        WHEN 'people_phoneproof' THEN 'asked_at'
        WHEN 'people_usedcode' THEN 'until'
    END;
END $$;

CREATE FUNCTION people_make_partitions(of_table text, first_day date, last_day date)
    RETURNS integer LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
    key text := people_partition_key(of_table);
    day date;
    part text;
    starts timestamptz;
    ends timestamptz;
    is_strewn boolean;
    n_made integer := 0;
BEGIN
    IF key IS NULL OR last_day - first_day > 31 THEN
        RAISE EXCEPTION '% has no partitions, or too many are asked for', of_table;
    END IF;
    FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
        part := of_table || '_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        starts := day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
        ends := (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
        -- What fell into the default partition while there was none of its day goes row by row.
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I >= %L AND %I < %L)',
            of_table || '_default', key, starts, key, ends) INTO is_strewn;
        CONTINUE WHEN is_strewn;
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
            part, of_table, starts, ends);
        n_made := n_made + 1;
    END LOOP;
    RETURN n_made;
END $$;

-- Rows are counted before the lock, which then lasts for moments: nothing is written in days that
-- are past their time.
CREATE FUNCTION people_drop_partitions(of_table text, until_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    day date;
    n_held bigint;
    n_gone bigint := 0;
    parts text[] := '{}';
BEGIN
    IF people_partition_key(of_table) IS NULL THEN
        RAISE EXCEPTION '% has no partitions', of_table;
    END IF;
    FOR part, day IN
        SELECT c.relname, to_date(right(c.relname, 8), 'YYYYMMDD')
        FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE i.inhparent = of_table::regclass AND c.relname ~ '_[0-9]{8}$' ORDER BY 1
    LOOP
        CONTINUE WHEN (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' > until_at;
        EXECUTE format('SELECT count(*) FROM %I', part) INTO n_held;
        n_gone := n_gone + n_held;
        parts := parts || part;
    END LOOP;
    IF parts <> '{}' THEN
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', of_table);
        FOREACH part IN ARRAY parts LOOP
            EXECUTE format('DROP TABLE %I', part);
        END LOOP;
    END IF;
    RETURN n_gone;
END $$;
REVOKE ALL ON FUNCTION people_make_partitions(text, date, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION people_drop_partitions(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_make_partitions(text, date, date) TO vungxanh_worker;
GRANT EXECUTE ON FUNCTION people_drop_partitions(text, timestamptz) TO vungxanh_worker;
"""
NO_PARTITIONS = """
DROP FUNCTION people_drop_partitions(text, timestamptz);
DROP FUNCTION people_make_partitions(text, date, date);
DROP FUNCTION people_partition_key(text);
"""
# From the day before yesterday on, so that what lies there keeps its day; each night makes more.
PROOFS = [
    "ALTER TABLE people_phoneproof RENAME TO people_phoneproof_former",
    "ALTER INDEX people_phoneproof_pkey RENAME TO people_phoneproof_former_pkey",
    """
    CREATE TABLE people_phoneproof (
        LIKE people_phoneproof_former INCLUDING CONSTRAINTS,
        CONSTRAINT people_phoneproof_pkey PRIMARY KEY (id, asked_at)
    ) PARTITION BY RANGE (asked_at)
    """,
    "CREATE TABLE people_phoneproof_default PARTITION OF people_phoneproof DEFAULT",
    """
    SELECT people_make_partitions('people_phoneproof', today - 2, today + 7)
    FROM (SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today) AS day
    """,
]
PROOFS_IN_ONE = [
    *PROOFS[:2],
    """
    CREATE TABLE people_phoneproof (
        LIKE people_phoneproof_former INCLUDING CONSTRAINTS,
        CONSTRAINT people_phoneproof_pkey PRIMARY KEY (id)
    )
    """,
]
FILL_PROOFS = [
    """
    INSERT INTO people_phoneproof (
        id, number, number_index, code_digest, asked_at, until, n_tries, ended_at, device_id
    ) SELECT
        id, number, number_index, code_digest, asked_at, until, n_tries, ended_at, device_id
    FROM people_phoneproof_former
    """,
    "DROP TABLE people_phoneproof_former",
    "CREATE INDEX proof_of_device ON people_phoneproof (device_id, asked_at DESC)",
    "CREATE INDEX proof_to_purge ON people_phoneproof (asked_at)",
    "CREATE INDEX people_phoneproof_device_id_85f57b69 ON people_phoneproof (device_id)",
    """
    ALTER TABLE people_phoneproof
        ADD CONSTRAINT people_phoneproof_device_id_85f57b69_fk_people_device_id
        FOREIGN KEY (device_id) REFERENCES people_device (id) DEFERRABLE INITIALLY DEFERRED
    """,
]
USED = [
    "ALTER TABLE people_usedcode RENAME TO people_usedcode_former",
    "ALTER INDEX people_usedcode_pkey RENAME TO people_usedcode_former_pkey",
    """
    CREATE TABLE people_usedcode (
        digest bytea NOT NULL,
        until timestamptz NOT NULL,
        used_at timestamptz NOT NULL,
        CONSTRAINT people_usedcode_pkey PRIMARY KEY (digest, until)
    ) PARTITION BY RANGE (until)
    """,
    "CREATE TABLE people_usedcode_default PARTITION OF people_usedcode DEFAULT",
    """
    SELECT people_make_partitions('people_usedcode', today - 2, today + 7)
    FROM (SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today) AS day
    """,
    """
    INSERT INTO people_usedcode (digest, until, used_at)
        SELECT digest, used_at + interval '3 days', used_at FROM people_usedcode_former
    """,
    "DROP TABLE people_usedcode_former",
    "CREATE INDEX used_code_to_purge ON people_usedcode (until)",
]
USED_IN_ONE = [
    *USED[:2],
    """
    CREATE TABLE people_usedcode (
        digest bytea NOT NULL,
        used_at timestamptz NOT NULL,
        CONSTRAINT people_usedcode_pkey PRIMARY KEY (digest)
    )
    """,
    """
    INSERT INTO people_usedcode (digest, used_at)
        SELECT digest, max(used_at) FROM people_usedcode_former GROUP BY digest
    """,
    "DROP TABLE people_usedcode_former",
    "CREATE INDEX used_code_to_purge ON people_usedcode (used_at)",
]


class Migration(migrations.Migration):
    dependencies = [("people", "0004_proof_keeps_whom")]

    operations = [
        migrations.RunSQL(PARTITIONS, NO_PARTITIONS),
        migrations.RunSQL([*PROOFS, *FILL_PROOFS], [*PROOFS_IN_ONE, *FILL_PROOFS]),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(USED, USED_IN_ONE)],
            state_operations=[
                migrations.DeleteModel("UsedCode"),
                migrations.CreateModel(
                    name="UsedCode",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "digest",
                                "until",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("digest", models.BinaryField(max_length=32)),
                        ("until", models.DateTimeField()),
                        ("used_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["until", "digest"],
                        "indexes": [models.Index(fields=["until"], name="used_code_to_purge")],
                    },
                ),
            ],
        ),
    ]
