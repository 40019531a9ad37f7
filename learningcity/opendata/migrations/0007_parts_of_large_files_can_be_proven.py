from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0006_who_uses_a_dataset")]

    operations = [
        migrations.AddField(
            model_name="file",
            name="pieces",
            field=models.BinaryField(default=bytes),
        ),
    ]
