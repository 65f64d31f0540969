"""A personal value is named after its field, and facts have names of up to 60 letters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_by_hand"),
    ]

    operations = [
        migrations.AlterField(
            model_name="personalvalue",
            name="field",
            field=models.CharField(max_length=60),
        ),
    ]
