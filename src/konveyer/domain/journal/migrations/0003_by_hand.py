"""What one member did himself, newest first: imports, which write by the million, stay out of the index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("journal", "0002_append_only")]
    operations = [
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("by", "import"), _negated=True),
                fields=["workspace", "actor", "-at", "-id"],
                name="journal_by_hand",
            ),
        ),
    ]
