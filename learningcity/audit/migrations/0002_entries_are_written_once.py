"""Make the chain append-only, for the site's role by its rights and for everybody by a trigger."""

from django.conf import settings
from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are written once: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entries_are_written_once
    BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
"""
ALLOW = """
DROP TRIGGER audit_entries_are_written_once ON audit_entry;
DROP FUNCTION audit_refuse_change();
"""


def take_rights_away(apps, editor):
    role = settings.DATABASE_APP_ROLE
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM {editor.quote_name(role)}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_a_chain_of_entries")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(take_rights_away, migrations.RunPython.noop),
    ]
