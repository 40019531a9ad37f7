"""Let the site write every column of an entry but its number: one entry with the highest number would end the chain."""

from django.conf import settings
from django.db import migrations


def grant_columns(apps, editor):
    role = settings.DATABASE_APP_ROLE
    entry = apps.get_model("audit", "Entry")
    columns = ", ".join(editor.quote_name(f.column) for f in entry._meta.local_fields if not f.primary_key)
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(f"REVOKE INSERT ON audit_entry FROM {editor.quote_name(role)}")
            cursor.execute(f"GRANT INSERT ({columns}) ON audit_entry TO {editor.quote_name(role)}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_entries_are_written_once")]

    operations = [migrations.RunPython(grant_columns, migrations.RunPython.noop)]
