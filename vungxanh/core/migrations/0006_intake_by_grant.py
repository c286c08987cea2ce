"""Intake, the role that phones reach, reads and writes what a room grants it, and nothing else.

Before, it could read and add to every table that no room had closed to it. Only what it held by
that default is taken back: a table that a room opened to it in part stays as the room left it.
"""

from django.db import migrations

HELD_BY_DEFAULT = """
SELECT quote_ident(relname) FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
  AND has_table_privilege('vungxanh_intake', oid, 'SELECT')
  AND has_table_privilege('vungxanh_intake', oid, 'INSERT')
"""
# What the staff's rooms had closed before stays closed on the way back.
HELD_BY_NONE = """
SELECT quote_ident(relname) FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
  AND relname !~ '^(audit|accounts)_'
"""


# Whether the database is of this version: a process that is not ready says so.
READY = "GRANT SELECT ON django_migrations TO vungxanh_intake"


def close(apps, schema_editor):
    _change(schema_editor, HELD_BY_DEFAULT, "REVOKE SELECT, INSERT", "FROM")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(READY)


def open_again(apps, schema_editor):
    _change(schema_editor, HELD_BY_NONE, "GRANT SELECT, INSERT", "TO")


def _change(schema_editor, tables, rights, to):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}"
        cursor.execute(f"{later} {rights} ON TABLES {to} vungxanh_intake")
        cursor.execute(tables)
        for (table,) in cursor.fetchall():
            cursor.execute(f"{rights} ON {schema}.{table} {to} vungxanh_intake")


class Migration(migrations.Migration):
    dependencies = [("core", "0005_key_change")]
    operations = [migrations.RunPython(close, open_again)]
