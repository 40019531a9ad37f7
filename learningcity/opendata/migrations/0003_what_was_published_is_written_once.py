"""Make files, versions and what they offer unchangeable, for the site's role by its rights and for everybody by a trigger."""

from django.conf import settings
from django.db import migrations

TABLES = ("opendata_file", "opendata_version", "opendata_distribution")
REFUSE = """
CREATE FUNCTION opendata_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was published is written once: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
""" + "\n".join(
    f"CREATE TRIGGER {table}_is_written_once BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION opendata_refuse_change();"
    for table in TABLES
)
ALLOW = (
    "\n".join(f"DROP TRIGGER {table}_is_written_once ON {table};" for table in TABLES)
    + "\nDROP FUNCTION opendata_refuse_change();"
)


def take_rights_away(apps, editor):
    role = settings.DATABASE_APP_ROLE
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            for table in TABLES:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {editor.quote_name(role)}")


class Migration(migrations.Migration):
    dependencies = [("opendata", "0002_the_catalog")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(take_rights_away, migrations.RunPython.noop),
    ]
