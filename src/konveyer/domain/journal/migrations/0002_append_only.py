"""The application may add to the journal and read it, nothing else; personal values may be erased."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry FROM konveyer_app",
            "GRANT UPDATE, DELETE ON journal_entry TO konveyer_app",
        )
    ]
