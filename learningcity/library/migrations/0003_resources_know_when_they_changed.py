"""Let the database note when a resource was changed, by whatever way; a harvester that asks for changes misses none."""

from django.db import migrations

NOTE = """
CREATE FUNCTION library_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at = statement_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER library_resource_notes_its_change BEFORE UPDATE ON library_learningresource
    FOR EACH ROW WHEN (NEW IS DISTINCT FROM OLD AND NEW.changed_at = OLD.changed_at)
    EXECUTE FUNCTION library_note_change();
"""
FORGET = """
DROP TRIGGER library_resource_notes_its_change ON library_learningresource;
DROP FUNCTION library_note_change();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0002_pictures_weeks_and_changes")]

    operations = [migrations.RunSQL(NOTE, FORGET)]
