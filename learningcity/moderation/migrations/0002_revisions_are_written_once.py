"""Let nobody change or delete a revision; only an erased text may give way to its marker, and that is told."""

from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION moderation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND NEW.erased_at IS NOT NULL
        AND (OLD.erased_at IS NULL OR NEW.erased_at >= OLD.erased_at)
        AND to_jsonb(NEW) - '{values,title,erased_at}'::text[] = to_jsonb(OLD) - '{values,title,erased_at}'::text[]
        AND NEW.title IN (OLD.title, '[erased]')
        AND NOT EXISTS (
            SELECT 1
            FROM jsonb_each(OLD."values") AS was
            FULL JOIN jsonb_each(NEW."values") AS becomes ON becomes.key = was.key
            WHERE was.key IS NULL
                OR becomes.key IS NULL
                OR becomes.value NOT IN (was.value, '"[erased]"'::jsonb)
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'revisions are written once: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER moderation_revisions_are_written_once
    BEFORE UPDATE OR DELETE ON moderation_revision FOR EACH ROW EXECUTE FUNCTION moderation_refuse_change();
"""
ALLOW = """
DROP TRIGGER moderation_revisions_are_written_once ON moderation_revision;
DROP FUNCTION moderation_refuse_change();
"""


def take_rights_away(apps, editor):
    role = settings.DATABASE_APP_ROLE
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            quoted = editor.quote_name(role)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON moderation_revision FROM {quoted}")
            cursor.execute(f'GRANT UPDATE ("values", title, erased_at) ON moderation_revision TO {quoted}')


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_proposals_history_and_reports")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="erased"),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(take_rights_away, migrations.RunPython.noop),
    ]
