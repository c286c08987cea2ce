"""The database roles, and what each may do with every table that later migrations make.

The user who migrates is the owner. Roles belong to the whole server, so they may be there already;
a reversal takes the privileges back and leaves the roles, which other databases may use.
"""

from django.db import migrations

from vungxanh.core.postgres.errors import may_not_create_roles

# The auditor reads nothing by default: the audit room grants its tables.
TABLES = {
    "vungxanh_web": "SELECT, INSERT, UPDATE, DELETE",
    "vungxanh_worker": "SELECT, INSERT, UPDATE, DELETE",
    "vungxanh_intake": "SELECT, INSERT",
}
SEQUENCES = "USAGE, SELECT"
ROLES = (*TABLES, "vungxanh_auditor")


def make_roles(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        known = {name for (name,) in cursor.fetchall()}
        missing = [role for role in ROLES if role not in known]
        _refuse_without_right(cursor, missing)
        for role in missing:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
        for role in ROLES:
            _let_owner_become(cursor, role)


def _refuse_without_right(cursor, missing):
    cursor.execute(
        "SELECT current_user, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    user, may_create = cursor.fetchone()
    if missing and not may_create:
        raise may_not_create_roles(user, missing)


def _let_owner_become(cursor, role):
    """Processes of a DATABASE_URL log in as its user and then take their role.

    From 16 on who makes a role is its member, but may not take it until he is given it.
    """
    cursor.execute("SHOW server_version_num")
    right = "SET" if int(cursor.fetchone()[0]) >= 160000 else "MEMBER"
    cursor.execute("SELECT pg_has_role(current_user, %s, %s)", [role, right])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {role} TO CURRENT_USER")


def grant(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        for role in ROLES:
            cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT"
        for role, rights in TABLES.items():
            cursor.execute(f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {role}")
            cursor.execute(f"GRANT {SEQUENCES} ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
            cursor.execute(f"{later} {rights} ON TABLES TO {role}")
            cursor.execute(f"{later} {SEQUENCES} ON SEQUENCES TO {role}")


def take_back(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        roles = ", ".join(ROLES)
        later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE ALL"
        for kind in ("TABLES", "SEQUENCES"):
            cursor.execute(f"{later} ON {kind} FROM {roles}")
            cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM {roles}")
        cursor.execute(f"REVOKE USAGE ON SCHEMA {schema} FROM {roles}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(grant, take_back),
    ]
