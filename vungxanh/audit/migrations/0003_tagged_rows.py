"""Each row carries a tag under a key outside the database; its detail is kept as one text.

Rows that are there already are tagged as they are: run `vungxanh audit verify` of the earlier version
before. The table is written anew under an exclusive lock (about a minute for ten million rows).
"""

import hashlib

from django.db import migrations, models

from vungxanh.core import keys
from vungxanh.core.keys import Use

ROWS = """
COPY (SELECT sequence, id, event, by, at, subject, purpose, detail FROM audit_auditevent) TO STDOUT
"""
TO_TEXT = "ALTER TABLE audit_auditevent ALTER COLUMN detail TYPE text USING detail::text"
TO_JSON = "ALTER TABLE audit_auditevent ALTER COLUMN detail TYPE jsonb USING detail::jsonb"


def make_keys(apps, schema_editor):
    """An earlier installation lacks these two; the others are never quietly replaced."""
    keys.create_missing((Use.AUDIT, Use.SEAL))


def tag_rows(apps, schema_editor):
    ring = keys.ring(Use.AUDIT)
    key = keys.derived(ring.keys[ring.current], "audit:row")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'")
        with cursor.copy(ROWS) as copied:
            lines = [bytes(line).split(b"\t", 1) for line in copied]
        tags = [
            (ring.current + hashlib.blake2b(line, key=key, digest_size=16).digest(), int(sequence))
            for sequence, line in lines
        ]
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_written_once")
        cursor.executemany("UPDATE audit_auditevent SET tag = %s WHERE sequence = %s", tags)
        cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER audit_written_once")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_written_once"), ("core", "0002_stored_file")]
    operations = [
        migrations.RunPython(make_keys, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(TO_TEXT, TO_JSON)],
            [migrations.AlterField("auditevent", "detail", models.TextField())],
        ),
        migrations.AddField("auditevent", "tag", models.BinaryField(max_length=20, null=True)),
        migrations.RunPython(tag_rows, migrations.RunPython.noop),
        migrations.AlterField("auditevent", "tag", models.BinaryField(max_length=20)),
        migrations.AddIndex(
            "auditevent", models.Index(fields=["purpose", "sequence"], name="audit_by_purpose")
        ),
        migrations.RunSQL(
            "REVOKE SELECT (sequence) ON audit_auditevent FROM vungxanh_intake",
            "GRANT SELECT (sequence) ON audit_auditevent TO vungxanh_intake",
        ),
    ]
