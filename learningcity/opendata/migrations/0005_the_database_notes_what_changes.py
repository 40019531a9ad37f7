"""Let the database note which tables are written to; which of them are watched, opendata.actions.watching says."""

from django.db import migrations, models

# One note for every statement: a note for every transaction could not be told from an older one inside of it. Now and then
# the old notes are put together; what another transaction holds is left for the next time, so nobody ever waits.
NOTE = """
CREATE FUNCTION opendata_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
BEGIN
    INSERT INTO opendata_change (relation, mark)
    VALUES (TG_TABLE_NAME, hashtextextended(gen_random_uuid()::text, 0) & 9223372036854775807)
    RETURNING id INTO number;
    IF number % 256 = 0 THEN
        WITH old AS (SELECT id FROM opendata_change ORDER BY id LIMIT 5000 FOR UPDATE SKIP LOCKED),
        gone AS (DELETE FROM opendata_change WHERE id IN (SELECT id FROM old) RETURNING relation, mark)
        INSERT INTO opendata_change (relation, mark) SELECT relation, bit_xor(mark) FROM gone GROUP BY relation;
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("opendata", "0004_numbers_by_whom_they_count")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relation", models.CharField(editable=False, max_length=63)),
                ("mark", models.BigIntegerField(editable=False)),
            ],
            options={"verbose_name": "change", "verbose_name_plural": "changes"},
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION opendata_note_change() CASCADE;"),
    ]
