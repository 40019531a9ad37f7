from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0007_parts_of_large_files_can_be_proven")]

    operations = [
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", ("compare",)), _negated=True),
                name="opendata_indicator_has_an_address_of_its_own",
                violation_error_message="Another page stands at this address; the indicator needs another key.",
            ),
        ),
    ]
