"""A batch from the browser is a draft first: its first rows, its trial, and the undo asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_progress")]
    operations = [
        migrations.AddField("batch", "sample", models.JSONField(default=list)),
        migrations.AddField("batch", "trial", models.JSONField(default=dict)),
        migrations.AddField("batch", "taking_back", models.JSONField(default=dict)),
    ]
